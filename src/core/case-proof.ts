import type { CaseEvent } from './case/events.ts'
import type { CaseRecord, PageProof } from './case-list.ts'

/** One page to one person by one method, from when it was due to what became of it. */
export type ProofLine = {
  /** Counts the starts of the ladder. */
  readonly epoch: number
  readonly cycle: number
  /** As people count: the first is 1; absent for the last-resort list. */
  readonly step?: number
  /** 0 for the page itself, then the chases. */
  readonly chase: number
  readonly person: string
  readonly channel: string
  readonly providerId?: string
  readonly dueAt: Date
  readonly acceptedAt?: Date
  readonly deliveredAt?: Date
  readonly readAt?: Date
  /** When this person took the case after this page. */
  readonly acknowledgedAt?: Date
  /** From when it was due to the provider's acceptance; absent while it was not accepted. */
  readonly lateMs?: number
  readonly outcome: string
  readonly reason?: string
}

export type CaseProof = {
  readonly ref: string
  readonly pages: readonly ProofLine[]
  /** Levels that had nobody, and when the ladder was used up. */
  readonly notes: readonly { readonly at: Date; readonly what: string }[]
  readonly targets: readonly {
    readonly name: string
    readonly startedAt: Date
    readonly promisedAt: Date
    readonly internalAt: Date
    readonly metAt?: Date
    readonly outcome: 'met' | 'met late' | 'open' | 'overdue'
  }[]
}

/** Everything that shows who was told when, and how late: from the case's own log and the outbox. */
export function proofOf(record: CaseRecord, { now, receiptSeconds }: Asked): CaseProof {
  const { ref, state, log, pages } = record
  const events = log.map(({ event }) => event)
  const targets = state.status === 'none' ? [] : (state.targets?.list ?? [])
  return {
    ref,
    pages: pages.map((page) => lineOf(page, events)),
    notes: events.flatMap(noteOf),
    targets: [...receiptOf(record, receiptSeconds), ...targets].map(
      ({ name, startedAt, promisedAt, internalAt, metAt }) => ({
        ...{ name, startedAt, promisedAt, internalAt, ...(metAt && { metAt }) },
        outcome: (metAt ?? now) <= promisedAt ? (metAt ? 'met' : 'open') : metAt ? 'met late' : 'overdue',
      }),
    ),
  }
}

/** `receiptSeconds`: what is promised for the machine's own receipt, by the case's policy. */
type Asked = { readonly now: Date; readonly receiptSeconds?: number }
type Promised = Omit<CaseProof['targets'][number], 'outcome'>

function receiptOf({ state, receipt }: CaseRecord, seconds: number | undefined): readonly Promised[] {
  if (seconds === undefined || state.status === 'none') return []
  const startedAt = state.openedAt
  const after = (share: number) => new Date(startedAt.getTime() + seconds * share * 1_000)
  const metAt = receipt?.acceptedAt
  return [{ name: 'receipt', startedAt, promisedAt: after(1), internalAt: after(0.9), ...(metAt && { metAt }) }]
}

function lineOf(page: PageProof, events: readonly CaseEvent[]): ProofLine {
  const { person, channel, providerId, acceptedAt, deliveredAt, readAt, reason } = page
  const [, epoch, cycle, step, chase] = /:e(\d+)(?::c(\d+):s(\d+):n(\d+)|:exhausted):/.exec(page.id) ?? []
  const dueAt = dueOf(page, events)
  const taken = events.find(
    (event) => event.type === 'acknowledged' && event.by.id === person && event.at >= page.queuedAt,
  )
  return {
    ...{ epoch: Number(epoch ?? 0), cycle: Number(cycle ?? 0) + 1, chase: Number(chase ?? 0) },
    ...(step !== undefined && { step: Number(step) + 1 }),
    ...{ person, channel, dueAt, outcome: page.state },
    ...(providerId !== undefined && { providerId }),
    ...(acceptedAt && { acceptedAt, lateMs: Math.max(0, acceptedAt.getTime() - dueAt.getTime()) }),
    ...(deliveredAt && { deliveredAt }),
    ...(readAt && { readAt }),
    ...(taken && { acknowledgedAt: taken.at }),
    ...(reason !== undefined && { reason }),
  }
}

/** When the decision that led to this page was due; messages of one decision are queued a millisecond apart. */
function dueOf({ queuedAt }: PageProof, events: readonly CaseEvent[]): Date {
  const isOfIt = (at: Date) => at <= queuedAt && queuedAt.getTime() - at.getTime() < 1_000
  const decision = events.findLast((event) => 'lateMs' in event && isOfIt(event.at))
  return decision !== undefined && 'lateMs' in decision ? new Date(decision.at.getTime() - decision.lateMs) : queuedAt
}

function noteOf(event: CaseEvent): { at: Date; what: string }[] {
  const { at } = event
  switch (event.type) {
    case 'level-empty':
      return [{ at, what: `nobody on duty in ${event.groups.join(', ')}: went straight on` }]
    case 'exhausted':
      return [{ at, what: 'every step was used up: the last-resort list was told' }]
    case 'acknowledged':
      return [{ at, what: `${event.by.name} took it` }]
    case 'page-failed':
      return [{ at, what: `${event.person} could not be reached by method ${event.method + 1}: ${event.reason}` }]
    case 'target-missed':
      return [{ at, what: `${event.target} was not kept` }]
    default:
      return []
  }
}

const clock = (at: Date | undefined): string =>
  at === undefined ? '–' : at.toISOString().replace('T', ' ').slice(0, 23)
const late = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '–' : `${(milliseconds / 1_000).toFixed(1)} s`

const columns = [
  ...['climb', 'who', 'method', 'due', 'accepted', 'delivered', 'read', 'acknowledged', 'late by', 'outcome'],
  'provider id',
]

function rowOf(page: ProofLine): readonly string[] {
  const place = page.step === undefined ? 'last resort' : `step ${page.step}`
  return [
    `${page.epoch}.${page.cycle} ${place}${page.chase > 0 ? `, chase ${page.chase}` : ''}`,
    ...[page.person, page.channel, clock(page.dueAt), clock(page.acceptedAt), clock(page.deliveredAt)],
    ...[clock(page.readAt), clock(page.acknowledgedAt), late(page.lateMs)],
    page.reason === undefined ? page.outcome : `${page.outcome} (${page.reason})`,
    page.providerId ?? '–',
  ]
}

const targetLine = ({ name, promisedAt, internalAt, metAt, outcome }: CaseProof['targets'][number]): string =>
  `${name}: promised ${clock(promisedAt)}, internal ${clock(internalAt)}, ${metAt ? `met ${clock(metAt)}` : 'not met yet'}: ${outcome}`

/** The same in words, one line a page. */
export function proofInWords({ ref, pages, notes, targets }: CaseProof): string {
  const rows = [columns, ...pages.map(rowOf)]
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [
    `${ref}: every page and what became of it (times in UTC)`,
    ...rows.map(line),
    ...notes.map(({ at, what }) => `${clock(at)}  ${what}`),
    ...targets.map(targetLine),
  ].join('\n')
}

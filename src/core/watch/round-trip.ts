import type { Reading } from '../channel.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Address, InboundMessage } from '../message.ts'
import type { Clock, Ending, InboxRow, OutboxStore, Outgoing } from '../ports.ts'
import type { Notify } from './notify.ts'
import {
  arrived,
  type Leg,
  nextOf,
  nextRound,
  type Probe,
  type ProbeRecord,
  readMark,
  tookMs,
  writeMark,
} from './probe.ts'
import { judge } from './trouble.ts'
import type { Watched } from './watched.ts'

type Common = {
  readonly probes: readonly Probe[]
  readonly key: string
  readonly watched: Watched
  readonly clock: Clock
}

export type RoundTripDeps = Common & {
  readonly outbox: Pick<OutboxStore, 'add' | 'byId'>
  readonly notify: Notify
  readonly lastResort: readonly StaffMember[]
  /** Every `Address.channel` that fails together with this one. */
  readonly failsWith: (channel: string) => readonly string[]
  readonly siteName: (site: string) => string
  readonly onQueued: () => void
  /** The next round begins: the case of this one is no longer needed. */
  readonly forget: (caseId: string) => Promise<void>
}

/** Names the case of a round, and begins the ids of its messages. */
export const roundName = ({ id }: Probe, round: number): string => `probe:${id}:${round}`

/**
 * Looks at every configured probe: sends what is due, judges what came round or did not, alarms people by other channels.
 * All that is known is in the database, so a look may be taken by any process, or by two.
 */
export const createRoundTrip = (deps: RoundTripDeps) => async (): Promise<void> =>
  void (await Promise.all(deps.probes.map((probe) => lookAt(probe, deps))))

async function lookAt(probe: Probe, deps: RoundTripDeps): Promise<void> {
  const { watched, clock } = deps
  const now = clock.now()
  const record = await watched.load<ProbeRecord>(probe.id)
  const next = nextOf(record, probe, now)
  if (next === 'ask') {
    const begin = (current: ProbeRecord | undefined) =>
      nextOf(current, probe, now) === 'ask' ? nextRound(current, now) : undefined
    const begun = await watched.change<ProbeRecord>(probe.id, begin)
    if (begun !== undefined) await ask(probe, begun, deps)
    if (record !== undefined) await deps.forget(roundName(probe, record.round))
  }
  if (record === undefined) return
  // Whoever began it may have died before it was queued; the outbox takes each message once.
  if (next === 'ask-again') await ask(probe, record, deps)
  if (next === 'good' || next === 'bad') await close({ probe, record, ok: next === 'good' }, deps)
}

async function ask(probe: Probe, { round, askedAt }: ProbeRecord, deps: RoundTripDeps): Promise<void> {
  await deps.outbox.add([messageOf({ probe, round, leg: 'ask', askedAt }, deps.key)], deps.clock.now())
  deps.onQueued()
}

type Trip = { readonly probe: Probe; readonly round: number; readonly leg: Leg; readonly askedAt: Date }

/** Mail programs show it to people; a text message is read by nobody. */
const subject = 'Gatehouse test, please ignore / 系統自動測試，毋須理會'

/** What goes out on a leg; not worth sending once the round is over. */
export function messageOf({ probe, round, leg, askedAt }: Trip, key: string): Outgoing {
  const { from, to } = probe[leg]
  const name = roundName(probe, round)
  return {
    message: {
      ...{ id: `${name}:${leg}`, audience: 'staff', from, to, subject, automatic: true },
      ...{ conversation: `probe:${probe.id}`, text: writeMark({ probe: probe.id, round, leg }, key) },
    },
    purpose: { type: 'probe', occasion: 'probe', until: new Date(askedAt.getTime() + probe.withinMs) },
    urgent: false,
  }
}

type Verdict = { readonly probe: Probe; readonly record: ProbeRecord; readonly ok: boolean }

/** Told first, kept then: what could not be said is said at the next look. */
async function close({ probe, record, ok }: Verdict, deps: RoundTripDeps): Promise<void> {
  const now = deps.clock.now()
  const { after, say } = judge(`round:${probe.id}`, record, { ok, at: now })
  const good = record.returnedAt && { goodAt: record.returnedAt, tookMs: tookMs(record, record.returnedAt) }
  if (say !== undefined) {
    const occasion = say.what === 'back' ? 'probe-back' : `probe-${await whereLost(probe, record, deps)}`
    const seconds = String(Math.round((good?.tookMs ?? 0) / 1_000))
    const minutes = String(Math.round(probe.withinMs / 60_000))
    const facts = { channel: probe.channel, site: deps.siteName(probe.site), minutes, seconds }
    const avoid = deps.failsWith(probe.channel)
    await deps.notify({ id: say.id, occasion, facts, people: deps.lastResort, methods: 2, avoid })
  }
  const over = (current: ProbeRecord | undefined) =>
    current?.round === record.round && current.overAt === undefined
      ? { ...current, ...after, overAt: now, ...(ok && good) }
      : undefined
  await deps.watched.change<ProbeRecord>(probe.id, over)
}

/** How far it came, which says what to mend. */
async function whereLost(probe: Probe, { round, heardAt }: ProbeRecord, { outbox }: RoundTripDeps): Promise<string> {
  if (heardAt !== undefined) return 'unanswered'
  const row = await outbox.byId(`${roundName(probe, round)}:ask`)
  return row?.state === 'sent' ? 'unheard' : 'unsent'
}

export type HearDeps = Common & {
  /** Opens a case as for any customer and queues the answer. */
  readonly openCase: (message: InboundMessage, row: InboxRow, trip: Trip) => Promise<void>
}

/** Recognises what belongs to a probe before anything else does; undefined for every other event. */
export type HearProbe = (reading: Reading, row: InboxRow) => Promise<Ending | undefined>

/**
 * Takes in a leg of a round. Only words that the house's key has signed, from the address that the probe writes from,
 * are one; whatever else resembles it is an ordinary message.
 */
export const probesHeardBy =
  ({ probes, key, watched, clock, openCase }: HearDeps): HearProbe =>
  async (reading, row) => {
    const message = reading.type === 'message' || reading.type === 'suppress' ? reading.message : undefined
    const mark = message && readMark(message.text, key)
    if (message === undefined || mark === undefined) return undefined
    const { round, leg } = mark
    const probe = probes.find(({ id }) => id === mark.probe)
    if (probe === undefined) return ended('a probe that is no longer configured')
    if (!isSame(message.from, probe[leg].from)) return undefined
    const record = await watched.load<ProbeRecord>(probe.id)
    const now = clock.now()
    if (record === undefined || arrived(record, leg, round, now) === undefined)
      return ended('a probe that came late or twice')
    if (leg === 'ask') await openCase(message, row, { probe, round, leg: 'answer', askedAt: record.askedAt })
    await watched.change<ProbeRecord>(probe.id, (current) => arrived(current, leg, round, now))
    return ended(`a probe: ${leg}`)
  }

const ended = (reason: string): Ending => ({ state: 'suppressed', reason, isProbe: true })

const isSame = (one: Address, other: Address): boolean => one.channel === other.channel && one.id === other.id

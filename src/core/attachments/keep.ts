import { createHash } from 'node:crypto'
import type { Channel, Opened } from '../channel.ts'
import type { Attachment, InboundMessage } from '../message.ts'
import { backoffMs } from '../outbox/backoff.ts'
import type { Clock } from '../ports.ts'

/** A file a customer sent, from the moment we know of it. */
export type AttachmentRow = Attachment & {
  readonly id: string
  readonly caseId: string
  /** The channel folder that can open it. */
  readonly source: string
  readonly attempts: number
}

export type KeptFile = {
  readonly contentType: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly bytes: Buffer
}

export interface AttachmentStore {
  /** Remembers that these must be fetched; repeating it changes nothing. */
  want(rows: readonly AttachmentRow[], at: Date): Promise<void>
  /** The next one that is due, locked for this worker until `until`. */
  claimDue(now: Date, until: Date): Promise<AttachmentRow | undefined>
  keep(id: string, file: KeptFile, at: Date): Promise<void>
  retry(id: string, at: Date, reason: string): Promise<void>
  giveUp(id: string, reason: string): Promise<void>
  file(id: string): Promise<(KeptFile & { readonly name: string }) | undefined>
}

/** What must be fetched for a message: providers delete or protect files, and staff need them on the case. */
export const attachmentsOf = (message: InboundMessage, caseId: string, source: string): readonly AttachmentRow[] =>
  message.attachments.map((attachment, i) => ({
    ...attachment,
    id: `${message.id}/${i + 1}`,
    caseId,
    source,
    attempts: 0,
  }))

export type KeepDeps = {
  readonly channels: ReadonlyMap<string, Channel>
  readonly attachments: AttachmentStore
  readonly clock: Clock
  readonly random: () => number
  /** Tells the desk, under the case's card, that a file can be opened or will not come. */
  readonly onEnd: (row: AttachmentRow, kept: KeptFile | undefined, reason: string) => Promise<void>
}

const claimMs = 60_000
const maxAttempts = 8

/** Fetches the next wanted file. False when none is due. A file that cannot be had is reported, never dropped in silence. */
export async function keepNextAttachment(deps: KeepDeps): Promise<boolean> {
  const now = deps.clock.now()
  const row = await deps.attachments.claimDue(now, new Date(now.getTime() + claimMs))
  if (row === undefined) return false
  const open = deps.channels.get(row.source)?.open
  const opened: Opened = open
    ? await open(row.ref)
    : { ok: false, permanent: true, reason: 'its channel is switched off' }
  await (opened.ok ? keep(row, opened, deps) : missed(row, opened, deps))
  return true
}

async function keep(
  row: AttachmentRow,
  { contentType, bytes }: Extract<Opened, { ok: true }>,
  deps: KeepDeps,
): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const kept = { contentType, sizeBytes: bytes.length, sha256, bytes }
  await deps.onEnd(row, kept, '')
  await deps.attachments.keep(row.id, kept, deps.clock.now())
}

async function missed(
  row: AttachmentRow,
  { permanent, reason }: Extract<Opened, { ok: false }>,
  deps: KeepDeps,
): Promise<void> {
  if (permanent || row.attempts >= maxAttempts) {
    await deps.onEnd(row, undefined, reason)
    return deps.attachments.giveUp(row.id, reason)
  }
  const wait = backoffMs(row.attempts, deps.random())
  return deps.attachments.retry(row.id, new Date(deps.clock.now().getTime() + wait), reason)
}

import { createHash } from 'node:crypto'
import type { Channel, Opened } from '../channel.ts'
import type { Attachment, FileRef, InboundMessage } from '../message.ts'
import { backoffMs } from '../outbox/backoff.ts'
import type { Clock } from '../ports.ts'
import { faultOf, isWhatItSays, mayGoOut, typeOf } from './outgoing.ts'

/** A file a customer or a colleague sent, from the moment we know of it. */
export type AttachmentRow = Attachment & {
  readonly id: string
  /** Empty where a colleague sent it for an answer that is not written yet. */
  readonly caseId: string
  /** Set for what colleagues sent: who may attach it to an answer. */
  readonly offeredTo?: string
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

/** What is known of a file without opening it. */
export type StoredFile = FileRef & {
  readonly offeredTo?: string
  readonly state: 'wanted' | 'kept' | 'missed'
  readonly reason?: string
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
  /** Keeps at once what came with its bytes. */
  put(row: AttachmentRow, file: KeptFile, at: Date): Promise<void>
  about(ids: readonly string[]): Promise<readonly StoredFile[]>
  /** What was offered to a person or on a case since then, the newest first. */
  offered(to: string, since: Date, limit: number): Promise<readonly StoredFile[]>
  /** They went into an answer: from here on they are kept like everything else of a case. */
  used(ids: readonly string[]): Promise<void>
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

/** A file and what it is known by later. */
export const keptOf = (bytes: Buffer, contentType: string): KeptFile => ({
  ...{ contentType, sizeBytes: bytes.length, bytes },
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

async function keep(row: AttachmentRow, opened: Extract<Opened, { ok: true }>, deps: KeepDeps): Promise<void> {
  const { bytes } = opened
  // What goes on to a customer is what it was shown as before it was sent, and never a program under another name.
  const contentType = row.offeredTo === undefined ? opened.contentType : row.contentType
  const kept = keptOf(bytes, contentType)
  const fault = row.offeredTo === undefined ? undefined : faultFound(row, kept)
  if (fault !== undefined) return missed(row, { ok: false, permanent: true, reason: fault }, deps)
  await deps.onEnd(row, kept, '')
  await deps.attachments.keep(row.id, kept, deps.clock.now())
}

function faultFound({ name }: AttachmentRow, { contentType, sizeBytes, bytes }: KeptFile): string | undefined {
  const fault = faultOf({ name, contentType, sizeBytes })
  return fault ?? (isWhatItSays(bytes, contentType) ? undefined : `${name} is not what its name says`)
}

/** What colleagues send is fetched for one day's answers, and only what may be sent at all. */
export const offeredRows = (
  files: readonly (FileRef & Attachment)[],
  offer: { readonly to: string; readonly caseId: string; readonly source: string },
): readonly AttachmentRow[] =>
  files
    .filter((file) => mayGoOut(typeOf(file)))
    .map((file) => ({
      ...{ ...file, contentType: typeOf(file), offeredTo: offer.to, caseId: offer.caseId },
      ...{ source: offer.source, attempts: 0 },
    }))

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

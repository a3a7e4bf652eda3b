import { carriagesFor } from '../attachments/carriage.ts'
import type { AttachmentStore, StoredFile } from '../attachments/keep.ts'
import type { CaseState } from '../case/state.ts'
import type { ChannelLimits } from '../channel.ts'
import type { Enclosure, FileRef, Language, OutboundMessage } from '../message.ts'
import type { Clock, OutboxRow } from '../ports.ts'

export type EncloseDeps = {
  readonly files: Pick<AttachmentStore, 'about' | 'file'>
  /** An address under which the file opens for a while, to nobody who was not given it. */
  readonly linkTo: (file: FileRef, opensFor: 'customer' | 'provider', since: Date) => string
  readonly linkWords: (file: FileRef, link: string, language: Language) => string
  readonly clock: Clock
}

type Way = {
  readonly limits: ChannelLimits
  readonly state: CaseState | undefined
  /** Only an approved text may be sent: then every file is a link in it. */
  readonly wordsOnly: boolean
}

export type Enclosed = OutboundMessage | 'wait' | { readonly fault: string }

/** Fetching is tried for about this long; after that somebody must be told. */
const patienceMs = 15 * 60_000

/** Adds the files of an answer once they are kept here: as the channel carries them, else as links below the words. */
export async function enclose(row: OutboxRow, way: Way, deps: EncloseDeps): Promise<Enclosed> {
  const { message } = row
  const { files = [] } = message
  if (files.length === 0) return message
  const stored = await deps.files.about(files.map(({ id }) => id))
  const missing = files.find(({ id }) => stored.find((one) => one.id === id)?.state !== 'kept')
  if (missing === undefined) return withFiles(row, stored, way, deps)
  const known = stored.find(({ id }) => id === missing.id)
  if (known?.state === 'missed')
    return { fault: `nothing was sent: ${missing.name} could not be had (${known.reason})` }
  const waitedMs = deps.clock.now().getTime() - row.queuedAt.getTime()
  return waitedMs < patienceMs ? 'wait' : { fault: `nothing was sent: ${missing.name} could not be fetched in time` }
}

/** The same words at every attempt: a message whose sending had no answer is looked up by them. */
async function withFiles(
  { message, queuedAt }: OutboxRow,
  stored: readonly StoredFile[],
  { limits, state, wordsOnly }: Way,
  deps: EncloseDeps,
): Promise<OutboundMessage> {
  const { files = [], to, from } = message
  // The size is known for certain only now.
  const kept = files.map((file) => ({ ...file, sizeBytes: stored.find(({ id }) => id === file.id)?.sizeBytes ?? 0 }))
  const ways = carriagesFor(kept, wordsOnly ? undefined : limits, { to, ...(from && { from }) })
  const language = state === undefined || state.status === 'none' ? 'en' : state.language
  const links: string[] = []
  const enclosures: Enclosure[] = []
  for (const [i, file] of kept.entries()) {
    const how = ways[i]?.way ?? 'link'
    if (how === 'link') links.push(deps.linkWords(file, deps.linkTo(file, 'customer', queuedAt), language))
    else if (how === 'url') enclosures.push({ ...file, url: deps.linkTo(file, 'provider', queuedAt) })
    else enclosures.push({ ...file, bytes: (await deps.files.file(file.id))?.bytes ?? Buffer.alloc(0) })
  }
  const text = [message.text, ...links].join('\n')
  return { ...message, text, ...(enclosures.length > 0 && { enclosures }) }
}

import type { Phrases } from './bot/phrases.ts'
import { say } from './bot/phrases.ts'
import { type AttachmentRow, attachmentsOf, type KeepDeps, type KeptFile } from './core/attachments/keep.ts'
import { fileLink } from './core/attachments/link.ts'
import type { HearCustomer } from './core/inbox/customer.ts'
import type { Address } from './core/message.ts'
import type { Outgoing } from './core/ports.ts'
import type { HouseParts } from './house.ts'
import { openDesks } from './wording.ts'

/** A message with files is filed first; then its files are wanted. Both are repeated harmlessly after a crash. */
export const wantingFiles =
  (hear: HearCustomer, { stores, clock }: HouseParts, onWanted: () => void): HearCustomer =>
  async (message, row) => {
    const ending = await hear(message, row)
    if (ending.state === 'case' && message.attachments.length > 0) {
      await stores.attachments.want(attachmentsOf(message, ending.caseId, row.source), clock.now())
      onWanted()
    }
    return ending
  }

/** Fetches files and tells the desk, under the case's card, where to open each, or why it will not come. */
export function keeping(parts: HouseParts, onQueued: () => void): KeepDeps {
  const { stores, clock, random, channels, config } = parts
  return {
    ...{ attachments: stores.attachments, clock, random },
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    onEnd: async (row, kept, reason) => {
      // What colleagues sent is in the answer it was sent for, or that answer says why it did not go.
      if (row.offeredTo !== undefined) return
      const { state } = await stores.cases.load(row.caseId)
      if (state.status === 'none') return
      const text = wordsFor(row, { kept, reason, link: linkTo(row, parts), phrases: config.phrases })
      const announced = openDesks(parts, state.site).map((place) => announcement(row, place, text))
      await stores.outbox.add(announced, clock.now())
      onQueued()
    },
  }
}

const linkTo = ({ id }: AttachmentRow, { config, linkKey, clock }: HouseParts): string =>
  `${config.environment.publicUrl}${fileLink(id, linkKey, clock.now())}`

type Told = {
  readonly kept: KeptFile | undefined
  readonly reason: string
  readonly link: string
  readonly phrases: Phrases
}

function wordsFor({ caseId, name }: AttachmentRow, { kept, reason, link, phrases }: Told): string {
  if (kept === undefined) return say(phrases, 'file-missed', 'en', { caseId, name, reason })
  const size = `${Math.max(1, Math.round(kept.sizeBytes / 1024))} kB`
  return say(phrases, 'file-kept', 'en', { caseId, name, size, link })
}

function announcement({ id, caseId }: AttachmentRow, to: Address, text: string): Outgoing {
  const place = `${to.channel}:${to.id}`
  return {
    message: {
      id: `${id}:file@${place}`,
      caseId,
      audience: 'staff',
      to,
      text,
      conversation: `card:${caseId}:${place}`,
    },
    purpose: { type: 'announce', occasion: 'file' },
    urgent: false,
  }
}

import type { RawEvent, Reading } from '../../core/channel.ts'
import type { Attachment, InboundMessage } from '../../core/message.ts'
import { addressedTo } from './addresses.ts'
import { automaticBecause } from './automatic.ts'
import { readBounce } from './bounce.ts'
import { type Letter, type MailPayload, readPayload } from './letter.ts'
import { senderOf } from './sender.ts'
import type { EmailSettings } from './settings.ts'
import { readMailCommand } from './staff-command.ts'
import { stripQuotes } from './strip-quotes.ts'

const unprovenClosing = 'an order to close whose sender DMARC does not prove: nothing was done'
const nothingWritten = '(no text)'

type Ours = Pick<EmailSettings, 'desk' | 'siteAddresses'>

/** Understands a mail that was stored earlier. Pure: the same payload always reads the same. */
export function readEvent(event: RawEvent, ours: Ours): Reading {
  const payload = readPayload(event.payload)
  if (payload === undefined) return { type: 'quarantine', reason: 'not a mail that we stored' }
  const { letter, place } = payload
  if (place.about !== undefined)
    return { type: 'report', report: { providerId: place.about, ...readBounce(letter), at: event.receivedAt } }
  const message = messageOf(event, payload, ours)
  const because = machineBecause(letter, ours) ?? staffFault(payload)
  if (because !== undefined) return { type: 'suppress', reason: because, message }
  const command =
    payload.place.staff === 'proven'
      ? readMailCommand({ ...letter, text: message.text, concerns: place.concerns })
      : undefined
  if (command === undefined) return { type: 'message', message }
  // To take a case harms nobody; what a customer is told for good needs the stronger proof (RFC 7489 section 3.1).
  if (payload.authenticity.dmarc !== 'pass') return { type: 'suppress', reason: unprovenClosing, message }
  const user = { address: message.from }
  return { type: 'message', message, typed: { id: event.id, user, ...command, at: event.receivedAt } }
}

const machineBecause = (letter: Letter, { desk, siteAddresses }: Ours) =>
  automaticBecause(letter, desk.address, ...siteAddresses)

/** Words that look like staff's own but prove nothing must neither act nor become a customer's case. */
function staffFault({ place }: MailPayload): string | undefined {
  switch (place.staff) {
    case 'used':
      return 'an answer to a page that was answered before: nothing was done'
    case 'unproven':
      return 'an answer to a page whose sender is not proven (DMARC): nothing was done'
    default:
      return undefined
  }
}

function messageOf(event: RawEvent, payload: MailPayload, ours: Ours): InboundMessage {
  const { letter, place, authenticity } = payload
  const { subject, inReplyTo } = letter
  return {
    id: event.id,
    from: { channel: 'email', id: senderOf(letter) },
    to: { channel: 'email', id: addressedTo(letter.recipients, ours.siteAddresses) ?? ours.desk.address },
    conversation: event.conversation,
    text: textOf(letter),
    ...(subject !== undefined && subject !== '' && { subject }),
    ...(inReplyTo[0] !== undefined && { inReplyTo: inReplyTo[0] }),
    ...(letter.from !== undefined && letter.from.name !== '' && { profileName: letter.from.name }),
    attachments: attachmentsOf(payload),
    automatic: machineBecause(letter, ours) !== undefined,
    sentAt: sentAtOf(letter, event.receivedAt),
    senderProven: place.staff === 'proven',
    authenticity,
    ...(place.continues && { continues: true }),
    ...(place.concerns !== undefined && place.concerns.length > 0 && { concerns: place.concerns }),
    ...(place.mentions !== undefined && { mentions: place.mentions }),
  }
}

function textOf(letter: Letter): string {
  if (letter.problem !== undefined)
    return `[unparsed] This mail could not be read (${letter.problem}). It is attached as it came.`
  return stripQuotes(letter.text) || nothingWritten
}

function attachmentsOf({ letter, raw, sizeBytes }: MailPayload): Attachment[] {
  if (letter.problem !== undefined)
    return [{ name: 'unparsed.eml', contentType: 'message/rfc822', sizeBytes, ref: raw }]
  return letter.attachments.map(({ name, contentType, sizeBytes: size, part }) => ({
    name,
    contentType,
    sizeBytes: size,
    ref: `${raw}#${part}`,
  }))
}

/** A sender's clock is believed when it is not ahead of ours: what is written is never later than when it came. */
function sentAtOf({ sentAt }: Letter, receivedAt: Date): Date {
  const written = sentAt === undefined ? receivedAt : new Date(sentAt)
  return written > receivedAt ? receivedAt : written
}

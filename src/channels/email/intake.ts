import type { Inbox, RawEvent } from '../../core/channel.ts'
import type { Letter, MailPayload } from './letter.ts'
import type { MailParser } from './parser.ts'
import type { MailArchive, ThreadEnds } from './ports.ts'
import { mailKey, unparsed } from './raw-mail.ts'
import { vouchedFor } from './sender.ts'
import type { EmailSettings } from './settings.ts'
import { conversationOf, type Placing, placeOf } from './thread.ts'
import { readAuthenticity } from './verify.ts'
import type { Verifier } from './verify-dns.ts'

/** A mail as the mailbox gave it; `cutAt` when it is too large and only its start was fetched. */
export type FetchedMail = { readonly uid: number; readonly raw: Buffer; readonly cutAt?: number }

export type IntakeDeps = Placing & {
  readonly settings: EmailSettings
  readonly archive: MailArchive
  readonly parser: MailParser
  readonly ends: ThreadEnds
  readonly clock: () => Date
  /** Where no mail exchanger of ours vouches for senders. */
  readonly verify?: Verifier
}

export type Intake = (mails: readonly FetchedMail[], inbox: Inbox) => Promise<void>

const referencesKept = 20

/**
 * Takes mails in the order of the mailbox: each is archived as it came, understood, placed, and written down. Resolves
 * once all of them survive a crash; rejects when one could not be stored, and then the same mails must come again.
 */
export function createIntake(deps: IntakeDeps): Intake {
  let lastAt = 0
  // Within a conversation events are read in the order of these instants, so no two may be the same.
  const nextInstant = () => {
    lastAt = Math.max(lastAt + 1, deps.clock().getTime())
    return new Date(lastAt)
  }
  return async (mails, inbox) => {
    const archived = await Promise.all(mails.map(async (mail) => ({ mail, name: await deps.archive.keep(mail.raw) })))
    const events: RawEvent[] = []
    for (const { mail, name } of archived) events.push(await understand(mail, name, nextInstant(), deps))
    await Promise.all(events.map((event) => inbox.receive(event)))
  }
}

async function understand(mail: FetchedMail, name: string, receivedAt: Date, deps: IntakeDeps): Promise<RawEvent> {
  const { settings } = deps
  const letter = await letterOf(mail, deps.parser)
  const isOurs = settings.authservId === undefined && settings.verify === 'dns' && deps.verify !== undefined
  const found = isOurs ? await deps.verify(mail.raw, letter) : readAuthenticity(letter, settings.authservId)
  const authenticity = vouchedFor(found, letter)
  const key = mailKey(mail.raw)
  const place = await placeOf({ letter, authenticity, key }, deps)
  await rememberEnd(letter, place.conversation, deps.ends)
  const payload: MailPayload = {
    ...{ letter, raw: name, mailbox: settings.mailbox, uid: mail.uid, place, authenticity },
    sizeBytes: mail.cutAt ?? mail.raw.length,
  }
  return {
    id: `email:${settings.desk.address}:${key.slice(0, 40)}`,
    ...{ source: 'email', channel: 'email', receivedAt, payload },
    kind: place.about === undefined ? 'message' : 'report',
    conversation: place.about === undefined ? place.conversation : conversationOf(settings.desk.address, place.about),
  }
}

const letterOf = async ({ raw, cutAt }: FetchedMail, parser: MailParser): Promise<Letter> =>
  cutAt === undefined
    ? parser.parse(raw)
    : unparsed(raw, `it has ${Math.round(cutAt / 1_048_576)} MB and is still whole in the mailbox`)

/** Our answer must name the customer's newest mail, or their program shows it as something new. */
async function rememberEnd(letter: Letter, conversation: string, ends: ThreadEnds): Promise<void> {
  if (letter.messageId === undefined) return
  const before = letter.references.length > 0 ? letter.references : letter.inReplyTo
  const references = [...before, letter.messageId].slice(-referencesKept)
  await ends.save(conversation, { subject: letter.subject ?? '', lastId: letter.messageId, references })
}

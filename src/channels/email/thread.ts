import { detailOf, domainOf } from './addresses.ts'
import { automaticBecause, looksLikeBounce } from './automatic.ts'
import type { Letter, MailPayload } from './letter.ts'
import { type Mark, readMark, rootOf, type Signer } from './marks.ts'
import type { CaseLookup, SpentMarks } from './ports.ts'
import { senderOf } from './sender.ts'
import type { EmailSettings } from './settings.ts'
import type { Authenticity } from './verify.ts'

export type Placing = {
  readonly settings: Pick<EmailSettings, 'desk' | 'siteAddresses' | 'colleagueDomains'>
  readonly signer: Signer
  readonly cases: CaseLookup
  readonly spent: SpentMarks
}

export type Incoming = { readonly letter: Letter; readonly authenticity: Authenticity; readonly key: string }

type Place = MailPayload['place']

export const conversationOf = (desk: string, root: string): string => `email:${desk}:${root}`

/**
 * Where a mail belongs: by our mark in In-Reply-To or References (RFC 5322 section 3.6.4), by our mark in the address it
 * was sent to, by a case number in its subject, and each of these only if the sender is who we wrote to. Otherwise it
 * is a thread of its own, named after its first mail and its sender, so that follow-ups meet before we ever answered.
 */
export async function placeOf(mail: Incoming, placing: Placing): Promise<Place> {
  const { settings, cases } = placing
  const about = aboutOf(mail.letter, placing)
  const sender = senderOf(mail.letter)
  const marks = marksIn(mail.letter, settings.desk.address)
  const own = marks.find((mark) => isParty(mark, sender, mail, placing))
  const bounce = about === undefined ? {} : { about }
  if (own !== undefined) {
    const conversation = conversationOf(settings.desk.address, own.root)
    return { conversation, ...bounce, ...continuing, ...(await staffProof(own, mail, placing)) }
  }
  const named = await partyByNumber(mail.letter.subject, sender, cases)
  if (named.conversation !== undefined) return { conversation: named.conversation, ...bounce, ...continuing }
  const { letter, key } = mail
  const first = letter.references[0] ?? letter.inReplyTo[0] ?? letter.messageId ?? key
  const conversation = conversationOf(settings.desk.address, rootOf(sender, first))
  const mentions = named.mentions ?? (await caseOfStranger(marks[0], placing))
  return { conversation, ...bounce, ...(mentions !== undefined && { mentions }) }
}

const continuing = { continues: true } as const

/** Our marks, the one the sender answered first, then older ones. */
function marksIn(letter: Letter, desk: string): readonly Mark[] {
  const ids = [...letter.inReplyTo, ...[...letter.references].reverse()].map((id) => id.slice(0, id.lastIndexOf('@')))
  const details = letter.recipients.flatMap((address) => detailOf(address, desk) ?? [])
  return [...ids, ...details].flatMap((text) => readMark(text) ?? [])
}

/** A colleague answers only from a domain that is configured for it, and only when the domain vouches for the mail. */
function isParty(mark: Mark, sender: string, { authenticity }: Incoming, { settings, signer }: Placing): boolean {
  if (signer.isFor(mark, sender)) return true
  const shared = settings.colleagueDomains.includes(domainOf(sender)) && authenticity.verdict === 'pass'
  return shared && signer.isForColleagueOf(mark, sender)
}

/** A staff member's answer counts once, and only when their mail system vouches that it is theirs. */
async function staffProof(
  mark: Mark,
  { authenticity, key, letter }: Incoming,
  { spent, settings, cases }: Placing,
): Promise<Pick<Place, 'staff' | 'concerns'>> {
  if (mark.kind !== 'staff') return {}
  if (authenticity.verdict !== 'pass') return { staff: 'unproven' }
  // What is read by nobody must not use up the mark.
  if (automaticBecause(letter, settings.desk.address, ...settings.siteAddresses) !== undefined)
    return { staff: 'unproven' }
  if (!(await spent.spend(mark.id, key))) return { staff: 'used' }
  return { staff: 'proven', concerns: [...(await cases.concerning(mark.id))] }
}

const caseNumber = /\bGH-\d{4}-\d{6}\b/gi
const mostNumbers = 3

/** A case number is no secret: only its own customer finds the case by it; for everybody else it is worth a note to staff. */
async function partyByNumber(
  subject = '',
  sender: string,
  cases: CaseLookup,
): Promise<{ conversation?: string; mentions?: string }> {
  let mentions: string | undefined
  for (const [number] of [...subject.matchAll(caseNumber)].slice(0, mostNumbers)) {
    const caseId = number.toUpperCase()
    const found = await cases.partyOf(caseId)
    if (found === undefined) continue
    if (found.customer.channel === 'email' && found.customer.id === sender) return { conversation: found.conversation }
    mentions ??= caseId
  }
  return mentions === undefined ? {} : { mentions }
}

async function caseOfStranger(mark: Mark | undefined, { cases, settings }: Placing): Promise<string | undefined> {
  return mark && cases.latestOf(conversationOf(settings.desk.address, mark.root))
}

/** The message of ours that came back: by the address it came back to, else by its id quoted inside. */
function aboutOf(letter: Letter, { settings, signer }: Placing): string | undefined {
  if (!looksLikeBounce(letter)) return undefined
  for (const address of letter.recipients) {
    const id = signer.readBounceDetail(detailOf(address, settings.desk.address) ?? '')
    if (id !== undefined) return id
  }
  return letter.quotedIds.flatMap((text) => readMark(text) ?? [])[0]?.id
}

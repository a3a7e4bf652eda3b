import { detailOf } from './addresses.ts'
import { headerOf, headersOf, type Letter } from './letter.ts'

type Rule = readonly [because: string, applies: (letter: Letter) => boolean]

const header = (name: string, pattern: RegExp) => (letter: Letter) =>
  headersOf(letter, name).some((value) => pattern.test(value))
const has = (name: string) => (letter: Letter) => headerOf(letter, name) !== undefined
const subject = (pattern: RegExp) => (letter: Letter) => pattern.test(letter.subject ?? '')

const systemSender = /^(?:mailer-?daemon|post_?master|mail-?daemon|mdaemon|mail delivery (?:sub)?system)/i

/** What autoresponders write before the subject they answer; RFC 3834 section 3.1.5 asks for "Auto:". */
const awaySubject =
  /^\s*(?:\[?auto(?:matic|mated)?[- ]?(?:reply|response|responder|generated)\]?\b|auto:|automatic message|out of (?:the )?office|ooo\b|vacation\b.{0,20}reply|on (?:vacation|leave)\s*:|abwesenheit|automatische antwort|réponse automatique|respuesta automática|risposta automatica|自動(?:回覆|回應|答覆|回复)|自动(?:回复|答复|回覆)|不在辦公室|外出(?:中|公幹|通知|の?お知らせ|[:：]|\s*$)|自動返信|자동 ?(?:회신|응답))/iu

/** How mail systems that are older than every standard announce a failure. */
const bounceSubject =
  /^\s*(?:undeliver(?:able|ed)\b|delivery (?:status notification|failure|report|failed)|delivery has (?:been delayed|failed)|failure notice|returned mail|mail (?:delivery (?:failed|failure|problem|system error)|system error|could not be delivered)|mail delivery failed|message (?:delivery failure|you sent blocked|status - undeliverable)|warning: could not send|nondeliverable|non-?deliver|mail undeliverable|undelivered mail|dsn:|ndn:|unzustellbar|無法傳遞|无法传递|郵件傳遞失敗|系统退信|退信|退件|メールエラー通知|loop alert:|complaint about message from \d)/iu

/** What a report of a failure says inside; a tenant whose parcel could not be delivered says nothing of the kind. */
const bounceText =
  /\bsmtp\b|\besmtp\b|\bmailer\b|postmaster|message-id|\b[245]\.\d{1,3}\.\d{1,3}\b|\b[45]\d\d[ -]|user unknown|recipient|\bunrouteable\b|returned to sender|mail system|original message|^subject: |メール|郵件|邮件/im

/** In this order: the first that applies gives the reason a person will read. */
const rules: readonly Rule[] = [
  ['a delivery report', header('content-type', /multipart\/report/i)],
  ['an automatic reply (Auto-Submitted)', header('auto-submitted', /^(?!\s*no\b)\s*\S/i)],
  ['an automatic reply (subject)', subject(awaySubject)],
  ['sent with the null return path', header('return-path', /^\s*<\s*>\s*$/)],
  ['sent by a mail system', ({ from }) => from !== undefined && systemSender.test(from.address)],
  ['a failed delivery (X-Failed-Recipients)', has('x-failed-recipients')],
  ['an abuse report (Feedback-Type)', has('feedback-type')],
  [
    'an automatic reply (X-Autoreply)',
    (letter) => letter.headers.some(([name]) => /^x-auto-?(?:reply|respond)/.test(name)),
  ],
  ['mail that asks for no automatic answer', has('x-auto-response-suppress')],
  ['mail in bulk (Precedence)', header('precedence', /\b(?:bulk|junk|list|auto_reply)\b/i)],
  ['from a mailing list', (letter) => letter.headers.some(([name]) => /^list-(?:id|post|unsubscribe|help)/.test(name))],
  ['a loop (X-Loop)', has('x-loop')],
  ['a failed delivery (subject)', (letter) => subject(bounceSubject)(letter) && bounceText.test(letter.text)],
  [
    'a failed delivery (Amazon SES)',
    ({ text }) => /"notificationType"\s*:\s*"(?:Bounce|Complaint|Delivery)"/.test(text),
  ],
]

/**
 * Why a mail was written by a machine, in words; undefined for a person's. Such mail is kept but never answered:
 * RFC 3834 section 2, RFC 3464, RFC 5965, and what mail systems did before them.
 */
export function automaticBecause(letter: Letter, ...ours: readonly string[]): string | undefined {
  if (letter.problem !== undefined) return undefined
  if (isOurs(letter, ours)) return 'our own mail'
  return rules.find(([, applies]) => applies(letter))?.[0]
}

/** Answering ourselves would never end. */
function isOurs({ from }: Letter, ours: readonly string[]): boolean {
  return from !== undefined && ours.some((one) => from.address === one || detailOf(from.address, one) !== undefined)
}

/** Whether a mail system reports on a mail of ours, as opposed to a person's autoresponder. */
export function looksLikeBounce(letter: Letter): boolean {
  if (letter.deliveryStatus !== undefined) return true
  if (headersOf(letter, 'content-type').some((value) => /report-type="?delivery-status/i.test(value))) return true
  if (header('auto-submitted', /auto-replied/i)(letter) && !bounceSubject.test(letter.subject ?? '')) return false
  const fromSystem = letter.from !== undefined && systemSender.test(letter.from.address)
  return fromSystem || has('x-failed-recipients')(letter) || bounceSubject.test(letter.subject ?? '')
}

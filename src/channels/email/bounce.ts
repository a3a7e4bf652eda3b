import type { DeliveryReport } from '../../core/message.ts'
import type { Letter } from './letter.ts'

type Said = Pick<DeliveryReport, 'state' | 'reason' | 'permanent'>

/**
 * What a delivery report says became of our mail. The action decides (RFC 3464 section 2.3.3): a queue that expired
 * says `failed` with the temporary status 4.2.2, and it will not be tried again.
 */
export function readBounce(letter: Pick<Letter, 'deliveryStatus' | 'subject' | 'text'>): Said {
  const status = letter.deliveryStatus
  if (status === undefined) return withoutStatus(letter)
  const code = field(status, 'Status')?.match(/\b[245]\.\d{1,3}\.\d{1,3}\b/)?.[0]
  switch (
    field(status, 'Action')
      ?.toLowerCase()
      .match(/[a-z]+/)?.[0]
  ) {
    case 'delivered':
      return { state: 'delivered' }
    case 'relayed':
    case 'expanded':
      return { state: 'sent', reason: 'handed on to a mail system that does not report delivery' }
    case 'delayed':
      return { state: 'sent', reason: `not delivered yet: ${explain(code)}; the mail system keeps trying` }
    case 'failed':
      return failed(code)
    default:
      return code?.startsWith('4') ? { state: 'sent', reason: `not delivered yet: ${explain(code)}` } : failed(code)
  }
}

const failed = (code: string | undefined): Said => ({
  state: 'failed',
  permanent: true,
  reason: `the mail came back: ${explain(code)}`,
})

/** Older systems write in sentences only. */
function withoutStatus({ subject = '', text }: Pick<Letter, 'subject' | 'text'>): Said {
  const words = `${subject}\n${text.slice(0, 4_000)}`
  const code = words.match(/\b[45]\.\d{1,2}\.\d{1,2}\b/)?.[0]
  const isDelay =
    /\bdelayed\b|will (?:be retried|keep trying|continue)|still (?:being|trying)|warning: (?:could not send|message)/i
  if (isDelay.test(words)) return { state: 'sent', reason: `not delivered yet: ${explain(code)}` }
  return failed(code)
}

/** The first value of a field; a report may describe several recipients, but ours has one. */
function field(status: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*([^\\r\\n]+)`, 'im').exec(status)?.[1]?.trim()
}

/** RFC 3463 subject and detail, in the words of the person who reads the card; never the server's own text. */
const meanings: readonly (readonly [code: RegExp, words: string])[] = [
  [/\.1\.[1-3]$/, 'there is no such mailbox'],
  [/\.1\.(?:6|10)$/, 'the mailbox has moved'],
  [/\.1\.\d+$/, 'the address is not valid'],
  [/\.2\.1$/, 'the mailbox is switched off'],
  [/\.2\.2$/, 'the mailbox is full'],
  [/\.2\.3$/, 'the mail is too large for the mailbox'],
  [/\.3\.4$/, 'the mail is too large'],
  [/\.4\.7$/, 'it could not be delivered in time'],
  [/\.4\.\d+$/, 'the mail system of the recipient cannot be reached'],
  [/\.7\.\d+$/, 'the mail system of the recipient refuses our mail'],
]

export function explain(code: string | undefined): string {
  if (code === undefined) return 'the mail system gave no reason we can read'
  const words = meanings.find(([pattern]) => pattern.test(code))?.[1]
  return words === undefined ? `the mail system gave code ${code}` : `${words} (${code})`
}

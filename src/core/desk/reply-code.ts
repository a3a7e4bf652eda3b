/** What a staff member's text message says about a page. */
export type ReplyCode = { readonly command: 'acknowledge'; readonly caseRef?: string }

const trimmed = (text: string) =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/^["'“”‘’「」]+|["'“”‘’「」.!。！]+$/g, '')
    .trim()

const word = '(?:ack|acknowledge|a|收到|接手)'
const reference = '(?:GH-)?(?:\\d{4}-)?\\d{1,6}'
const wordFirst = new RegExp(`^${word}\\s*(${reference})?$`, 'i')
const numberFirst = new RegExp(`^(${reference})\\s*${word}$`, 'i')

/**
 * Reads a reply code: `ack`, `a 123`, `12a`, `收到`, `1收到`, `ACK GH-2026-000123`; only when it is the whole message.
 * A bare "ok" is no code: it does not say what is acknowledged (grammar after GoAlert's reply codes).
 */
export function readReplyCode(text: string): ReplyCode | undefined {
  const whole = trimmed(text)
  const short = whole.replace(/^(\d+)收$/, '$1收到')
  const match = wordFirst.exec(short) ?? numberFirst.exec(short)
  if (match === null) return undefined
  return match[1] === undefined ? { command: 'acknowledge' } : { command: 'acknowledge', caseRef: match[1] }
}

/** The whole number that a reference stands for, where it leaves the year out in this year. */
export function caseIdOf(reference: string, year: number): string {
  const [, given, number = ''] = /^(?:GH-)?(?:(\d{4})-)?(\d{1,6})$/i.exec(reference) ?? []
  return `GH-${given ?? year}-${number.padStart(6, '0')}`
}

/** Whether a short or full reference means this case: `123`, `2026-123` and `GH-2026-000123` all do. */
export function refersTo(reference: string, caseId: string): boolean {
  const [, year, number] = /^GH-(\d{4})-(\d+)$/.exec(caseId) ?? []
  const given = /^(?:GH-)?(?:(\d{4})-)?(\d{1,6})$/i.exec(reference)
  if (year === undefined || number === undefined || given === null) return false
  return Number(given[2]) === Number(number) && (given[1] === undefined || given[1] === year)
}

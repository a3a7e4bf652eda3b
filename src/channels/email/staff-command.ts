/** What staff may do by answering a page, beside ACK, which every channel knows. */
export type MailCommand = {
  readonly command: 'close'
  readonly caseId: string
  readonly args: { readonly outcome: string; readonly told?: string }
}

/** How a case can end, by the desk's own names. */
const outcomes: readonly string[] = [
  'resolved',
  'not_resolved',
  'duplicate',
  'not_for_us',
  'withdrawn',
  'unreachable',
  'no_case',
]

const number = /\bGH-\d{4}-\d{6}\b/i

/**
 * `CLOSE <outcome>` on the first line and below it the words for the customer. The case is the one beside it, else the
 * one that the answered page was about, else the one in the subject; none where a page was about several. Anything else
 * is plain words: "Close the gate" must close no case.
 */
export function readMailCommand({
  subject = '',
  text,
  concerns = [],
}: {
  readonly subject?: string | undefined
  readonly text: string
  readonly concerns?: readonly string[] | undefined
}): MailCommand | undefined {
  const [first = '', ...rest] = text.trim().split('\n')
  if (first.length > 100) return undefined
  const said = /^close\s+(.+)$/i.exec(first.replace(number, ' ').trim())?.[1] ?? ''
  const outcome = said
    .toLowerCase()
    .replace(/[.:!]+$/, '')
    .trim()
    .replace(/[\s-]+/g, '_')
  if (!outcomes.includes(outcome)) return undefined
  const answered = concerns.length > 0 ? (concerns.length === 1 ? concerns[0] : '') : number.exec(subject)?.[0]
  const caseId = (number.exec(first)?.[0] ?? answered ?? '').toUpperCase()
  const told = rest.join('\n').trim()
  return { command: 'close', caseId, args: { outcome, ...(told !== '' && { told }) } }
}

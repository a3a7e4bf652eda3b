import { printable } from '../../core/printable.ts'

export { clip, printable } from '../../core/printable.ts'

/** A dash where there is nothing to show, so that no element of a card is empty. */
export function shownText(text: string): string {
  const clean = printable(text)
  return clean.trim() === '' ? '–' : clean
}

/** The entities of HTML that Teams writes into the text of a message, back to their characters. */
export function withoutEntities(text: string): string {
  return text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** Invisible characters that could reorder or break the lines around them: controls, and bidirectional overrides. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what it is for
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202d\u202e\ufeff]/g

/** Makes text safe to show: no control characters, one kind of line end, no half characters. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unprintable, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}

/** Cuts to at most `max` UTF-16 units, never inside a character, and says that it did. */
export function clip(text: string, max: number, ending = '…'): string {
  if (text.length <= max) return text
  const kept = text.slice(0, max - ending.length)
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}${ending}`
}

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

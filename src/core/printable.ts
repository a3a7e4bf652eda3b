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
  return `${withoutHalfCharacter(text.slice(0, max - ending.length))}${ending}`
}

/** A cut may have gone through an emoji: its first half goes too. */
export function withoutHalfCharacter(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}

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

/** Cuts to at most `max` UTF-16 units, as Slack counts them, never inside a character, and says that it did. */
export function clip(text: string, max: number, ending = '…'): string {
  if (text.length <= max) return text
  return `${withoutHalfCharacter(text.slice(0, max - ending.length))}${ending}`
}

/** Splits into pieces of at most `max` UTF-16 units, never inside a character. */
export function pieces(text: string, max: number): readonly string[] {
  const result: string[] = []
  let rest = text
  while (rest.length > max) {
    const piece = withoutHalfCharacter(rest.slice(0, max))
    result.push(piece)
    rest = rest.slice(piece.length)
  }
  return [...result, rest]
}

function withoutHalfCharacter(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}

/**
 * Escapes the three characters Slack gives a meaning to, so that `<!channel>`, `<@U1>` and `<http://evil|bank>` stay text.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** What a person sees of Slack's markup: `<https://a.hk|our site>` becomes `our site (https://a.hk)`, entities their characters. */
export function unescapeMarkup(text: string): string {
  return text
    .replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) => linkText(target, label))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function linkText(target: string, label: string | undefined): string {
  if (target.startsWith('@') || target.startsWith('#')) return label ? `${target.charAt(0)}${label}` : target
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`
  const address = target.replace(/^(mailto|tel):/, '')
  return label === undefined || label === address ? address : `${label} (${address})`
}

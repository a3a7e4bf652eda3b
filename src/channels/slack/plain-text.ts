import { withoutHalfCharacter } from '../../core/printable.ts'

export { clip, printable } from '../../core/printable.ts'

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

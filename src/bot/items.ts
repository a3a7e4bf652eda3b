/** Where one matter may end and the next begin. No blanks around it: they are trimmed afterwards, in linear time. */
const joins =
  /(?<=[.!?。！？;；\n])|\b(?:also|by the way|one more thing|another thing|secondly|on another note|in addition|apart from that|and separately)\b|另外|仲有|還有|此外|順便問|順便一提|第二件事|同埋想問|對了/i

const edges = /^[\s,，、：:]+|[\s,，、]+$/g

/** Shortest piece that can be a matter of its own. */
const leastCharacters = { latin: 12, chinese: 5 }

/**
 * The separate matters of a message, in order: "the lift is broken. Also, when does the pool open?" is two.
 * Pieces too short to stand alone (greetings, thanks) join their neighbour.
 */
export function itemsOf(text: string): string[] {
  const pieces = text
    .slice(0, 6000)
    .split(joins)
    .map((piece) => trimmed(piece))
    .filter((piece) => piece !== '')
  const items: string[] = []
  for (const piece of pieces) {
    const last = items.at(-1)
    if (last !== undefined && (isShort(piece) || isShort(last))) items[items.length - 1] = `${last} ${piece}`
    else items.push(piece)
  }
  return items
}

/** Bounded first: the edge pattern is quadratic on a long run of blanks. */
const trimmed = (piece: string): string => piece.trim().replace(edges, '')

const isShort = (piece: string): boolean =>
  piece.length < (/[\u3400-\u9fff]/.test(piece) ? leastCharacters.chinese : leastCharacters.latin)

export const itemRules = [joins]

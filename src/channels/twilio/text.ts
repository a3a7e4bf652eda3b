/** Direction overrides, embeddings and isolates (Unicode 15 section 23.2): they make a text read as another one. */
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g
/** Every control character except line feed and tab. */
const CONTROLS = /[^\P{Cc}\n\t]/gu
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g

/** Customer text as we keep it: every letter, emoji and line of it, none of the characters that deceive or break. */
export function cleanText(text: string): string {
  return text.replace(LINE_ENDS, '\n').replace(CONTROLS, '').replace(DIRECTION_CONTROLS, '')
}

/** A name or label on one line, at most 120 characters. */
export function cleanLine(text: string): string {
  return [...cleanText(text).replace(/\s+/g, ' ').trim()].slice(0, 120).join('')
}

/**
 * Cuts a text into parts of at most `limit` UTF-16 units: between paragraphs, lines, sentences or words where
 * that does not waste half a part, otherwise between characters as people see them. Never loses a word.
 */
export function splitText(text: string, limit: number): readonly string[] {
  if (!(limit > 0)) throw new RangeError('a part must have room for at least one character')
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const cut = cutPoint(rest, limit)
    parts.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  return rest === '' ? parts : [...parts, rest]
}

const BREAKS = [/\n{2,}/g, /\n/g, /[.!?]\s|[。！？]/g, /\s/g]

function cutPoint(text: string, limit: number): number {
  const head = text.slice(0, limit)
  for (const pattern of BREAKS) {
    const end = lastEnd(head, pattern)
    if (end > limit / 2) return end
  }
  return characterEnd(text, limit)
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length
  return end
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The end of the last whole character within the limit; a "character" longer than a whole part is cut by code point. */
function characterEnd(text: string, limit: number): number {
  let end = 0
  for (const { index, segment } of characters.segment(text.slice(0, limit + 1))) {
    if (index + segment.length > limit) break
    end = index + segment.length
  }
  if (end > 0) return end
  const splitsPair = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(limit - 1, limit + 1))
  return splitsPair && limit > 1 ? limit - 1 : limit
}

/** As much of somebody's words as a page or a thread shows; all of them are on the case. */
const longestExcerpt = 600

/** The first of these words, cut by characters, not code units: half an emoji is no text. */
export function excerptOf(text: string, longest = longestExcerpt): string {
  const characters = [...text]
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text
}

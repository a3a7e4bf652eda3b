/** Many texts as one run of bytes: they cost what they hold, and a text becomes a string when somebody asks for it. */
export type Texts = { readonly bytes: Uint8Array; readonly start: Uint32Array }

/** Gathers texts in their order. */
export function textsOf(list: readonly string[]): Texts {
  const pieces = list.map((text) => new TextEncoder().encode(text))
  const start = new Uint32Array(pieces.length + 1)
  pieces.forEach((piece, i) => {
    start[i + 1] = (start[i] as number) + piece.length
  })
  const bytes = new Uint8Array(start.at(-1) ?? 0)
  pieces.forEach((piece, i) => {
    bytes.set(piece, start[i])
  })
  return { bytes, start }
}

/** The text at a place; undefined where there is none. */
export function textAt({ bytes, start }: Texts, place: number): string | undefined {
  const [from, to] = [start[place], start[place + 1]]
  return from === undefined || to === undefined ? undefined : new TextDecoder().decode(bytes.subarray(from, to))
}

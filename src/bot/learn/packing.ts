/*
 * A file of named parts: 8 bytes of mark, the length of the header (4 bytes, little endian), the header as JSON, then the
 * parts, each at a multiple of 8 bytes so that it can be read in place. Whoever opens it copies nothing.
 */
type Numbers = Uint8Array | Int8Array | Uint32Array | Float32Array
const kindsOfParts = { u8: Uint8Array, i8: Int8Array, u32: Uint32Array, f32: Float32Array } as const
type PartKind = keyof typeof kindsOfParts
type Listed = { readonly kind: PartKind; readonly from: number; readonly length: number }

const mark = 'GHBOT003'
const headerAt = mark.length + 4

/** The bytes of a file that holds `facts` and `parts`. */
export function packed(facts: unknown, parts: Readonly<Record<string, Numbers>>): Uint8Array {
  const listed: Record<string, Listed> = {}
  let size = 0
  for (const [name, part] of Object.entries(parts)) {
    listed[name] = { kind: kindOf(part), from: size, length: part.length }
    size += rounded(part.byteLength)
  }
  const header = new TextEncoder().encode(JSON.stringify({ facts, parts: listed, size }))
  const body = rounded(headerAt + header.length)
  const bytes = new Uint8Array(body + size)
  bytes.set(new TextEncoder().encode(mark))
  new DataView(bytes.buffer).setUint32(mark.length, header.length, true)
  bytes.set(header, headerAt)
  for (const [name, part] of Object.entries(parts))
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), body + (listed[name]?.from ?? 0))
  return bytes
}

const rounded = (length: number): number => Math.ceil(length / 8) * 8

const kindOf = (part: Numbers): PartKind =>
  (Object.keys(kindsOfParts) as PartKind[]).find((kind) => part instanceof kindsOfParts[kind]) ?? 'u8'

export type Opened = {
  readonly facts: unknown
  part<Kind extends PartKind>(name: string, kind: Kind): InstanceType<(typeof kindsOfParts)[Kind]>
}

/** Opens packed bytes in place; throws on anything that is not whole. */
export function opened(given: Uint8Array): Opened {
  // Parts can only be read in place where the file itself begins at a multiple of 8: a small Buffer may not.
  const bytes = given.byteOffset % 8 === 0 ? given : Uint8Array.from(given)
  if (new TextDecoder().decode(bytes.subarray(0, mark.length)) !== mark) throw new TypeError('not a packed model')
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(mark.length, true)
  const text = new TextDecoder().decode(bytes.subarray(headerAt, headerAt + length))
  const header = JSON.parse(text) as { facts: unknown; parts: Record<string, Listed>; size: number }
  const body = rounded(headerAt + length)
  if (bytes.length !== body + header.size) throw new RangeError('packed model is cut short')
  return {
    facts: header.facts,
    part(name, kind) {
      const listed = header.parts[name]
      if (listed === undefined || listed.kind !== kind) throw new TypeError(`no part ${name}`)
      const from = bytes.byteOffset + body + listed.from
      return new kindsOfParts[kind](bytes.buffer as ArrayBuffer, from, listed.length) as never
    },
  }
}

/** A file that Outlook packed into a winmail.dat. */
export type TnefFile = { readonly name: string; readonly content: Buffer }

/** [MS-OXTNEF] section 2.1.3: a signature, then attributes of level, id, length, data and checksum. */
const signature = 0x223e9f78
const headLength = 6
const attributeHead = 9
const mostAttributes = 10_000
const mostFiles = 100

const attachRendering = 0x00069002
const attachTitle = 0x00018010
const attachData = 0x0006800f
const attachProperties = 0x00069005

/** The MAPI property PidTagAttachLongFilename, as 8-bit and as Unicode text ([MS-OXPROPS] 2.595). */
const longName8 = 0x3707001e
const longName16 = 0x3707001f

/**
 * The files inside a winmail.dat, or none when it is damaged. Bounded by its own length: every step goes forward, and
 * a length that points outside ends the reading.
 */
export function readTnef(bytes: Buffer): readonly TnefFile[] {
  if (bytes.length < headLength || bytes.readUInt32LE(0) !== signature) return []
  const files: { name: string; content?: Buffer }[] = []
  let at = headLength
  for (let seen = 0; seen < mostAttributes && at + attributeHead <= bytes.length; seen++) {
    const id = bytes.readUInt32LE(at + 1)
    const length = bytes.readUInt32LE(at + 5)
    const start = at + attributeHead
    if (start + length > bytes.length) break
    const data = bytes.subarray(start, start + length)
    at = start + length + 2
    if (id === attachRendering) {
      if (files.length >= mostFiles) break
      files.push({ name: '' })
    }
    const file = files.at(-1)
    if (file === undefined) continue
    if (id === attachTitle && file.name === '') file.name = text8(data)
    if (id === attachData) file.content = data
    if (id === attachProperties) file.name = longNameIn(data) ?? file.name
  }
  return files.flatMap(({ name, content }) => (content === undefined ? [] : [{ name, content }]))
}

/** Looks for one property among the MAPI properties: tag, count of values, length, text. */
function longNameIn(data: Buffer): string | undefined {
  for (const [tag, encoding] of [
    [longName16, 'utf16le'],
    [longName8, 'latin1'],
  ] as const) {
    const wanted = Buffer.alloc(4)
    wanted.writeUInt32LE(tag)
    const found = data.indexOf(wanted)
    if (found < 0 || found + 12 > data.length) continue
    const length = data.readUInt32LE(found + 8)
    if (length > 1_024 || found + 12 + length > data.length) continue
    const name = data.toString(encoding, found + 12, found + 12 + length).replace(/\0+$/, '')
    if (name !== '') return name
  }
  return undefined
}

const text8 = (data: Buffer): string => data.toString('latin1').replace(/\0+$/, '')

import { crc32 } from 'node:zlib'

type Entry = { readonly name: string; readonly bytes: Buffer }

/** 1 January 1980, the earliest that a zip can say: the same files make the same package. */
const noTime = 0x00210000

/** A zip of a few small files, stored as they are. Source: PKWARE APPNOTE 4.3.7, 4.3.12 and 4.3.16. */
export function zipOf(entries: readonly Entry[]): Buffer {
  let offset = 0
  const [files, directory]: [Buffer[], Buffer[]] = [[], []]
  for (const { name, bytes } of entries) {
    const title = Buffer.from(name)
    const about = described(bytes, title.length)
    const local = Buffer.concat([words(0x04034b50), Buffer.from([20, 0]), about, title, bytes])
    const where = Buffer.concat([Buffer.alloc(10), words(offset)])
    directory.push(Buffer.concat([words(0x02014b50), Buffer.from([20, 0, 20, 0]), about, where, title]))
    files.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, list, end])
}

/** The part that a file's own header and its line in the directory have in common. */
function described(bytes: Buffer, nameLength: number): Buffer {
  const about = Buffer.alloc(24)
  about.writeUInt32LE(noTime, 4)
  about.writeUInt32LE(crc32(bytes), 8)
  about.writeUInt32LE(bytes.length, 12)
  about.writeUInt32LE(bytes.length, 16)
  about.writeUInt16LE(nameLength, 20)
  return about
}

function words(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(value)
  return four
}

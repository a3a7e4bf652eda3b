import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { MailArchive } from './ports.ts'

/** Keeps mails as files under `directory`, in 256 folders by the start of their digest. The same mail is kept once. */
export function createMailArchive(directory: string): MailArchive {
  const pathOf = (name: string) => join(directory, name.slice(0, 2), `${name}.eml`)
  return {
    keep: async (raw) => {
      const name = createHash('sha256').update(raw).digest('hex')
      const path = pathOf(name)
      if (await isThere(path, raw.length)) return name
      await mkdir(join(directory, name.slice(0, 2)), { recursive: true, mode: 0o700 })
      await writeSurely(path, raw)
      return name
    },
    open: async (name) => {
      if (!/^[0-9a-f]{64}$/.test(name)) return undefined
      return readFile(pathOf(name)).catch(() => undefined)
    },
  }
}

const isThere = (path: string, size: number): Promise<boolean> =>
  stat(path).then(
    (found) => found.size === size,
    () => false,
  )

/** Written beside, flushed, then renamed: after a crash the file is whole or not there. */
async function writeSurely(path: string, content: Buffer): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
}

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { learningVersion } from '../bot/learn/model.ts'

/** The files of config/answers, by name, and a digest of them all: names and bytes, and the way the bot learns. */
export function answerFiles(directory: string): { names: readonly string[]; digest: string } {
  const folder = join(directory, 'answers')
  if (!existsSync(folder)) return { names: ['answers'], digest: '' }
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
  const hash = createHash('sha256').update(`${learningVersion}\n`)
  const names = paths.map((path) => relative(directory, path))
  paths.forEach((path, i) => {
    const bytes = readFileSync(path)
    hash.update(`${names[i]} ${bytes.length}\n`).update(bytes)
  })
  return { names, digest: hash.digest('hex').slice(0, 32) }
}

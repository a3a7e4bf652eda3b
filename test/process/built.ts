import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const shelf = join(root, 'node_modules', '.gatehouse-built')

/**
 * The product as it is shipped: compiled, in a directory of its own that no later build takes away from under a running
 * process. The same sources are compiled once, however many test files ask at the same time.
 */
export function builtGatehouse(): string {
  built ??= find()
  return built
}

/** One build for a whole test file, also while somebody edits the sources. */
let built: string | undefined

function find(): string {
  const place = join(shelf, String(Math.round(newest(join(root, 'src')))))
  if (!existsSync(place)) build(place)
  const now = new Date()
  utimesSync(place, now, now)
  return join(place, 'bin', 'gatehouse.js')
}

function build(place: string): void {
  const draft = `${place}.${process.pid}`
  const program = `(await import('./scripts/bundle.mjs')).bundle(process.argv[1], process.argv[2])`
  const made = spawnSync(process.execPath, ['--input-type=module', '-e', program, root, join(draft, 'dist')], {
    ...{ cwd: root, encoding: 'utf8' },
  })
  if (made.status !== 0) throw new Error(`the product does not build:\n${made.stderr}`)
  cpSync(join(root, 'bin'), join(draft, 'bin'), { recursive: true })
  cpSync(join(root, 'package.json'), join(draft, 'package.json'))
  learn(draft)
  try {
    renameSync(draft, place)
  } catch {
    rmSync(draft, { recursive: true, force: true }) // another test file was faster
  }
  dropOld()
}

/** The result of learning depends on config/ alone, so the newest build's is taken over where it still fits. */
function learn(draft: string): void {
  const kept = join(shelf, 'bot-model.bin')
  const learned = join(draft, 'dist', 'bot-model.bin')
  const age = (path: string) => Date.now() - statSync(path).mtimeMs
  const [latest] = [kept, join(root, 'dist', 'bot-model.bin')].filter(existsSync).sort((a, b) => age(a) - age(b))
  if (latest !== undefined) cpSync(latest, learned)
  spawnSync(process.execPath, [join(draft, 'dist', 'learn.js'), join(root, 'config')], { stdio: 'inherit' })
  if (existsSync(learned)) cpSync(learned, kept)
}

/** Somebody may still run an earlier build; after so long nobody does. */
const keptMs = 3 * 3_600_000

function dropOld(): void {
  const builds = readdirSync(shelf).filter((name) => /^\d+$/.test(name))
  for (const path of builds.map((name) => join(shelf, name)))
    if (Date.now() - statSync(path).mtimeMs > keptMs) rmSync(path, { recursive: true, force: true })
}

const newest = (directory: string): number =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

export const configDirectory = join(root, 'config')

// Builds dist/ from src/. With --if-stale it does so only when a source is newer than the last build.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const stamp = join(dist, '.built')
const model = join(dist, 'bot-model.bin')

const newest = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

const changed = (name) => statSync(join(root, name)).mtimeMs

function isFresh() {
  if (!existsSync(stamp)) return false
  const sources = [newest(join(root, 'src')), ...['package-lock.json', 'scripts/bundle.mjs'].map(changed)]
  return statSync(stamp).mtimeMs >= Math.max(...sources)
}

/** Builds beside the finished tree and then changes places, so that whatever runs from it never sees half of one. */
async function build() {
  const fresh = join(root, `dist.${process.pid}`)
  const { bundle } = await import('./bundle.mjs')
  await bundle(root, fresh).catch((error) => {
    rmSync(fresh, { recursive: true, force: true })
    console.error(`gatehouse: the build failed: ${error.message}`)
    process.exit(1)
  })
  if (existsSync(model)) cpSync(model, join(fresh, 'bot-model.bin'))
  learn(fresh)
  writeFileSync(join(fresh, '.built'), new Date().toISOString())
  const old = `${fresh}.old`
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** The bot learns from config/ now, so that no start has to wait for it; what is there already for this content stays. */
function learn(directory) {
  spawnSync(process.execPath, [join(directory, 'learn.js'), join(root, 'config')], { stdio: 'inherit' })
}

/**
 * `npx gatehouse` finds what lies in node_modules/.bin. A `bin` entry in package.json would make npm install and build
 * this very folder into its cache at every call.
 */
function linkCommand() {
  const directory = join(root, 'node_modules', '.bin')
  const link = join(directory, 'gatehouse')
  if (!existsSync(directory) || existsSync(link)) return
  if (process.platform === 'win32') writeFileSync(`${link}.cmd`, '@node "%~dp0..\\..\\bin\\gatehouse.js" %*\r\n')
  else symlinkSync(join('..', '..', 'bin', 'gatehouse.js'), link)
}

function isLearned() {
  return existsSync(model) && statSync(model).mtimeMs >= newest(join(root, 'config', 'answers'))
}

linkCommand()
if (process.argv.includes('--if-stale') && isFresh()) {
  if (!isLearned()) learn(dist)
  process.exit(0)
}
if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  if (existsSync(stamp)) process.exit(0) // installed without development packages, over a finished build
  console.error(
    'gatehouse: dist/ is missing and esbuild is not installed. Run "npm ci" with development packages once.',
  )
  process.exit(process.argv.includes('--if-stale') ? 1 : 0)
}
await build()

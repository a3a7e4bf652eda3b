// Compiles src/ into dist/. With --if-stale it does so only when a source is newer than the last build.
import { existsSync, readdirSync, statSync, writeFileSync, cpSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'dist', '.built')
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

const newest = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

function isFresh() {
  return existsSync(stamp) && statSync(stamp).mtimeMs >= newest(join(root, 'src'))
}

function build() {
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const result = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
  if (result.status !== 0) process.exit(result.status ?? 1)
  copyAssets()
  learn()
  writeFileSync(stamp, new Date().toISOString())
}

/** The bot learns from config/ now, so that no start has to wait for it; what is there already for this content stays. */
function learn() {
  spawnSync(process.execPath, [join(root, 'dist', 'learn.js'), join(root, 'config')], { stdio: 'inherit' })
}

function isLearned() {
  const model = join(root, 'dist', 'bot-model.bin')
  return existsSync(model) && statSync(model).mtimeMs >= newest(join(root, 'config'))
}

/** Pages, styles and pictures travel beside the compiled code that serves them. */
function copyAssets() {
  const isAsset = (source) => statSync(source).isDirectory() || !source.endsWith('.ts')
  cpSync(join(root, 'src'), join(root, 'dist'), { recursive: true, filter: isAsset })
}

if (process.argv.includes('--if-stale') && isFresh()) {
  if (!isLearned()) learn()
  process.exit(0)
}
if (!existsSync(compiler)) {
  if (existsSync(stamp)) process.exit(0) // installed without development packages, over a finished build
  console.error('gatehouse: dist/ is missing and TypeScript is not installed. Run "npm ci" with development packages once.')
  process.exit(process.argv.includes('--if-stale') ? 1 : 0)
}
build()

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

export const chromiumPath = '/usr/bin/chromium'
const root = join(import.meta.dirname, '..', '..')

const quietly = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

export type Played = {
  readonly page: Page
  readonly url: string
  /** What the browser asked for elsewhere, and what went wrong on the page: both must stay empty. */
  readonly strays: readonly string[]
  readonly faults: readonly string[]
  end(): Promise<void>
}

/** Starts the built product as a demonstration in an empty directory, and opens its simulator in a browser of its own. */
export async function play(): Promise<Played> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-browser-'))
  const { server, url } = await startBuilt(join(directory, 'data'))
  const context = await chromium.launchPersistentContext(join(directory, 'profile'), {
    executablePath: chromiumPath,
    args: quietly,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const watched = watch(context, url)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${url}/simulator`)
  return {
    ...{ page, url, ...watched },
    end: async () => {
      await context.close()
      server.kill('SIGTERM')
      if (server.exitCode === null) await new Promise((resolve) => server.once('exit', resolve))
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function watch(context: BrowserContext, url: string) {
  const strays: string[] = []
  const faults: string[] = []
  context.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) strays.push(request.url())
  })
  context.on('weberror', (error) => faults.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { strays, faults }
}

async function startBuilt(dataDirectory: string): Promise<{ server: ChildProcess; url: string }> {
  const built = spawnSync(process.execPath, ['scripts/prepare.mjs', '--if-stale'], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the product could not be built: ${built.stdout}${built.stderr}`)
  const port = await freePort()
  const { PATH = '', HOME = '' } = process.env
  const server = spawn(process.execPath, ['bin/gatehouse.js', 'serve'], {
    cwd: root,
    env: { PATH, HOME, PORT: String(port), DATA_DIR: dataDirectory, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => said.push(String(chunk)))
  const url = `http://127.0.0.1:${port}`
  for (const deadline = Date.now() + 90_000; Date.now() < deadline && server.exitCode === null; ) {
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return { server, url }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  server.kill('SIGKILL')
  throw new Error(`the product did not start: ${said.join('')}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

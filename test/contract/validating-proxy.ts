import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'

export type ContractProxy = { readonly url: string; stop(): void }

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/**
 * Prism stands between a real client and a local provider and refuses what breaks the provider's own contract, on either
 * side: 422 for a request, 500 with the header `sl-violations` for an answer.
 */
export async function startProxy(contract: string, upstream: string): Promise<ContractProxy> {
  const port = await freePort()
  const root = dirname(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json'))
  const args = [join(root, 'dist/index.js'), 'proxy', '--errors', '-p', String(port), contract, upstream]
  const prism: ChildProcess = spawn(process.execPath, args, { stdio: 'ignore', env: { PATH: process.env.PATH ?? '' } })
  const url = `http://127.0.0.1:${port}`
  for (const end = Date.now() + 90_000; Date.now() < end; ) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    )
    if (answers) return { url, stop: () => void prism.kill() }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  prism.kill()
  throw new Error('Prism did not start')
}

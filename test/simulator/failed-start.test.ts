import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { faultLines, loadConfig } from '../../src/config.ts'
import { openDatabase, serve } from '../../src/main.ts'

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

it('a start that fails once the port is open leaves nothing behind that looks healthy', {
  timeout: 90_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-failed-start-'))
  const port = await freePort()
  const variables = { DATA_DIR: directory, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
  const { config, faults } = loadConfig({
    ...variables,
    GATEHOUSE_CONFIG: 'config',
    GATEHOUSE_API_TOKEN: 'an-invented-api-token',
  })
  if (config === undefined) throw new Error(faultLines(faults).join('\n'))
  const database = await openDatabase(config, () => {})
  database.models.cases.collection.estimatedDocumentCount = () => Promise.reject(new Error('the database is gone'))
  await expect(serve(config, { role: 'all', database: Promise.resolve(database) })).rejects.toThrow(
    'the database is gone',
  )
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed')
  rmSync(directory, { recursive: true, force: true })
})

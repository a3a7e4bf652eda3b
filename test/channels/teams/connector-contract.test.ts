import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryInMemory } from '../../../src/channels/teams/references.ts'
import { createTeamsChannel } from '../../../src/channels/teams/teams.ts'
import type { Channel } from '../../../src/core/channel.ts'
import { type LocalTeams, startLocalTeams } from '../../../src/simulator/teams/local-teams.ts'
import { card, message, officer, secrets, settingsFor, site } from './desk.ts'

/** Microsoft's description of the connector (microsoft/botbuilder-dotnet, MIT), kept beside the checkout. */
const contract =
  process.env.CONNECTOR_CONTRACT ?? join('..', 'shared', 'contracts', 'botframework-connector.swagger.json')
const isHere = existsSync(contract)
if (!isHere) console.log(`skipped: no ${contract}, so calls of the connector are not held against its contract`)

let teams: LocalTeams
let prism: ChildProcess
let channel: Channel
let directory: string

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** Prism stands between the real client and the local Teams and refuses what breaks the contract, on either side. */
async function startPrism(upstream: string): Promise<string> {
  const port = await freePort()
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-connector-'))
  const spec = join(directory, 'connector.json')
  writeFileSync(spec, readFileSync(contract))
  const root = dirname(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json'))
  const args = [join(root, 'dist/index.js'), 'proxy', '--errors', '-p', String(port), spec, upstream]
  prism = spawn(process.execPath, args, { stdio: 'ignore', env: { PATH: process.env.PATH ?? '' } })
  const url = `http://127.0.0.1:${port}`
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const answers = await fetch(`${url}/v3/conversations`).then(
      () => true,
      () => false,
    )
    if (answers) return url
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('Prism did not start')
}

describe.skipIf(!isHere)('calls of the connector, through a proxy that knows its contract', () => {
  beforeAll(async () => {
    teams = await startLocalTeams({ ...secrets, people: [officer], channels: [site] })
    const proxy = await startPrism(teams.loginUrl)
    const settings = settingsFor(teams, { serviceUrl: `${proxy}/` })
    channel = createTeamsChannel(settings, { memory: memoryInMemory(), timeoutMs: 10_000 })
  }, 90_000)
  afterAll(async () => {
    prism?.kill()
    await teams?.close()
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
  })

  const place = { channel: 'teams', id: site.id }

  it('a card is posted, changed in place, and answered in its thread', async () => {
    const shown = await channel.show?.(place, card(), undefined)
    if (shown?.outcome !== 'sent') throw new Error(JSON.stringify(shown))
    expect(await channel.show?.(place, card({ colour: 'green' }), shown.providerId)).toMatchObject({ outcome: 'sent' })
    expect(await channel.send(message({ threadOf: shown.providerId }))).toMatchObject({ outcome: 'sent' })
    expect(teams.control.messages(site.id)).toHaveLength(2)
  })

  it('a chat is opened with a person and written into, with and without a card', async () => {
    const to = { channel: 'teams', id: officer.id }
    expect(await channel.send(message({ to }))).toMatchObject({ outcome: 'sent' })
    expect(await channel.send(message({ to, card: card() }))).toMatchObject({ outcome: 'sent' })
    expect(teams.control.messages(teams.control.chatOf(officer.id))).toHaveLength(2)
  })

  it('what breaks the contract would be refused by the proxy', async () => {
    const answer = await fetch(`${teams.loginUrl.replace(/\d+$/, String(prismPort()))}/v3/conversations/x/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 7, attachments: 'none' }),
    })
    expect(answer.status).toBe(422)
  })

  const prismPort = () => prism.spawnargs[prism.spawnargs.indexOf('-p') + 1]
})

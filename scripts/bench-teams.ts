import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoCredentials } from '../src/simulator/demo.ts'
import { configDirectory } from '../test/process/built.ts'
import { apiToken, endAll, eventually, startGatehouse } from '../test/process/gatehouse.ts'
import { startProviders } from '../test/process/providers.ts'
import { ourNumber, postText } from '../test/process/texts.ts'

/**
 * Twenty people press on 200 cases; then messages through our Teams route, each checked, stored and then answered,
 * beside bare CloudAdapter with an empty handler, in alternating turns. Part of `npm run bench:desk`, and by itself
 * `npx tsx scripts/bench-teams.ts [SECONDS ROUNDS]`
 */
const [seconds = 3, rounds = 3] = process.argv.slice(2).map(Number)
const clients = 16
const [peopleCount, caseCount] = [20, 200]
const { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId } = demoCredentials
const connections = new Agent({ keepAlive: true, maxSockets: 64 })
let sent = 0

type Target = { readonly port: number; readonly serviceUrl: string; readonly authorization: string }

const personId = (index: number): string => `0c0c0c0c-0000-4000-8000-0000000be${String(index).padStart(3, '0')}`

/** An activity as Teams writes it, in a conversation that is no case's. */
function activity(serviceUrl: string, more: object = {}): string {
  sent += 1
  const conversation = { id: '19:bench@thread.tacv2;messageid=1', conversationType: 'channel', tenantId }
  return JSON.stringify({
    ...{
      type: 'message',
      id: `${1_763_700_000_000 + sent}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
    },
    ...{ serviceUrl, conversation, channelData: { tenant: { id: tenantId } }, text: 'Lunch?', textFormat: 'plain' },
    from: { id: '29:bench', name: 'Somebody', aadObjectId: '0c0c0c0c-0000-4000-8000-0000000be0c4' },
    recipient: { id: `28:${appId}`, name: 'Gatehouse' },
    ...more,
  })
}

/** One signed activity; resolves with what it was answered, once it was answered with success. */
function deliver({ port, serviceUrl, authorization }: Target, more?: object): Promise<string> {
  const body = activity(serviceUrl, more)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization }
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, path: '/api/messages', method: 'POST', headers, agent: connections }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(Buffer.concat(chunks).toString())
          : reject(new Error(`HTTP ${answer.statusCode}`)),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** The sample operator with twenty more officers at the tower. */
function configured(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-config-'))
  cpSync(configDirectory, directory, { recursive: true })
  const more = Array.from({ length: peopleCount }, (_, index) =>
    [
      `  bench-${index}:`,
      `    name: Officer ${index}`,
      '    preferredLanguage: en',
      '    languages: [en, zh-HK]',
      '    posts:',
      '      - { site: "harbour-view-tower", role: officer }',
      '    reportsTo: lam-mei-ling',
      '    methods:',
      `      - { channel: teams, id: "${personId(index)}", verified: true }`,
    ].join('\n'),
  )
  const file = join(directory, 'staff.yaml')
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${more.join('\n')}\n`)
  return directory
}

function press(caseId: string, person: number): object {
  const data = { gatehouse: { command: 'acknowledge', caseId } }
  return {
    ...{ type: 'invoke', name: 'adaptiveCard/action', text: undefined },
    from: { id: `29:${person}`, name: `Officer ${person}`, aadObjectId: personId(person) },
    value: { action: { type: 'Action.Execute', verb: 'acknowledge', data }, trigger: 'manual' },
  }
}

type Listed = { readonly cases: readonly { readonly ref: string }[] }

/** Every case once, by whoever is free; the milliseconds until each press was answered, and how many with its words. */
async function pressing(target: Target, url: string): Promise<void> {
  const body = 'Nobody came when I rang the guard post twice.'
  const numbers = Array.from({ length: caseCount }, (_, index) => `+1202555${String(1_000 + index)}`)
  for (const from of numbers) await postText(url, { from, to: ourNumber, body })
  const withStatus = (status: string) =>
    eventually(
      async () => {
        const headers = { authorization: `Bearer ${apiToken}` }
        const answer = await fetch(`${url}/api/v1/cases?limit=200&status=${status}`, { headers })
        const { cases } = (await answer.json()) as Listed
        return cases.length >= caseCount ? cases : undefined
      },
      { withinMs: 120_000, what: `${caseCount} cases ${status}` },
    )
  const waiting = (await withStatus('paging')).map(({ ref }) => ref)
  const took: number[] = []
  let withWords = 0
  const people = Array.from({ length: peopleCount }, async (_, person) => {
    for (let caseId = waiting.shift(); caseId !== undefined; caseId = waiting.shift()) {
      const began = performance.now()
      const answer = await deliver(target, press(caseId, person))
      took.push(performance.now() - began)
      if (answer.includes('is yours')) withWords += 1
    }
  })
  await Promise.all(people)
  took.sort((a, b) => a - b)
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(0)
  console.log(`press to acknowledged press, ${peopleCount} people on ${caseCount} cases:`)
  console.log(
    `  p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (aim 1,000); ${withWords} of ${caseCount} answered with its words`,
  )
}

async function rate(target: Target): Promise<number> {
  let answered = 0
  const endsAt = performance.now() + seconds * 1_000
  const client = async () => {
    while (performance.now() < endsAt) {
      await deliver(target)
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return answered / seconds
}

async function bareAdapter(openIdUrl: string, loginUrl: string) {
  const file = join(import.meta.dirname, 'bench-teams-floor.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', file, appId, tenantId, openIdUrl, loginUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(String(line).trim()), child }
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-teams-'))
  const providers = await startProviders()
  const { openIdUrl, loginUrl, serviceUrl, control } = providers.teams
  const authorization = await control.authorization()
  const config = configured()
  const gatehouse = await startGatehouse({ dataDir, variables: { ...providers.variables, GATEHOUSE_CONFIG: config } })
  providers.deliverTo(gatehouse.url)
  const floor = await bareAdapter(openIdUrl, loginUrl)
  const bareTarget = { port: floor.port, serviceUrl, authorization }
  const ourTarget = { port: Number(new URL(gatehouse.url).port), serviceUrl, authorization }
  for (const target of [bareTarget, ourTarget]) await deliver(target)
  await pressing(ourTarget, gatehouse.url)
  const rates: { bare: number; ours: number }[] = []
  for (let round = 0; round < rounds; round++) rates.push({ bare: await rate(bareTarget), ours: await rate(ourTarget) })
  const [middle] = rates.sort((a, b) => a.ours / a.bare - b.ours / b.bare).slice(Math.floor(rates.length / 2))
  if (middle === undefined) throw new Error('no round was measured')
  const { bare, ours } = middle
  console.log(
    `events/s at ${clients} clients: bare CloudAdapter ${bare.toFixed(0)}, Gatehouse ${ours.toFixed(0)}, stored before answered`,
  )
  console.log(`  ratio ${(ours / bare).toFixed(2)} (aim 0.5)`)
  floor.child.kill()
  await gatehouse.stop()
  await providers.close()
  for (const directory of [dataDir, config]) rmSync(directory, { recursive: true, force: true })
}

await main().finally(endAll)
process.exit(0)

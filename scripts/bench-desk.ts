import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoCredentials } from '../src/simulator/demo.ts'
import { signatureHeaders } from '../src/simulator/slack/signing.ts'
import { configDirectory } from '../test/process/built.ts'
import { apiToken, endAll, eventually, startGatehouse } from '../test/process/gatehouse.ts'
import { startProviders } from '../test/process/providers.ts'
import { ourNumber, postText } from '../test/process/texts.ts'

/**
 * Twenty people press on 200 cases; then messages through our Slack route beside bare Bolt with an empty handler, in
 * alternating turns. `npm run bench:desk [-- SECONDS ROUNDS [events]]`
 */
const [seconds = 3, rounds = 3] = process.argv.slice(2, 4).map(Number)
const onlyEvents = process.argv[4] === 'events'
const [peopleCount, caseCount] = [20, 200]
const secret = demoCredentials.SLACK_SIGNING_SECRET
const connections = new Agent({ keepAlive: true, maxSockets: 64 })
let sent = 0

/** One signed request from Slack; resolves with the milliseconds until it was acknowledged. */
function deliver(port: number, body: string, type: string): Promise<number> {
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...signatureHeaders(secret, body, new Date()),
  }
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port, path: '/webhooks/slack', method: 'POST', headers, agent: connections },
      (answer) => {
        answer.resume()
        answer.on('end', () =>
          answer.statusCode === 200
            ? resolve(performance.now() - began)
            : reject(new Error(`HTTP ${answer.statusCode}`)),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const personId = (i: number): string => `U00000B${String(i).padStart(3, '0')}`

/** The sample operator with twenty more officers at the tower. */
function configured(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-config-'))
  cpSync(configDirectory, directory, { recursive: true })
  const more = Array.from({ length: peopleCount }, (_, i) =>
    [
      `  bench-${i}:`,
      `    name: Officer ${i}`,
      '    preferredLanguage: en',
      '    languages: [en, zh-HK]',
      '    posts:',
      '      - { site: "harbour-view-tower", role: officer }',
      '    reportsTo: lam-mei-ling',
      '    methods:',
      `      - { channel: slack, id: "${personId(i)}", verified: true }`,
    ].join('\n'),
  )
  const file = join(directory, 'staff.yaml')
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${more.join('\n')}\n`)
  return directory
}

function press(caseId: string, user: string): string {
  sent += 1
  const payload = {
    ...{ type: 'block_actions', team: { id: 'T1' }, user: { id: user }, api_app_id: 'A1', trigger_id: `t-${sent}` },
    container: { type: 'message', channel_id: 'C0HARBOUR1', message_ts: '1763700000.000100' },
    channel: { id: 'C0HARBOUR1' },
    actions: [{ type: 'button', action_id: 'acknowledge', value: caseId, action_ts: `${1_763_700_000 + sent}.0001` }],
  }
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

function said(): string {
  sent += 1
  const event = {
    type: 'message',
    channel: 'C0OTHER',
    channel_type: 'channel',
    user: 'U1',
    ts: `${1_763_700_000 + sent}.0002`,
    text: 'Lunch?',
  }
  return JSON.stringify({ type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: `Ev${sent}`, event })
}

const form = 'application/x-www-form-urlencoded'
const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)

async function presses(port: number, caseIds: readonly string[]): Promise<readonly number[]> {
  const took: number[] = []
  const waiting = [...caseIds]
  await Promise.all(
    Array.from({ length: peopleCount }, async (_, i) => {
      for (let caseId = waiting.shift(); caseId !== undefined; caseId = waiting.shift())
        took.push(await deliver(port, press(caseId, personId(i)), form))
    }),
  )
  return took.sort((a, b) => a - b)
}

async function rate(port: number): Promise<number> {
  let answered = 0
  const endsAt = performance.now() + seconds * 1_000
  const client = async () => {
    while (performance.now() < endsAt) {
      await deliver(port, said(), 'application/json')
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: 16 }, client))
  return answered / seconds
}

async function bareBolt() {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'bench-slack-floor.ts'), secret],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(String(line).trim()), child }
}

type Listed = { readonly cases: readonly { readonly ref: string; readonly status: string }[] }

type Target = { readonly url: string; readonly port: number }

async function listed({ url }: Target, query: string): Promise<Listed['cases']> {
  const headers = { authorization: `Bearer ${apiToken}` }
  const answer = await fetch(`${url}/api/v1/cases?limit=200&${query}`, { headers })
  return ((await answer.json()) as Listed).cases
}

async function pressing(target: Target): Promise<void> {
  const body = 'Nobody came when I rang the guard post twice.'
  const numbers = Array.from({ length: caseCount }, (_, i) => `+1202555${String(1_000 + i)}`)
  for (const from of numbers) await postText(target.url, { from, to: ourNumber, body })
  const withStatus = (status: string) =>
    eventually(
      async () => {
        const cases = await listed(target, `status=${status}`)
        return cases.length >= caseCount ? cases : undefined
      },
      { withinMs: 120_000, what: `${caseCount} cases ${status}` },
    )
  const refs = (await withStatus('paging')).map(({ ref }) => ref)
  const began = performance.now()
  const took = await presses(target.port, refs)
  await withStatus('owned')
  const all = ((performance.now() - began) / 1_000).toFixed(1)
  const worst = took.at(-1)?.toFixed(1)
  console.log(`press to acknowledged press, ${peopleCount} people on ${caseCount} cases:`)
  console.log(
    `  p50 ${at(took, 0.5)} ms, p99 ${at(took, 0.99)} ms (aim 1,000), worst ${worst} ms; all owned after ${all} s`,
  )
}

async function besideBolt({ port }: Target): Promise<void> {
  const floor = await bareBolt()
  const rates: { bare: number; ours: number }[] = []
  for (let round = 0; round < rounds; round++) rates.push({ bare: await rate(floor.port), ours: await rate(port) })
  floor.child.kill()
  const [middle] = rates.sort((a, b) => a.ours / a.bare - b.ours / b.bare).slice(Math.floor(rates.length / 2))
  if (middle === undefined) return
  const { bare, ours } = middle
  console.log(
    `events/s at 16 clients: bare Bolt ${bare.toFixed(0)}, Gatehouse ${ours.toFixed(0)}, stored before answered`,
  )
  console.log(`  ratio ${(ours / bare).toFixed(2)} (aim 0.5)`)
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-desk-'))
  const config = configured()
  const providers = await startProviders()
  const gatehouse = await startGatehouse({ dataDir, variables: { ...providers.variables, GATEHOUSE_CONFIG: config } })
  const target = { url: gatehouse.url, port: Number(new URL(gatehouse.url).port) }
  providers.deliverTo(gatehouse.url)
  if (!onlyEvents) await pressing(target)
  await besideBolt(target)
  await gatehouse.stop()
  await providers.close()
  for (const directory of [dataDir, config]) rmSync(directory, { recursive: true, force: true })
}

await main().finally(endAll)
process.exit(0)

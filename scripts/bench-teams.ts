import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoCredentials } from '../src/simulator/demo.ts'
import { endAll, startGatehouse } from '../test/process/gatehouse.ts'
import { startProviders } from '../test/process/providers.ts'

/**
 * Messages through our Teams route, each checked, stored and then answered, beside bare CloudAdapter with an empty
 * handler, in alternating turns. `npx tsx scripts/bench-teams.ts [SECONDS ROUNDS]`
 */
const [seconds = 3, rounds = 3] = process.argv.slice(2).map(Number)
const clients = 16
const { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId } = demoCredentials
const connections = new Agent({ keepAlive: true, maxSockets: 64 })
let sent = 0

type Target = { readonly port: number; readonly serviceUrl: string; readonly authorization: string }

function activity(serviceUrl: string): string {
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
  })
}

/** One signed activity; resolves once it was answered with success. */
function deliver({ port, serviceUrl, authorization }: Target): Promise<void> {
  const body = activity(serviceUrl)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization }
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, path: '/api/messages', method: 'POST', headers, agent: connections }, (answer) => {
      answer.resume()
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${answer.statusCode}`))))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
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
  const gatehouse = await startGatehouse({ dataDir, variables: providers.variables })
  const floor = await bareAdapter(openIdUrl, loginUrl)
  const bareTarget = { port: floor.port, serviceUrl, authorization }
  const ourTarget = { port: Number(new URL(gatehouse.url).port), serviceUrl, authorization }
  for (const target of [bareTarget, ourTarget]) await deliver(target)
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
  rmSync(dataDir, { recursive: true, force: true })
}

await main().finally(endAll)
process.exit(0)

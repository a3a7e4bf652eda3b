import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { connect } from '../src/core/store/connect.ts'
import { type Gatehouse, startGatehouse } from '../test/process/gatehouse.ts'
import { startProviders } from '../test/process/providers.ts'
import { customer, keptConnections, ourNumber, postText } from '../test/process/texts.ts'

/**
 * Three workers whose clocks differ by thirty seconds, killed at random, on ladders of seconds: every page that the logs
 * ask for leaves once. `npx tsx scripts/nightly-workers.ts [SECONDS] [CASES]`
 */
const [seconds = 60, cases = 20] = process.argv.slice(2).map(Number)
const skews = [-15_000, 0, 15_000]

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-workers-'))
const configured = join(directory, 'config')
cpSync('config', configured, { recursive: true })
const policy = join(configured, 'policy.yaml')
// Danger on a ladder of seconds that ends.
const text = readFileSync(policy, 'utf8')
const quick = text
  .replace('cycles: forever', 'cycles: 1')
  .replaceAll('acknowledgeWithin: "1m"', 'acknowledgeWithin: "4s"')
  .replaceAll(/chaseEvery: "(30s|1m)"/g, 'chaseEvery: "3s"')
writeFileSync(policy, quick)

const providers = await startProviders()
const dataDir = join(directory, 'data')
const clock = pathToFileURL(join(import.meta.dirname, 'skewed-clock.mjs')).href
const start = (role: 'web' | 'worker', skewMs: number): Promise<Gatehouse> => {
  const own = { NODE_OPTIONS: `--import ${clock}`, SKEW_MS: String(skewMs), GATEHOUSE_CONFIG: configured }
  return startGatehouse({ dataDir, role, variables: { ...providers.variables, ...own } })
}

const web = await start('web', 0)
providers.deliverTo(web.url)
const workers = await Promise.all(skews.map((skew) => start('worker', skew)))
const agent = keptConnections(4)
for (let i = 0; i < cases; i++)
  await postText(
    web.url,
    { from: customer(20 + i), to: ourNumber, body: `There is a fire in the lobby, help! (${i})` },
    agent,
  )
let kills = 0
const until = Date.now() + seconds * 1_000
while (Date.now() < until) {
  await sleep(1_000 + Math.random() * 3_000)
  const which = Math.floor(Math.random() * workers.length)
  await workers[which]?.kill()
  kills += 1
  workers[which] = await start('worker', skews[which] ?? 0)
}

const database = await connect({ dataDir })
const { cases: stored, outbox, case_events: events } = database.models
const waits = () => outbox.collection.countDocuments({ state: { $in: ['queued', 'sending'] }, 'purpose.type': 'page' })
const climbing = () => stored.collection.countDocuments({ status: 'paging' })
for (let i = 0; i < 240 && ((await climbing()) > 0 || (await waits()) > 0); i++) await sleep(500)

const rows = await outbox.collection.find({ 'purpose.type': 'page' }).toArray()
const steps = await events.collection.find({ 'event.type': 'paged' }).toArray()
const places = steps.map(({ caseId, event }) => {
  const { step, cycle } = event as { step: number; cycle: number }
  return `${caseId}:${cycle}:${step}`
})
const byTwilio = providers.twilio.messages().filter(({ direction }) => direction === 'outbound-api')
const ids = byTwilio.map(({ statusCallback }) => new URL(statusCallback ?? 'http://none').searchParams.get('m') ?? '')
const twice = (all: readonly string[]) => all.length - new Set(all).size
const states = [...new Set(rows.map(({ state }) => String(state)))]
const inState = (wanted: string) => rows.filter(({ state }) => state === wanted).length
console.log(
  [
    `${kills} kills of ${workers.length} workers, clocks ${skews.map((one) => one / 1_000).join(', ')} s, ${await stored.collection.countDocuments({})} cases:`,
    `${rows.length} pages (${states.map((state) => `${inState(state)} ${state}`).join(', ')}),`,
    `${places.length} steps reached, ${twice(places)} of them twice; Twilio was given ${ids.length} messages, ${twice(ids)} twice;`,
    `still climbing ${await climbing()}, still waiting ${await waits()}`,
  ].join(' '),
)
await Promise.all([...workers, web].map((one) => one.kill()))
await database.close()
await providers.close()
agent.destroy()
rmSync(directory, { recursive: true, force: true })
process.exit(twice(places) + twice(ids) === 0 ? 0 : 1)

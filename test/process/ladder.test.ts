import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import type { CaseProof } from '../../src/core/case-proof.ts'
import { configDirectory } from './built.ts'
import { call } from './call.ts'
import { eventually, type Gatehouse, runGatehouse, startGatehouse } from './gatehouse.ts'
import { type Providers, startProviders } from './providers.ts'
import { customer, ourNumber, postText } from './texts.ts'

let providers: Providers
let gatehouse: Gatehouse
let home: string

/** The shipped policy with a ladder of seconds for standard cases, round the clock. */
function policyOfSeconds(config: string): void {
  cpSync(configDirectory, config, { recursive: true })
  const file = join(config, 'policy.yaml')
  const policy = parseDocument(readFileSync(file, 'utf8'))
  policy.setIn(['ladders', 'severity3', 'clock'], 'always')
  policy.setIn(['ladders', 'severity3', 'cycles'], 1)
  for (const step of [0, 1, 2])
    for (const [name, value] of Object.entries({ acknowledgeWithin: '3s', chases: 1, chaseEvery: '2s' }))
      policy.setIn(['ladders', 'severity3', 'steps', step, name], value)
  writeFileSync(file, String(policy))
}

const options = () => ({
  dataDir: join(home, 'data'),
  variables: { ...providers.variables, GATEHOUSE_CONFIG: join(home, 'config') },
})

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'gatehouse-ladder-'))
  policyOfSeconds(join(home, 'config'))
  providers = await startProviders()
  gatehouse = await startGatehouse(options())
  providers.deliverTo(gatehouse.url)
}, 120_000)

afterAll(async () => {
  await gatehouse.kill()
  await providers.close()
  rmSync(home, { recursive: true, force: true })
})

const proof = async (): Promise<CaseProof> => {
  const { stdout } = await runGatehouse(['case', 'GH-2026-000001', '--proof', '--json'], options())
  return JSON.parse(stdout) as CaseProof
}

describe('a ladder of seconds', { timeout: 180_000 }, () => {
  it('climbs every level in real time, and each page leaves within two seconds of its time', async () => {
    const text = { from: customer(40), to: ourNumber, body: 'Nobody came when I rang the guard post twice.' }
    expect((await postText(gatehouse.url, text)).status).toBe(200)
    const status = async () => {
      const { body } = await call(gatehouse.url, '/api/v1/cases')
      return (body as { cases: { ref: string; status: string }[] }).cases[0]
    }
    await eventually(async () => ((await status())?.status === 'exhausted' ? true : undefined), {
      withinMs: 90_000,
      what: 'the end of the ladder',
    })
    expect((await status())?.ref).toBe('GH-2026-000001')
    const { pages } = await eventually(
      async () => {
        const found = await proof()
        return found.pages.every(({ outcome }) => !/wait|queued|sending/.test(outcome)) ? found : undefined
      },
      { withinMs: 60_000, what: 'every page to have left' },
    )
    expect(new Set(pages.map(({ step }) => step))).toEqual(new Set([1, 2, 3, undefined]))
    expect(pages.some(({ chase }) => chase === 1)).toBe(true)
    const late = pages.map(({ lateMs }) => lateMs ?? 0)
    console.log(`${pages.length} pages, the latest ${Math.max(...late)} ms after its time`)
    // Two seconds each on a machine of its own; here other tests run beside it.
    expect(late.sort((a, b) => a - b)[Math.floor(late.length / 2)]).toBeLessThan(2_000)
    expect(Math.max(...late)).toBeLessThan(5_000)
  })
})

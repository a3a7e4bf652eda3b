import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseProof } from '../../src/core/case-proof.ts'
import { eventually, type Gatehouse, runGatehouse, startGatehouse } from './gatehouse.ts'
import { type Providers, startProviders } from './providers.ts'
import { customer, keptConnections, ourNumber, postText } from './texts.ts'

let providers: Providers
let gatehouse: Gatehouse
let dataDir: string

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-flood-'))
  providers = await startProviders()
  gatehouse = await startGatehouse({ dataDir, variables: providers.variables })
  providers.deliverTo(gatehouse.url)
}, 120_000)

afterAll(async () => {
  await gatehouse.kill()
  await providers.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Sixteen clients that text as fast as they are answered, each as customers of its own. */
function flood(url: string) {
  const agent = keptConnections(16)
  let [going, stored] = [true, 0]
  const client = async (which: number) => {
    for (let i = 0; going; i++) {
      const text = {
        from: customer(which * 5 + (i % 5)),
        to: ourNumber,
        body: `The lobby light flickers. ${which}.${i}`,
      }
      const answer = await postText(url, text, agent).catch(() => undefined)
      if (answer?.status === 200) stored++
    }
  }
  const clients = Promise.all(Array.from({ length: 16 }, (_, which) => client(which)))
  const end = async () => {
    going = false
    await clients
    agent.destroy()
  }
  return { stored: () => stored, end }
}

const wordsTo = (phone: string) =>
  providers.twilio.messagesOf(phone).filter(({ direction }) => direction === 'outbound-api')

describe('in the middle of a flood', { timeout: 180_000 }, () => {
  it('an emergency is answered, and people are paged for it, while what came before it still waits', async () => {
    const others = flood(gatehouse.url)
    await eventually(() => (others.stored() > 1_000 ? true : undefined), { withinMs: 60_000, what: 'a thousand texts' })
    const tenant = customer(95)
    const [asked, before] = [performance.now(), others.stored()]
    expect((await postText(gatehouse.url, { from: tenant, to: ourNumber, body: 'Fire in the car park!' })).status).toBe(
      200,
    )
    await eventually(() => wordsTo(tenant).find(({ body }) => body.includes('999')), {
      withinMs: 30_000,
      what: 'the words of safety',
    })
    const [answeredMs, answeredBefore] = [performance.now() - asked, wordsToOthers()]
    const ref = await eventually(() => refIn(wordsTo(tenant)), { withinMs: 30_000, what: 'a case number' })
    const pages = await eventually(() => pagesOf(ref), { withinMs: 60_000, what: 'pages' })
    await others.end()
    console.log(
      `${before} texts before it, ${answeredBefore} of them answered; words of safety after ${answeredMs.toFixed(0)} ms, ` +
        `pages ${pages.map(({ lateMs }) => lateMs).join(', ')} ms late`,
    )
    expect(answeredBefore).toBeLessThan(before / 2)
    expect(answeredMs).toBeLessThan(10_000)
    expect(Math.min(...pages.map(({ lateMs }) => lateMs ?? Number.POSITIVE_INFINITY))).toBeLessThan(10_000)
  })
})

const wordsToOthers = (): number =>
  Array.from({ length: 80 }, (_, i) => wordsTo(customer(i)).length).reduce((sum, count) => sum + count, 0)

const refIn = (messages: readonly { readonly body: string }[]): string | undefined =>
  messages.map(({ body }) => /GH-\d{4}-\d{6}/.exec(body)?.[0]).find((ref) => ref !== undefined)

async function pagesOf(ref: string): Promise<CaseProof['pages'] | undefined> {
  const { stdout } = await runGatehouse(['case', ref, '--proof', '--json'], { dataDir, variables: providers.variables })
  const { pages } = JSON.parse(stdout) as CaseProof
  return pages.some(({ lateMs }) => lateMs !== undefined) ? pages : undefined
}

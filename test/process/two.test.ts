import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from './audit.ts'
import { endAll, eventually, type Gatehouse, startGatehouse } from './gatehouse.ts'
import { type Providers, startProviders } from './providers.ts'
import { customer, keptConnections, ourNumber, postText } from './texts.ts'

let providers: Providers
const directories: string[] = []

beforeEach(async () => {
  providers = await startProviders()
})
afterEach(async () => {
  endAll()
  await providers.close()
})
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-two-'))
  directories.push(directory)
  return directory
}
const start = (dataDir: string, role: 'all' | 'web' | 'worker') =>
  startGatehouse({ dataDir, role, variables: providers.variables })

/** Texts until told to stop; resolves with the ids of those that were answered with 200. */
function texting(urls: () => readonly string[], firstCustomer: number) {
  const acknowledged = new Set<string>()
  const agent = keptConnections(8)
  let going = true
  const client = async (which: number) => {
    for (let i = 0; going; i++) {
      const url = urls()[(which + i) % urls().length] ?? ''
      const body = i % 5 === 0 ? `Help, there is a fire! ${which}.${i}` : `The lights are broken. ${which}.${i}`
      const text = { from: customer(firstCustomer + ((which * 5 + i) % 20)), to: ourNumber, body }
      const answer = await postText(url, text, agent).catch(() => undefined)
      if (answer?.status === 200) acknowledged.add(answer.sid)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  const clients = Promise.all([0, 1, 2, 3].map(client))
  return {
    acknowledged,
    end: async () => {
      going = false
      await clients
      agent.destroy()
    },
  }
}

describe('two processes on one database', { timeout: 300_000 }, () => {
  it('one that takes webhooks and one that works share everything, and each thing happens once', async () => {
    const dataDir = newDirectory()
    const web = await start(dataDir, 'web')
    const worker = await start(dataDir, 'worker')
    providers.deliverTo(web.url)
    const load = texting(() => [web.url], 30)
    await eventually(() => (load.acknowledged.size > 40 ? true : undefined), { withinMs: 60_000, what: 'forty texts' })
    await load.end()
    const stop = () => worker.stop().then(() => web.stop())
    expect(await audit({ dataDir, providers, acknowledged: load.acknowledged, stop })).toEqual([])
  })

  it('when the one that serves the store is killed, the other serves it and goes on; nothing is lost or said twice', async () => {
    const dataDir = newDirectory()
    const first = await start(dataDir, 'all')
    let second = await start(dataDir, 'all')
    providers.deliverTo(second.url)
    let urls = [first.url, second.url]
    const load = texting(() => urls, 52)
    await eventually(() => (load.acknowledged.size > 20 ? true : undefined), { withinMs: 60_000, what: 'twenty texts' })
    urls = [second.url]
    await first.kill()
    const before = load.acknowledged.size
    await eventually(() => (load.acknowledged.size > before + 20 ? true : undefined), {
      withinMs: 60_000,
      what: 'the survivor to take texts',
    })
    const third: Gatehouse = await start(dataDir, 'all')
    urls = [third.url]
    providers.deliverTo(third.url)
    expect(await second.stop(), 'the one that took over stops in order').toBe(0)
    second = third
    const later = load.acknowledged.size
    await eventually(() => (load.acknowledged.size > later + 20 ? true : undefined), {
      withinMs: 60_000,
      what: 'the third to take texts',
    })
    await load.end()
    expect(await audit({ dataDir, providers, acknowledged: load.acknowledged, stop: third.stop })).toEqual([])
  })
})

describe('without its database', { timeout: 200_000 }, () => {
  it('answers 503 and when to come again, stays up, and goes on by itself once the database is back', async () => {
    const dataDir = newDirectory()
    const keeper = await start(dataDir, 'worker')
    const web = await start(dataDir, 'web')
    providers.deliverTo(web.url)
    const text = { from: customer(75), to: ourNumber, body: 'The lobby door is broken.' }
    expect((await postText(web.url, text)).status).toBe(200)
    // Stopped, not killed: the socket still takes connections, and nobody answers.
    keeper.process.kill('SIGSTOP')
    const refused = await postText(web.url, { ...text, body: 'Nobody heard this yet.', sid: 'SMcafe' })
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
    expect((await fetch(`${web.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${web.url}/healthz`)).status).toBe(200)
    keeper.process.kill('SIGCONT')
    const heard = await eventually(
      async () => {
        const again = await postText(web.url, { ...text, body: 'Nobody heard this yet.', sid: 'SMcafe' })
        return again.status === 200 ? again : undefined
      },
      { withinMs: 30_000, what: 'the database to be back' },
    )
    const stop = () => web.stop().then(() => keeper.stop())
    expect(await audit({ dataDir, providers, acknowledged: new Set([heard.sid]), stop })).toEqual([])
  })
})

describe('told to stop under load', { timeout: 200_000 }, () => {
  it('finishes what is under way within ten seconds, leaves nothing leased, and the next start goes on at once', async () => {
    const dataDir = newDirectory()
    const first = await start(dataDir, 'all')
    providers.deliverTo(first.url)
    const load = texting(() => [first.url], 30)
    await eventually(() => (load.acknowledged.size > 30 ? true : undefined), { withinMs: 60_000, what: 'thirty texts' })
    const asked = performance.now()
    expect(await first.stop()).toBe(0)
    expect(performance.now() - asked).toBeLessThan(10_000)
    await load.end()
    const second = await start(dataDir, 'all')
    providers.deliverTo(second.url)
    expect(await audit({ dataDir, providers, acknowledged: load.acknowledged, stop: second.stop })).toEqual([])
  })
})

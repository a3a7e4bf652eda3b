import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseSummary } from '../../src/core/case-list.ts'
import { call, post, say } from './call.ts'
import { eventually, type Gatehouse, runGatehouse, startGatehouse } from './gatehouse.ts'
import { type Providers, startProviders } from './providers.ts'
import { customer, ourNumber, postText, signedText } from './texts.ts'

let providers: Providers
let gatehouse: Gatehouse
let dataDir: string

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-edge-'))
  providers = await startProviders()
  gatehouse = await startGatehouse({ dataDir, variables: providers.variables })
  providers.deliverTo(gatehouse.url)
}, 120_000)

afterAll(async () => {
  await gatehouse.kill()
  await providers.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const problemOf = (status: number) => ({ status, type: 'application/problem+json' })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
type Page = { readonly cases: readonly CaseSummary[]; readonly next?: string }
const cases = async (query = ''): Promise<Page> => (await call(gatehouse.url, `/api/v1/cases${query}`)).body as Page
const received = async (): Promise<number> => {
  const { body } = await call(gatehouse.url, '/api/v1/ledger')
  return Object.values(body as Record<string, { received: number }>).reduce((sum, row) => sum + row.received, 0)
}

describe('a webhook', () => {
  const send = (init: RequestInit) => call(gatehouse.url, '/webhooks/twilio', { method: 'POST', token: '', ...init })

  it('that is unsigned, wrongly signed, or not ours is refused and not stored', async () => {
    const { form: body } = signedText({ from: customer(21), to: ourNumber, body: 'hello' })
    expect((await send({ headers: form, body })).status).toBe(400)
    expect((await send({ headers: { ...form, 'x-twilio-signature': 'bm8=' }, body })).status).toBe(403)
    expect(await received()).toBe(0)
  })

  it('that is signed becomes a case, once, however often it is delivered', async () => {
    const text = {
      from: customer(22),
      to: ourNumber,
      body: 'The lift is out of order again!',
      sid: 'SM0123456789abcdef',
    }
    const answers = await Promise.all(Array.from({ length: 5 }, () => postText(gatehouse.url, text)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await postText(gatehouse.url, text)).status).toBe(200)
    await eventually(async () => ((await cases()).cases.length > 0 ? true : undefined), {
      withinMs: 60_000,
      what: 'a case',
    })
    expect((await cases()).cases).toHaveLength(1)
    expect(await received()).toBe(1)
  })

  it('that is larger than a megabyte is refused', async () => {
    const { form: body, signature } = signedText({ from: customer(23), to: ourNumber, body: 'x'.repeat(1_100_000) })
    expect((await send({ headers: { ...form, 'x-twilio-signature': signature }, body })).status).toBe(413)
  })

  it('with ten thousand characters, emoji, right-to-left and control characters is stored as it came', async () => {
    const body = `${'很長'.repeat(4_990)}🔥 شكوى \u0007 &<>"`
    expect((await postText(gatehouse.url, { from: customer(24), to: ourNumber, body })).status).toBe(200)
  })
})

describe('an address', () => {
  it('that does not exist, or does not take the method, is answered with a problem', async () => {
    expect(await call(gatehouse.url, '/nowhere')).toMatchObject(problemOf(404))
    expect(await call(gatehouse.url, '/api/v1/cases', { method: 'DELETE' })).toMatchObject(problemOf(405))
    const { headers, status } = await call(gatehouse.url, '/webhooks/twilio')
    expect([status, headers.get('allow')]).toEqual([405, 'POST'])
    expect(await call(gatehouse.url, '/api/v1/cases/%zz')).toMatchObject(problemOf(400))
  })

  it('answers HEAD like GET, without a body', async () => {
    expect(await call(gatehouse.url, '/healthz', { method: 'HEAD' })).toMatchObject({ status: 200 })
    expect((await call(gatehouse.url, '/api/v1/cases', { method: 'HEAD', token: '' })).status).toBe(401)
  })

  it('says that it is ready, how it is, and nothing about anybody', async () => {
    expect(await call(gatehouse.url, '/readyz')).toMatchObject({ status: 200, body: { ready: true } })
    const home = await call(gatehouse.url, '/')
    expect(home).toMatchObject({ status: 200, type: 'text/html' })
    expect(home.body).toContain('Running')
    const { body } = await call(gatehouse.url, '/metrics')
    expect(body).toMatch(/gatehouse_events_stored_total [1-9]/)
    expect(body).not.toContain('+1202')
  })

  it('that is not spoken to in HTTP answers with a problem and hangs up', async () => {
    expect(await say(gatehouse.url, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*problem\+json/)
  })
})

describe('the API', () => {
  it('lets nobody in without the token', async () => {
    expect(await call(gatehouse.url, '/api/v1/cases', { token: '' })).toMatchObject(problemOf(401))
    expect(await call(gatehouse.url, '/api/v1/cases', { token: 'a-wrong-token-for-tests' })).toMatchObject(
      problemOf(401),
    )
    const described = await call(gatehouse.url, '/api/v1/openapi.json', { token: '' })
    expect(described).toMatchObject({ status: 200, body: { openapi: '3.1.0' } })
  })

  it('gives cases in pages, newest first, each once', async () => {
    for (let i = 0; i < 5; i++)
      await postText(gatehouse.url, {
        from: customer(30 + i),
        to: ourNumber,
        body: `The corridor light ${i} is broken.`,
      })
    await eventually(async () => ((await cases()).cases.length >= 7 ? true : undefined), { what: 'seven cases' })
    const all = (await cases()).cases.map(({ ref }) => ref)
    const paged: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: Page = await cases(`?limit=3${next === '' ? '' : `&cursor=${next}`}`)
      paged.push(...page.cases.map(({ ref }) => ref))
      next = page.next
    }
    expect(paged).toEqual(all)
    expect(new Set(paged).size).toBe(paged.length)
  })

  it('filters, finds by case number and by whole address, and refuses what it does not know', async () => {
    const [first] = (await cases()).cases
    expect((await cases(`?q=${first?.ref.toLowerCase()}`)).cases.map(({ ref }) => ref)).toEqual([first?.ref])
    expect((await cases(`?q=${encodeURIComponent(customer(22))}`)).cases).toHaveLength(1)
    expect((await cases('?site=jade-garden')).cases).toEqual([])
    for (const query of ['?status=lost', '?limit=0', '?limit=201', '?cursor=bm90aGluZw'])
      expect(await call(gatehouse.url, `/api/v1/cases${query}`), query).toMatchObject(problemOf(400))
    expect(await call(gatehouse.url, '/api/v1/cases/GH-2026-999999')).toMatchObject(problemOf(404))
  })

  it('carries out commands in the name of a member of staff, once', async () => {
    const { cases: found } = await cases(`?q=${encodeURIComponent(customer(22))}`)
    const path = `/api/v1/cases/${found[0]?.ref}/commands`
    const acknowledge = { command: 'acknowledge', as: 'lam-mei-ling', id: 'once' }
    expect(await call(gatehouse.url, path, post({ ...acknowledge, as: 'nobody' }))).toMatchObject(problemOf(403))
    expect(await call(gatehouse.url, path, post({ ...acknowledge, command: 'burn' }))).toMatchObject(problemOf(400))
    expect(await call(gatehouse.url, path, { method: 'POST', body: '{' })).toMatchObject(problemOf(400))
    expect(await call(gatehouse.url, path, post(acknowledge))).toMatchObject({ status: 200 })
    expect(await call(gatehouse.url, path, post(acknowledge))).toMatchObject(problemOf(409))
    const { body } = await call(gatehouse.url, `/api/v1/cases/${found[0]?.ref}`)
    expect(body).toMatchObject({ state: { status: 'owned', owner: { id: 'lam-mei-ling' } } })
  })

  it('takes in what was said at the counter, and makes a case of it, once', async () => {
    const said = {
      as: 'lam-mei-ling',
      site: 'jade-garden',
      channel: 'walk-in',
      text: 'The gate hit my car.',
      name: 'Ms Ho',
      id: 'k1',
    }
    const answer = await call(gatehouse.url, '/api/v1/intake', post(said))
    expect(answer).toMatchObject({ status: 201, body: { ref: expect.stringMatching(/^GH-/) } })
    expect((await call(gatehouse.url, '/api/v1/intake', post(said))).body).toEqual(answer.body)
    const { cases: found } = await cases('?site=jade-garden')
    expect(found).toMatchObject([
      { channel: 'walk-in', lastMessage: expect.stringContaining('recorded by Lam Mei Ling') },
    ])
    const { body } = await call(gatehouse.url, '/api/v1/ledger')
    expect(body).toMatchObject({ 'walk-in': { received: 1, onCase: 1 } })
    for (const change of [{ as: 'nobody' }, { site: 'nowhere' }, { text: ' ' }, { channel: 'fax' }, { phone: '12' }])
      expect((await call(gatehouse.url, '/api/v1/intake', post({ ...said, ...change }))).status).toBeGreaterThanOrEqual(
        400,
      )
  })

  it('takes in a telephone call, and answers by SMS to the number that was given', async () => {
    const said = {
      as: 'lam-mei-ling',
      site: 'jade-garden',
      channel: 'phone',
      text: 'The lobby is flooded.',
      phone: customer(60),
    }
    expect(await call(gatehouse.url, '/api/v1/intake', post(said))).toMatchObject({ status: 201 })
    await eventually(
      () => providers.twilio.messagesOf(customer(60)).find(({ direction }) => direction === 'outbound-api'),
      {
        what: 'an SMS to the caller',
      },
    )
  })
})

describe('the command line, beside the running instance', { timeout: 90_000 }, () => {
  const run = (...args: string[]) => runGatehouse(args, { dataDir, variables: providers.variables })

  it('tells the ledger, a case, who is on duty, and what is due', async () => {
    const ledger = await run('ledger', '--json')
    expect(JSON.parse(ledger.stdout)).toEqual((await call(gatehouse.url, '/api/v1/ledger')).body)
    const [first] = (await cases()).cases
    expect((await run('case', String(first?.ref))).stdout).toContain('Thread')
    expect(await run('case', 'GH-1999-000001')).toMatchObject({ code: 1, stderr: expect.stringContaining('no case') })
    const at = '2026-03-04T02:00:00Z'
    const duty = await run('duty', '--site', 'jade-garden', '--at', at, '--json')
    expect(JSON.parse(duty.stdout)).toEqual((await call(gatehouse.url, `/api/v1/duty?site=jade-garden&at=${at}`)).body)
  })

  it('replays a recorded payload, which changes nothing when it was there before', async () => {
    const before = await received()
    const file = join(dataDir, 'recorded.txt')
    writeFileSync(file, signedText({ from: customer(61), to: ourNumber, body: 'Replayed' }).form)
    expect(await run('replay', file, '--url', gatehouse.url)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('200'),
    })
    expect(await run('replay', file, '--url', gatehouse.url)).toMatchObject({ code: 0 })
    expect(await received()).toBe(before + 1)
    expect(await run('replay', file, '--url', 'http://127.0.0.1:9')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nothing answers'),
    })
    expect(await run('replay', join(dataDir, 'nowhere.txt'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^gatehouse: the file cannot be read: ENOENT.*\n$/),
    })
  })

  it('says in one line that the port is taken, and leaves the running instance alone', async () => {
    const { port } = new URL(gatehouse.url)
    const second = await runGatehouse(['serve'], { dataDir, variables: providers.variables, port: Number(port) })
    expect(second.code).toBe(1)
    expect(second.stderr.trim().split('\n')).toEqual([expect.stringContaining(`PORT ${port} on 127.0.0.1 is in use`)])
    expect(await call(gatehouse.url, '/readyz')).toMatchObject({ status: 200 })
  })

  it('ends as a demonstration too when the port is taken, and does not linger', async () => {
    const { port } = new URL(gatehouse.url)
    const second = await runGatehouse(['serve'], { dataDir: join(dataDir, 'demo'), port: Number(port) })
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`PORT ${port} on 127.0.0.1 is in use`) })
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createMailArchive } from '../../src/channels/email/archive.ts'
import { createEmailChannel } from '../../src/channels/email/email.ts'
import { parseEmailSettings } from '../../src/channels/email/settings.ts'
import { createTwilioChannel } from '../../src/channels/twilio/twilio.ts'
import type { Config } from '../../src/config.ts'
import { createCaseList } from '../../src/core/store/case-list.ts'
import { nextRound, type ProbeRecord, writeMark } from '../../src/core/watch/probe.ts'
import { depthsOf } from '../../src/operations/depths.ts'
import { probeRecords } from '../../src/probing.ts'
import { startLocalMail } from '../../src/simulator/email/local-mail.ts'
import { startLocalTwilio } from '../../src/simulator/twilio/local-twilio.ts'
import { createMetrics } from '../../src/web/metrics.ts'
import { memoryInMemory } from '../channels/email/provider.ts'
import { openDoor } from './door.ts'
import { openHouse, shippedConfig, type TestHouse, withStore } from './house.ts'

withStore()

const account = 'AC000000000000000000000000000000f1'
const authToken = 'an-invented-auth-token'
const publicUrl = 'https://desk.example.test'
const [tenant, player, ours] = ['+12025550123', '+12025550199', '+12025550190']
const key = 'a key for links in tests'
const minute = 60_000

type Probes = Config['places']['file']['probes']
const withProbes = (config: Config, probes: Probes): Config => ({
  ...config,
  places: { ...config.places, file: { ...config.places.file, probes } },
})
const bySms: Probes = [{ channel: 'sms', customer: player, desk: ours, everyMs: 15 * minute, withinMs: 5 * minute }]

const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The house behind a web door, over the real adapter and a Twilio on this machine that has both numbers. */
async function openWithTwilio(probes = bySms) {
  const { senders } = shippedConfig().places.file
  const numbers = [...senders, { channel: 'sms', number: player } as const]
  const twilio = await startLocalTwilio({ accountSid: account, authToken, numbers, stepMs: 1 })
  const { apiUrl, contentUrl } = twilio
  const settings = { accountSid: account, authTokens: [authToken], publicUrl, senders, templates: {} } as const
  const channel = createTwilioChannel({ ...settings, authTokens: [authToken], apiUrl, contentUrl })
  const options = { at: new Date(), channels: () => [channel], configured: (one: Config) => withProbes(one, probes) }
  const house = await openHouse(options)
  await channel.start(house.inbox)
  const door = await openDoor([channel])
  twilio.connect({ publicUrl, deliverTo: `http://127.0.0.1:${(door.address() as AddressInfo).port}` })
  closing.push(
    () => twilio.close(),
    () => channel.stop(),
    () => door.close(),
  )
  return { house, twilio, options, channel }
}

const lookAt = (house: TestHouse) => house.jobs.find(({ name }) => name === 'watch-probes')?.look()
const recordOf = (house: TestHouse, id: string) => house.stores.watched.load<ProbeRecord>(id)

async function eventually<T>(house: TestHouse, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 30_000
  for (;;) {
    // The providers take real time, so the house's own must not run away from them.
    await house.passes('1s')
    await lookAt(house)
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const good = (house: TestHouse, id: string, round: number) =>
  eventually(house, async () => {
    const record = await recordOf(house, id)
    return record?.round === round && record.goodAt !== undefined && record.overAt !== undefined && record
  })

type Document = Readonly<Record<string, unknown>>
const rowsIn = async (house: TestHouse, name: 'cases' | 'outbox' | 'cards' | 'probe_cases' | 'conversations') =>
  (await house.database.models[name].collection.find({}).toArray()) as Document[]

/** Everything that people can see or count. */
async function everythingShown({ database: { models }, stores }: TestHouse) {
  const inbox = Object.values(await stores.inbox.ledger()).map(({ received }) => received)
  const listed = await createCaseList(models, stores).page({ limit: 10 })
  return {
    cases: listed.cases.map(({ ref }) => ref),
    open: (await depthsOf(models)).open,
    quarantined: await stores.workLists.quarantined(10),
    inTheLedger: inbox.reduce((sum, one) => sum + one, 0),
    ofSite: (await stores.workLists.cases({ of: 'site', site: 'harbour-view-tower', limit: 10 } as never)).length,
  }
}
const nothing = { cases: [], open: 0, quarantined: [], inTheLedger: 0, ofSite: 0 }

describe('a probe by SMS, over the adapter and the provider’s own protocol', () => {
  it('goes out, comes in, opens a case, is answered and comes back; nobody is paged and no list knows of it', async () => {
    const every = bySms.map((one) => ({ ...one, everyMs: 6 * minute }))
    const { house, twilio, channel } = await openWithTwilio(every)
    const record = await good(house, 'sms-1', 1)
    expect(record).toMatchObject({ failures: 0, round: 1 })
    expect(record.tookMs).toBe((record.returnedAt?.getTime() ?? 0) - record.askedAt.getTime())
    const seen = twilio.messages().map(({ direction, from, to, body }) => [direction, from, to, body.split(' ')[6]])
    expect(seen).toEqual([
      ['outbound-api', player, ours, 'ask'],
      ['inbound', player, ours, 'ask'],
      ['outbound-api', ours, player, 'answer'],
      ['inbound', ours, player, 'answer'],
    ])
    expect((await rowsIn(house, 'probe_cases')).map(({ _id }) => _id)).toEqual(['probe:sms-1:1'])
    expect(await everythingShown(house)).toEqual(nothing)
    const records = probeRecords({ ...house, channels: [channel] })
    const figures = (await createMetrics(() => depthsOf(house.database.models), records).text()).text
    expect(figures).toContain('gatehouse_probe_failures{probe="sms-1"} 0')
    expect(figures).toContain(`gatehouse_probe_seconds{probe="sms-1"} ${(record.tookMs ?? 0) / 1_000}`)
    for (const name of ['cases', 'cards', 'conversations'] as const) expect(await rowsIn(house, name)).toEqual([])
    const purposes = (await rowsIn(house, 'outbox')).map(({ purpose }) => (purpose as { type: string }).type)
    expect(purposes).toEqual(['probe', 'probe'])

    await twilio.textFrom({ channel: 'sms', from: tenant, to: ours, body: 'Nobody came when I rang.' })
    await eventually(house, async () => twilio.messagesOf(tenant).length > 1)
    const caseId = await house.theCase()
    await house.passes('5m')
    await good(house, 'sms-1', 2)
    expect(await everythingShown(house)).toMatchObject({ cases: [caseId], open: 1, inTheLedger: 1, ofSite: 1 })
    expect(await rowsIn(house, 'probe_cases')).toHaveLength(1)
  })

  it('that does not come in twice in a row is told by another channel, hourly, until it comes round again', async () => {
    const { house, twilio } = await openWithTwilio()
    await good(house, 'sms-1', 1)
    await twilio.startTrouble({ kind: 'wrong-signature' })
    const told = async () => {
      const rows = (await rowsIn(house, 'outbox')) as unknown as { purpose: { occasion: string }; message: never }[]
      return rows.filter(({ purpose }) => purpose.occasion.startsWith('probe-'))
    }
    const minutes = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await house.passes('1m')
        await lookAt(house)
        for (let leg = 0; leg < 3; leg++) {
          await house.passes('1s')
          await twilio.settled()
        }
      }
    }
    await minutes(20)
    expect((await recordOf(house, 'sms-1'))?.failures).toBe(1)
    expect(await told()).toEqual([])
    await minutes(7)
    const first = await told()
    expect(first.map(({ purpose }) => purpose.occasion)).toContain('probe-unheard')
    const channels = first.map(({ message }) => (message as { to: { channel: string } }).to.channel)
    // Whoever has nothing else hears of it by the very channel: better late than never.
    expect(channels.filter((one) => one !== 'sms').length).toBeGreaterThan(0)
    await minutes(60)
    expect((await told()).length).toBe(2 * first.length)
    await twilio.stopTrouble()
    await minutes(20)
    expect((await recordOf(house, 'sms-1'))?.failures).toBe(0)
    expect((await told()).slice(2 * first.length).map(({ purpose }) => purpose.occasion)).toEqual(
      first.map(() => 'probe-back'),
    )
    expect(await everythingShown(house)).toEqual(nothing)
  })

  it('cannot be forged: without our signature, or from elsewhere, it is a message like any other, and starts no loop', async () => {
    const { house, twilio } = await openWithTwilio()
    await good(house, 'sms-1', 1)
    const ask = twilio.messages()[0]?.body ?? ''
    const text = (from: string, body: string) => twilio.textFrom({ channel: 'sms', from, to: ours, body })
    // The true words of an earlier round, from the true number: known, late, and without effect.
    await text(player, ask)
    await house.passes('5s')
    expect(await everythingShown(house)).toEqual(nothing)
    // True words from a customer who has learned them, and invented ones that claim to be from the probe's number.
    await text(tenant, ask)
    await text(
      player,
      ask.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    )
    await eventually(house, async () => twilio.messagesOf(tenant).length > 1)
    await house.passes('1m')
    await twilio.settled()
    expect((await everythingShown(house)).cases).toHaveLength(2)
    const answers = twilio.messages().filter(({ direction, to }) => direction === 'outbound-api' && to === player)
    expect(answers.map(({ body }) => body.startsWith('Gatehouse test'))).toEqual([true, false])
    expect(await recordOf(house, 'sms-1')).toMatchObject({ round: 1, failures: 0 })
  })

  it('is begun once by two processes, and goes on where one was killed before it had sent anything', async () => {
    const { house, twilio, options } = await openWithTwilio()
    const other = await openHouse(options)
    await Promise.all([lookAt(house), lookAt(other), lookAt(house)])
    await good(house, 'sms-1', 1)
    expect(twilio.messages()).toHaveLength(4)
    await house.passes('15m')
    await house.stores.watched.change<ProbeRecord>('sms-1', (before) => nextRound(before, house.now()))
    await good(house, 'sms-1', 2)
    expect(twilio.messages()).toHaveLength(8)
  })

  it('judges nothing after a long silence of our own, and sends nothing whose round is over', async () => {
    const { house, twilio } = await openWithTwilio()
    await twilio.startTrouble({ kind: 'failing' })
    await lookAt(house)
    await house.passes('5s')
    house.isOffFor('2h')
    await twilio.stopTrouble()
    await good(house, 'sms-1', 2)
    expect(twilio.messages().map(({ body }) => body.split(' ')[5])).toEqual(['2', '2', '2', '2'])
    expect(await recordOf(house, 'sms-1')).toMatchObject({ failures: 0 })
  })
})

describe('a probe by mail', () => {
  it('goes out, comes in, is answered and comes back, though it is our own mail', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-probe-'))
    closing.push(() => rmSync(directory, { recursive: true, force: true }))
    const desk = 'desk@desk.example.test'
    const mail = await startLocalMail({ operator: 'Desk', addresses: [desk], password: 'invented' })
    const setup = parseEmailSettings(mail.variables, [])
    if (setup.state !== 'on') throw new Error('the mail settings have faults')
    const { settings } = setup
    const none = async () => undefined
    const cases = { partyOf: none, latestOf: none, concerning: async () => [] }
    const archive = createMailArchive(directory)
    const channel = createEmailChannel(settings, { memory: memoryInMemory(), archive, cases })
    const customer = 'desk+probe@desk.example.test'
    const probes: Probes = [{ channel: 'email', customer, everyMs: 24 * 60 * minute, withinMs: 12 * 60 * minute }]
    const configured = (config: Config) => ({ ...withProbes(config, probes), email: settings })
    const house = await openHouse({ at: new Date(), channels: () => [channel], configured })
    await channel.start(house.inbox)
    closing.push(
      () => mail.close(),
      () => channel.stop(),
    )
    await good(house, 'email-1', 1)
    expect((await rowsIn(house, 'outbox')).map(({ _id, state }) => [_id, state])).toEqual([
      ['probe:email-1:1:ask', 'sent'],
      ['probe:email-1:1:answer', 'sent'],
    ])
    expect(await everythingShown(house)).toEqual(nothing)
    const forged = writeMark({ probe: 'email-1', round: 1, leg: 'answer' }, `not ${key}`)
    await mail.write({ from: { name: '', address: desk } as never, to: desk, subject: 'x', text: forged })
    await eventually(house, async () => Object.values(await house.stores.inbox.ledger())[0]?.suppressed === 1)
    expect((await everythingShown(house)).cases).toEqual([])
  })
})

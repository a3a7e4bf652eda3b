import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config.ts'
import { openHouse, type TestHouse, withEmpty, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

const look = async (house: TestHouse, name: string) => {
  const job = house.jobs.find((one) => one.name === name)
  if (job === undefined) throw new Error(`there is no job ${name}`)
  await job.look()
  await house.settle()
}

async function aComplaint(house: TestHouse) {
  const tenant = phoneOf(house, '+12025550123')
  await tenant.texts('Nobody came when I rang the guard post twice.')
  const caseId = await house.theCase()
  tenant.reads(caseId)
  officer(house, 'wong-siu-ming').reads(caseId)
  return { caseId, tenant }
}

/** Both people of the last-resort list, by two methods each where the channel is on. */
function lastResortReads(house: TestHouse, ...words: readonly string[]) {
  officer(house, 'kwok-wing-sze').phone.reads(...words)
  officer(house, 'mak-lai-fong').reads(...words)
  officer(house, 'mak-lai-fong').phone.reads(...words)
}

describe('the auditor', () => {
  it('X6: finds a case whose next time was set to the past and that nothing moves, once an hour', async () => {
    const house = await openHouse()
    const { caseId } = await aComplaint(house)
    const past = new Date(house.now().getTime() - 6 * 60_000)
    // What should never happen: the time is in the past, and whoever looks does not see it.
    const audited = house.stores.watch.audit
    expect(await audited.overdue(new Date(house.now().getTime() - 5 * 60_000), 10)).toEqual([])
    await house.database.models.cases.collection.updateOne({ _id: caseId } as object, { $set: { dueAt: past } })
    await house.jobs.find(({ name }) => name === 'watch-audit')?.look()
    await house.idle()
    lastResortReads(house, 'ALARM', caseId, 'more than five minutes ago')
    await house.jobs.find(({ name }) => name === 'watch-audit')?.look()
    await house.idle()
    officer(house, 'kwok-wing-sze').phone.hasNothingNew()
  })

  it('finds an open case that nobody has, and a message that comes to no end', async () => {
    const house = await openHouse()
    const { caseId } = await aComplaint(house)
    const { cases, outbox } = house.database.models
    await cases.collection.updateOne({ _id: caseId } as object, { $set: { 'state.pages': [] } })
    await look(house, 'watch-audit')
    lastResortReads(house, 'ALARM', 'have nobody', caseId)
    const message = { _id: 'stuck', state: 'sending', queuedAt: new Date(house.now().getTime() - 6 * 60_000), caseId }
    await outbox.collection.insertOne(message as object)
    await look(house, 'watch-audit')
    // The walk over the open cases is at another status now; the message is found all the same.
    lastResortReads(house, 'come to no end', caseId)
  })

  it('calls the outside heartbeat after a clean look, and not while something is wrong', async () => {
    let calls = 0
    const server = createServer((_request, response) => {
      calls += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const heartbeatUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping`
    const configured = (config: Config): Config => ({ ...config, environment: { ...config.environment, heartbeatUrl } })
    try {
      const house = await openHouse({ configured })
      const { caseId } = await aComplaint(house)
      await look(house, 'watch-audit')
      expect(calls).toBe(1)
      await house.database.models.cases.collection.updateOne({ _id: caseId } as object, {
        $set: { dueAt: new Date(0) },
      })
      await house.jobs.find(({ name }) => name === 'watch-audit')?.look()
      await house.idle()
      expect(calls).toBe(1)
      lastResortReads(house, 'ALARM')
    } finally {
      server.close()
    }
  })

  it('walks over every open case, however many there are, a bounded number a look', async () => {
    const house = await openHouse()
    const { cases } = house.database.models
    const at = house.now()
    const rows = Array.from({ length: 450 }, (_, i) => ({
      ...{
        _id: `GH-2026-9${String(i).padStart(5, '0')}`,
        version: 1,
        status: 'owned',
        openedAt: at,
        dueAt: new Date(at.getTime() + 9e9),
      },
      state: { status: 'owned', owner: { id: i === 449 ? '' : 'ann', name: 'Ann' }, caseId: `n${i}` },
    }))
    await cases.collection.insertMany(rows as object[])
    const seen: string[] = []
    let cursor: Awaited<ReturnType<typeof house.stores.watch.audit.openAfter>>['next']
    for (let i = 0; i < 8; i++) {
      const walked = await house.stores.watch.audit.openAfter(cursor, 200)
      expect(walked.cases.length).toBeLessThanOrEqual(200)
      seen.push(...walked.cases.map(({ id }) => id))
      cursor = walked.next
    }
    expect(new Set(seen).size).toBe(450)
    await cases.collection.deleteMany({})
  })
})

describe('before it happens', () => {
  it('a gap in the rosters is announced when it appears and again when it begins, never about the past', async () => {
    const house = await openHouse({ watching: true, configured: (config) => withEmpty(config, 'level-4') })
    const desk = towerDesk(house)
    await look(house, 'watch-coverage')
    // Both sites lack level 4 from now on: the desk of each, and the duty manager for both.
    desk.reads('Harbour View Tower: NOW too few people on duty in level-4')
    const ho = officer(house, 'ho-chi-keung')
    for (const _site of [1, 2]) ho.reads('too few people', 'level-4')
    while (house.slack.unexpected()[0]) house.slack.take(house.slack.unexpected()[0]!.message.to)
    await house.passes('2m')
    await look(house, 'watch-coverage')
    expect(house.slack.unexpected()).toEqual([])
  })

  it('a removal that leaves a post empty tomorrow is announced a day ahead, at once', async () => {
    const house = await openHouse({ watching: true })
    await look(house, 'watch-coverage')
    const { dutyChanges } = house.stores
    const startAt = new Date('2026-03-04T23:00:00Z')
    const endAt = new Date('2026-03-05T03:00:00Z')
    await dutyChanges.record([
      { kind: 'remove', remove: 'chan-tai-man', id: 'x', schedule: 'tower-officers', startAt, endAt, by: 'ho' },
    ])
    await dutyChanges.record([
      { kind: 'remove', remove: 'lee-ka-yan', id: 'y', schedule: 'tower-officers', startAt, endAt, by: 'ho' },
    ])
    await dutyChanges.record([
      { kind: 'remove', remove: 'wong-siu-ming', id: 'z', schedule: 'tower-officers', startAt, endAt, by: 'ho' },
    ])
    await house.live.fresh(0)
    await house.passes('1m')
    await look(house, 'watch-coverage')
    towerDesk(house).reads('too few people on duty in level-1', '0 of 1')
    while (house.slack.unexpected()[0]) house.slack.take(house.slack.unexpected()[0]!.message.to)
  })

  it('a permit that runs out is told to its holder and their superior, each stage once', async () => {
    const house = await openHouse({
      configured: (config) => {
        const wong = config.duty.staff.get('wong-siu-ming')!
        const permits = [{ category: 'B' as const, expiresAt: new Date(house0.getTime() + 80 * 86_400_000) }]
        return {
          ...config,
          duty: { ...config.duty, staff: new Map(config.duty.staff).set(wong.id, { ...wong, permits }) },
        }
      },
    })
    await look(house, 'watch-daily')
    officer(house, 'wong-siu-ming').reads('90')
    officer(house, 'lam-mei-ling').reads('90')
    await house.passes('2h')
    await look(house, 'watch-daily')
    expect(house.slack.unexpected()).toEqual([])
  })
})

const house0 = new Date('2026-03-04T02:00:00Z')

describe('the end of a shift', () => {
  it('offers open work to whoever follows, with a digest; until accepted it stays where it was', async () => {
    const house = await openHouse({ at: new Date('2026-03-04T10:30:00Z'), watching: true })
    const { caseId } = await aComplaint(house)
    const [wong, lee] = [officer(house, 'wong-siu-ming'), officer(house, 'lee-ka-yan')]
    await wong.presses('acknowledge', caseId)
    towerDesk(house).reads('has it')
    phoneOf(house, '+12025550123').reads('now looks after')
    await house.passes('31m')
    await look(house, 'watch-shifts')
    const following = house.slack.arrived.find(({ message }) => message.text.includes('offers you'))?.message
    expect(following?.text).toContain(caseId)
    expect(await house.state(caseId)).toMatchObject({ status: 'owned', owner: { id: 'wong-siu-ming' } })
    expect(await house.state(caseId)).toMatchObject({ offeredTo: { id: 'lee-ka-yan' } })
    expect(await lee.presses('accept', caseId)).not.toContain('not offered')
    expect(await house.state(caseId)).toMatchObject({ owner: { id: 'lee-ka-yan' } })
    while (house.slack.unexpected()[0]) house.slack.take(house.slack.unexpected()[0]!.message.to)
    while (house.phones.unexpected()[0]) house.phones.take(house.phones.unexpected()[0]!.message.to)
  })

  it('offers all of it, however much it is, in a digest that fits into a text message', async () => {
    const house = await openHouse({ at: new Date('2026-03-04T10:30:00Z'), watching: true })
    const { caseId } = await aComplaint(house)
    await officer(house, 'wong-siu-ming').presses('acknowledge', caseId)
    const { cases } = house.database.models
    const first = await cases.collection.findOne({ _id: caseId } as object)
    const { state } = first as unknown as { state: object }
    const copies = Array.from({ length: 120 }, (_, i) => ({
      ...first,
      ...{ _id: `GH-2025-${i}`, conversation: `other:${i}`, state: { ...state, caseId: `GH-2025-${i}` } },
    }))
    await cases.collection.insertMany(copies as never)
    await house.passes('31m')
    await look(house, 'watch-shifts')
    const digest = house.slack.arrived.find(({ message }) => message.text.includes('offers you'))?.message.text ?? ''
    expect(digest).toContain('121 open')
    expect(digest).toMatch(/\+ 101$/)
    expect(digest.length).toBeLessThan(1_600)
    expect(await cases.collection.countDocuments({ offeredTo: 'lee-ka-yan' })).toBe(121)
    while (house.slack.unexpected()[0]) house.slack.take(house.slack.unexpected()[0]!.message.to)
    while (house.phones.unexpected()[0]) house.phones.take(house.phones.unexpected()[0]!.message.to)
  })

  it('whoever comes on duty gets a message that shows that pages reach them', async () => {
    const house = await openHouse({ at: new Date('2026-03-04T10:59:00Z'), watching: true })
    await house.passes('2m')
    await look(house, 'watch-shifts')
    officer(house, 'lee-ka-yan').reads('You are on duty now')
    while (house.slack.unexpected()[0]) house.slack.take(house.slack.unexpected()[0]!.message.to)
  })
})

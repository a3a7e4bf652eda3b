import { describe, expect, it } from 'vitest'
import { moveDueCases } from '../../src/core/deadlines.ts'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf } from './people.ts'

withStore()

const complaint = 'Nobody came when I rang the guard post twice.'

async function fiftyComplaints(house: TestHouse): Promise<readonly string[]> {
  const ids: string[] = []
  for (let i = 0; i < 50; i++) {
    const tenant = phoneOf(house, `+1202555${String(3_000 + i)}`)
    await tenant.texts(complaint)
    ids.push(/GH-\d+-\d+/.exec(tenant.reads('GH-').message.text)?.[0] ?? '')
  }
  return ids
}

function clear(house: TestHouse): void {
  for (const channel of [house.slack, house.phones])
    while (channel.unexpected()[0]) channel.take(channel.unexpected()[0]!.message.to)
}

type Page = { readonly id: string; readonly caseId: string; readonly at: Date; readonly providerId: string }

/** Every page that a provider has accepted, alone or together with others. */
async function pagesOf(house: TestHouse): Promise<readonly Page[]> {
  const rows = await house.database.models.outbox.collection.find({ 'purpose.type': 'page', state: 'sent' }).toArray()
  return rows.map(({ _id, caseId, sentAt, providerId }) => ({
    ...{ id: String(_id), caseId: String(caseId), at: sentAt as Date, providerId: String(providerId) },
  }))
}

describe('workers stopped for two hours across fifty deadlines', () => {
  it('all fire once within a minute of the restart, marked late by how much, and none for closed cases', async () => {
    const house = await openHouse()
    const ids = await fiftyComplaints(house)
    const wong = officer(house, 'wong-siu-ming')
    const closed = ids.slice(0, 10)
    for (const caseId of closed) await wong.presses('close', caseId, { outcome: 'resolved', told: 'Seen to.' })
    clear(house)
    const before = new Set((await pagesOf(house)).map(({ id }) => id))
    house.isOffFor('2h')
    const restartedAt = house.now()
    const faults: unknown[] = []
    // Three workers start at once, and each looks at everything that is due.
    const deps = {
      engine: house.engine,
      clock: { now: house.now },
      onFault: (error: unknown) => void faults.push(error),
    }
    await Promise.all([moveDueCases(deps), moveDueCases(deps), moveDueCases(deps)])
    await house.settle()
    expect(faults).toEqual([])
    const fired = (await pagesOf(house)).filter(({ id }) => !before.has(id))
    const chased = fired.map(({ caseId }) => caseId)
    expect([...chased].sort()).toEqual(ids.slice(10).sort())
    for (const { at } of fired) expect(at.getTime() - restartedAt.getTime()).toBeLessThanOrEqual(60_000)
    // Forty pages to one phone: few messages, each case named in one of them.
    const messages = new Set(fired.map(({ providerId }) => providerId))
    expect(messages.size).toBeLessThanOrEqual(8)
    const log = await house.stores.cases.log(ids[20]!)
    const late = log.map(({ event }) => event).findLast((event) => event.type === 'chased')
    expect(late?.lateMs).toBeGreaterThan(99 * 60_000)
    expect(late?.lateMs).toBeLessThanOrEqual(100 * 60_000 + 60_000)
    // And no burst: an hour later each case has gone up one step, not four.
    clear(house)
    await house.passes('16m')
    expect((await house.state(ids[20]!)).step).toBeLessThanOrEqual(1)
    clear(house)
  }, 300_000)
})

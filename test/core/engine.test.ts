import { describe, expect, it } from 'vitest'
import type { Signal } from '../../src/core/case/signals.ts'
import { moveDueCases, relayLeftovers } from '../../src/core/deadlines.ts'
import { applySignal } from '../../src/core/engine.ts'
import { openHouse, type TestHouse, withStore } from '../flows/house.ts'
import { officer, phoneOf, towerDesk } from '../flows/people.ts'

withStore()

const caseId = 'GH-2026-000001'

async function aComplaint() {
  const house = await openHouse()
  const tenant = phoneOf(house, '+12025550123')
  const wong = officer(house, 'wong-siu-ming')
  await tenant.texts('Nobody came when I rang the guard post twice.')
  tenant.reads(caseId)
  wong.reads(caseId)
  return { house, tenant, wong, desk: towerDesk(house) }
}

const acknowledges = (house: TestHouse, id: string, person: string): Signal => ({
  ...{ type: 'acknowledge', id, at: house.now(), by: { id: person, name: person } },
})

describe('the engine', () => {
  it('applies a signal once, however often it is handed in', async () => {
    const { house, tenant, desk } = await aComplaint()
    const signal = acknowledges(house, 'ack', 'wong-siu-ming')
    expect((await applySignal(caseId, signal, house.engine)).changed).toBe(true)
    const before = await house.stores.cases.load(caseId)
    expect((await applySignal(caseId, signal, house.engine)).changed).toBe(false)
    expect(await house.stores.cases.load(caseId)).toEqual(before)
    await house.settle()
    tenant.reads('now looks after')
    desk.reads('has it')
  })

  it('applies what could be done again and again once, too: one note, one reply', async () => {
    const { house, tenant, desk } = await aComplaint()
    const by = { id: 'wong-siu-ming', name: 'Wong Siu Ming' }
    const note: Signal = { type: 'note', id: 'n', at: house.now(), by, text: 'Looked at the post.' }
    const reply: Signal = { type: 'reply', id: 'r', at: house.now(), by, text: 'I am there.' }
    for (const signal of [note, note, reply, reply, note]) await applySignal(caseId, signal, house.engine)
    await house.settle()
    const log = (await house.stores.cases.log(caseId)).map(({ event }) => event.type)
    expect(log.filter((type) => type === 'noted')).toHaveLength(1)
    expect(log.filter((type) => type === 'replied')).toHaveLength(1)
    tenant.reads('now looks after')
    tenant.reads('I am there.')
    desk.reads('has it')
  })

  it('lets one of many who act at once win, and loses no act of the others', async () => {
    const { house, tenant, desk, wong } = await aComplaint()
    const people = ['ann', 'ben', 'cat', 'dan', 'eve']
    const notes = people.map(
      (by): Signal => ({ type: 'note', id: `n-${by}`, at: house.now(), by: { id: by, name: by }, text: by }),
    )
    const all = [...people.map((by) => acknowledges(house, `ack-${by}`, by)), ...notes]
    const results = await Promise.allSettled(all.map((signal) => applySignal(caseId, signal, house.engine)))
    const lost = all.filter((_, i) => results[i]?.status === 'rejected')
    for (const signal of lost) await applySignal(caseId, signal, house.engine)
    const log = await house.stores.cases.log(caseId)
    expect(log.filter(({ event }) => event.type === 'acknowledged')).toHaveLength(1)
    expect(log.filter(({ event }) => event.type === 'noted')).toHaveLength(people.length)
    await house.settle()
    tenant.reads('now looks after')
    desk.reads('has it')
    wong.reads('已接手')
  })

  it('dies between saving and handing on: what was decided goes out once when somebody looks again', async () => {
    const { house, tenant, desk } = await aComplaint()
    const dying = { ...house.stores.cases, relay: () => Promise.reject(new Error('killed')) }
    const signal = acknowledges(house, 'ack', 'wong-siu-ming')
    await expect(applySignal(caseId, signal, { ...house.engine, cases: dying })).rejects.toThrow('killed')
    tenant.hasNothingNew()
    house.isOffFor('10s')
    const deps = { engine: house.engine, clock: { now: house.now }, onFault: () => {} }
    expect(await relayLeftovers(deps, 5_000)).toBe(1)
    expect(await relayLeftovers(deps, 5_000)).toBe(0)
    await house.settle()
    tenant.reads('now looks after')
    desk.reads('has it')
  })

  it('dies before saving: deciding again asks for the same page, which is sent once', async () => {
    const { house, wong } = await aComplaint()
    house.isOffFor('20m')
    const crashing = { ...house.stores.cases, save: () => Promise.reject(new Error('killed')) }
    const faults: unknown[] = []
    const deps = {
      engine: { ...house.engine, cases: crashing },
      clock: { now: house.now },
      onFault: (error: unknown) => void faults.push(error),
    }
    await moveDueCases(deps)
    expect(faults).toHaveLength(1)
    await house.settle()
    wong.phone.reads('仍待處理')
  })
})

describe('looking at what is due', () => {
  it('is not stopped by cases that cannot be moved, however many', async () => {
    const { house } = await aComplaint()
    const stuck = Array.from({ length: 230 }, (_, i) => `GH-2025-${String(i).padStart(6, '0')}`)
    const due = [...stuck, caseId]
    const looked: string[] = []
    const cases = {
      ...house.stores.cases,
      findDue: async (_at: Date, limit: number) => due.slice(0, limit),
      load: async (id: string) => {
        looked.push(id)
        if (id !== caseId) throw new Error('damaged')
        return house.stores.cases.load(id)
      },
    }
    await moveDueCases({ engine: { ...house.engine, cases }, clock: { now: house.now }, onFault: () => {} })
    expect(looked).toContain(caseId)
    expect(new Set(looked).size).toBe(looked.length)
  })
})

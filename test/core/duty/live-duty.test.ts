import { describe, expect, it } from 'vitest'
import { type DutyChangeStore, type DutyChanges, keepDuty } from '../../../src/core/duty/live-duty.ts'
import { shiftDesk } from '../../../src/core/duty/record-changes.ts'
import { resolveSchedule } from '../../../src/core/duty/resolve-schedule.ts'
import { fourPeople, hk, rosters, schedule } from './sample-duty.ts'

const base = { rosters: rosters(), staff: fourPeople }
const [from, until] = [hk('2026-03-02T08:00'), hk('2026-03-02T12:00')]

/** What the port asks of a database, in a list. */
function kept() {
  let changes: DutyChanges = { overrides: [], closures: [] }
  const asked = { version: 0, load: 0 }
  let version = 0
  const store: DutyChangeStore = {
    version: async () => {
      asked.version += 1
      return version
    },
    load: async () => {
      asked.load += 1
      return changes
    },
    record: async (overrides) => {
      changes = { ...changes, overrides: [...changes.overrides, ...overrides] }
      version += 1
    },
    confirm: async (contact) => {
      changes = { ...changes, contacts: [...(changes.contacts ?? []), contact] }
      version += 1
    },
    raise: async (closure) => {
      changes = { ...changes, closures: [...changes.closures, closure] }
      version += 1
    },
    lower: async (id, { endAt, by }) => {
      const open = changes.closures.some((one) => one.id === id && one.endAt === undefined)
      changes = {
        ...changes,
        closures: changes.closures.map((one) => (one.id === id ? { ...one, endAt, loweredBy: by } : one)),
      }
      version += 1
      return open
    },
  }
  return { store, asked, live: keepDuty(base, store, () => from) }
}

const onDuty = ({ live }: ReturnType<typeof kept>, at = from) =>
  resolveSchedule(live.duty().rosters, schedule(), at).people.map(({ person }) => person)

const cover = { id: 'c', schedule: 'desk', absent: 'ann', cover: 'ben', startAt: from, endAt: until, by: 'boss' }

describe('the rosters as they are now', () => {
  it('are the configured ones before anything is recorded', async () => {
    const one = kept()
    expect(onDuty(one)).toEqual(['ann'])
    await one.live.fresh()
    expect(onDuty(one)).toEqual(['ann'])
    expect(one.live.closures()).toEqual([])
  })

  it('are read again only when something was recorded, and asked about at most twice a second', async () => {
    const one = kept()
    for (let i = 0; i < 5; i++) await one.live.fresh()
    expect(one.asked).toEqual({ version: 1, load: 1 })
    for (let i = 0; i < 3; i++) await one.live.fresh(0)
    expect(one.asked).toEqual({ version: 4, load: 1 })
    await one.store.record([
      {
        kind: 'replace',
        id: 'x',
        schedule: 'desk',
        remove: 'ann',
        add: 'cat',
        startAt: from,
        endAt: until,
        by: 'boss',
      },
    ])
    expect(onDuty(one)).toEqual(['ann'])
    await one.live.fresh(0)
    expect(onDuty(one)).toEqual(['cat'])
    expect(one.asked.load).toBe(2)
  })

  it('that are asked for side by side are asked for once', async () => {
    const one = kept()
    await Promise.all([one.live.fresh(), one.live.fresh(), one.live.fresh()])
    expect(one.asked).toEqual({ version: 1, load: 1 })
  })
})

describe('changes by people', () => {
  it('a cover, an addition and a removal are in force when the command is answered', async () => {
    const one = kept()
    const desk = shiftDesk(one.live, one.store)
    expect(await desk.cover(cover)).toMatchObject({ ok: true, overrides: [{ remove: 'ann', add: 'ben' }] })
    expect(onDuty(one)).toEqual(['ben'])
    const stretch = { schedule: 'desk', startAt: from, endAt: until, by: 'boss' }
    expect(await desk.add({ id: 'a', person: 'dan', ...stretch })).toMatchObject({ ok: true })
    expect(onDuty(one)).toEqual(['ben', 'dan'])
    expect(await desk.remove({ id: 'r', person: 'ben', ...stretch })).toMatchObject({ ok: true })
    expect(onDuty(one)).toEqual(['dan'])
    expect(onDuty(one, until)).toEqual(['ann'])
  })

  it('what is refused records nothing, and says everything that speaks against it', async () => {
    const one = kept()
    const desk = shiftDesk(one.live, one.store)
    const stretch = { schedule: 'desk', startAt: from, endAt: until, by: 'boss' }
    expect(await desk.cover({ ...cover, absent: 'cat' })).toEqual({ ok: false, faults: ['cat is not on duty then'] })
    expect(await desk.add({ id: 'a', person: 'nobody', ...stretch })).toEqual({
      ok: false,
      faults: ['"nobody" is not on the staff list'],
    })
    expect(await desk.add({ id: 'a', person: 'dan', ...stretch, schedule: 'x' })).toEqual({
      ok: false,
      faults: ['there is no schedule "x"'],
    })
    expect(await desk.add({ id: 'a', person: 'dan', ...stretch, endAt: from })).toEqual({
      ok: false,
      faults: ['ends before it starts'],
    })
    expect(await desk.remove({ id: 'r', person: 'ann', ...stretch })).toEqual({
      ok: false,
      faults: ['nobody else is on duty then: name somebody who covers for ann'],
    })
    expect(await desk.remove({ id: 'r', person: 'dan', ...stretch })).toEqual({
      ok: false,
      faults: ['dan is not on duty then'],
    })
    expect(await desk.remove({ id: 'r', person: 'ann', ...stretch, schedule: 'x' })).toEqual({
      ok: false,
      faults: ['there is no schedule "x"'],
    })
    expect(await desk.remove({ id: 'r', person: 'ann', ...stretch, endAt: from })).toEqual({
      ok: false,
      faults: ['ends before it starts'],
    })
    expect(one.live.duty().rosters.overrides).toEqual([])
  })

  it('a swap and a take-over are recorded too', async () => {
    const one = kept()
    const desk = shiftDesk(one.live, one.store)
    const other = { startAt: hk('2026-03-02T19:00'), endAt: hk('2026-03-02T23:00') }
    const swap = {
      id: 's',
      schedule: 'desk',
      by: 'boss',
      one: { person: 'ann', startAt: from, endAt: until },
      other: { person: 'ben', ...other },
    }
    expect(await desk.swap(swap)).toMatchObject({ ok: true })
    expect([onDuty(one), onDuty(one, other.startAt)]).toEqual([['ben'], ['ann']])
    expect(
      await desk.takeOver({ id: 't', schedule: 'desk', by: 'boss', from: 'ben', to: 'dan', at: from }),
    ).toMatchObject({ ok: true })
    expect(onDuty(one)).toEqual(['dan'])
  })

  it('a closure is raised by one and lowered by another, once', async () => {
    const one = kept()
    const desk = shiftDesk(one.live, one.store)
    await desk.raiseClosure({ id: 't8', reason: 'typhoon_signal_8', contract: 'tower', startAt: from, by: 'boss' })
    expect(one.live.closures()).toEqual([
      { id: 't8', reason: 'typhoon_signal_8', contract: 'tower', startAt: from, raisedBy: 'boss' },
    ])
    expect(await desk.lowerClosure({ id: 't8', endAt: until, by: 'ann' })).toBe(true)
    expect(one.live.closures()).toMatchObject([{ endAt: until, loweredBy: 'ann' }])
    expect(await desk.lowerClosure({ id: 't8', endAt: until, by: 'ann' })).toBe(false)
  })
})

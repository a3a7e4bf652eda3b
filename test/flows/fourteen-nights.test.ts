import { describe, expect, it } from 'vitest'
import type { CaseState } from '../../src/core/case/state.ts'
import { onDuty } from '../../src/core/duty/on-duty.ts'
import { openHouse, type TestHouse, withLadder, withStore } from './house.ts'
import { officer, phoneOf } from './people.ts'

withStore()

const site = 'harbour-view-tower'
const tower = 'tower-officers'
const nights = 14
const hours = (at: Date, count: number) => new Date(at.getTime() + count * 3_600_000)
const nightStart = (night: number) => new Date(Date.UTC(2026, 2, 2 + night, 11, 0))

/** The same machine on every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const officersAt = (house: TestHouse, at: Date): readonly string[] =>
  onDuty({ ...house.live.duty(), site, level: 1, at }).people.map(({ person }) => person.id)

const managersAt = (house: TestHouse, at: Date): readonly string[] =>
  onDuty({ ...house.live.duty(), site, level: 2, at }).people.map(({ person }) => person.id)

type Sent = {
  readonly at: Date
  readonly caseId: string
  readonly person: string
  readonly id: string
  readonly queuedAt: Date
}

/** Every page that reached somebody, by who got it. */
async function pagesSent(house: TestHouse): Promise<readonly Sent[]> {
  const rows = await house.database.models.outbox.collection.find({ 'purpose.type': 'page', state: 'sent' }).toArray()
  return rows.map((row) => ({
    ...{ id: String(row._id), caseId: String(row.caseId), at: row.sentAt as Date, queuedAt: row.queuedAt as Date },
    person: (row.purpose as { person: string }).person,
  }))
}

function clear(house: TestHouse): void {
  for (const channel of [house.slack, house.phones])
    while (channel.unexpected()[0]) channel.take(channel.unexpected()[0]!.message.to)
}

describe('fourteen nights from seven to seven, with swaps, no-shows and two outages', { timeout: 600_000 }, () => {
  it('every page goes to somebody on duty, none to anybody off duty, and what nobody takes goes up on time', async () => {
    const random = randomFrom(20260302)
    const house = await openHouse({
      at: new Date('2026-03-02T10:00:00Z'),
      configured: (config) =>
        withLadder(config, 2, {
          steps: [
            { notify: ['level-1'], ackWithinSeconds: 300, chases: 1, chaseEverySeconds: 300 },
            { notify: ['level-2'], ackWithinSeconds: 300, chases: 1, chaseEverySeconds: 300 },
            { notify: ['level-3'], ackWithinSeconds: 600, chases: 0, chaseEverySeconds: 300 },
          ],
          cycles: 1,
        }),
    })
    const outages: { readonly from: Date; readonly until: Date }[] = []
    const opened: { readonly caseId: string; readonly at: Date; readonly isTaken: boolean }[] = []
    for (let night = 0; night < nights; night++) {
      const from = nightStart(night)
      if (house.now() < from) await passTo(house, from)
      // Every third night the officer swaps with somebody; every fourth nobody turns up, and nobody answers.
      if (night % 3 === 1) {
        const [absent] = officersAt(house, from)
        const cover = ['chan-tai-man', 'wong-siu-ming', 'lee-ka-yan'].find((id) => id !== absent) ?? ''
        const request = { id: `swap-${night}`, schedule: tower, by: 'ho-chi-keung', absent: absent ?? '', cover }
        expect(await house.shifts.cover({ ...request, startAt: from, endAt: hours(from, 12) })).toMatchObject({
          ok: true,
        })
        expect(officersAt(house, hours(from, 6))).toEqual([cover])
      }
      const isNoShow = night % 4 === 2
      for (let i = 0; i < 2; i++) {
        await passTo(house, new Date(from.getTime() + Math.floor((i + random()) * 5 * 3_600_000)))
        const tenant = phoneOf(house, `+1202555${String(4_000 + night * 10 + i)}`)
        const at = house.now()
        await tenant.texts('The guard searched my bag without asking.')
        const caseId = /GH-\d+-\d+/.exec(tenant.reads('GH-').message.text)?.[0] ?? ''
        const isTaken = !isNoShow && random() < 0.7
        opened.push({ caseId, at, isTaken })
        if (isTaken) {
          await house.passes('90s')
          const [who = ''] = managersAt(house, at)
          await officer(house, who).presses('acknowledge', caseId)
          await officer(house, who).presses('close', caseId, { outcome: 'resolved', told: 'Seen to.' })
        } else if (night === 5 || night === 9) {
          // The machine is off for two hours right after it was reported.
          if (i === 1) {
            outages.push({ from: house.now(), until: hours(house.now(), 2) })
            house.isOffFor('2h')
          }
        }
        clear(house)
      }
    }
    await house.passes('2h')
    clear(house)
    expect(outages.length).toBeGreaterThan(0)
    const sent = await pagesSent(house)
    expect(sent.length).toBeGreaterThan(opened.length)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length)
    for (const { person, queuedAt, id } of sent) {
      if (id.includes(':exhausted:')) continue
      const level = [1, 2, 3].flatMap((one) => onDuty({ ...house.live.duty(), site, level: one, at: queuedAt }).people)
      expect(
        level.map((one) => one.person.id),
        `${id} at ${queuedAt.toISOString()}`,
      ).toContain(person)
    }
    for (const { caseId, at, isTaken } of opened) {
      if (isTaken) continue
      const off = outages.filter((one) => one.until > at && one.from < hours(at, 1)).length * 2 * 3_600_000
      await wentUpOnTime(house, caseId, at, off)
    }
    const states = await Promise.all(opened.map(({ caseId }) => house.state(caseId)))
    expect(
      states.map(({ status }: CaseState) => status).filter((status) => status !== 'closed' && status !== 'exhausted'),
    ).toEqual([])
  })
})

async function passTo(house: TestHouse, until: Date): Promise<void> {
  const seconds = Math.round((until.getTime() - house.now().getTime()) / 1_000)
  if (seconds > 0) await house.passes(`${seconds}s`)
}

/** Belongings searched starts at level 2: chased after five minutes, up after ten, at the end after twenty. */
async function wentUpOnTime(house: TestHouse, caseId: string, at: Date, offMs: number): Promise<void> {
  const log = (await house.stores.cases.log(caseId)).map(({ event }) => event)
  const reached = (step: number) => log.find((event) => event.type === 'paged' && event.step === step)?.at
  const up = reached(1)
  expect(up, `${caseId} never went up`).toBeDefined()
  expect((up?.getTime() ?? 0) - at.getTime()).toBeLessThanOrEqual(10 * 60_000 + offMs + 5_000)
  expect(log.filter((event) => event.type === 'exhausted')).toHaveLength(1)
}

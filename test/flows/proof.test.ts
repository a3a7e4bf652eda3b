import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proofInWords, proofOf } from '../../src/core/case-proof.ts'
import { createCaseList } from '../../src/core/store/case-list.ts'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf, reported } from './people.ts'
import type { Fate } from './scripted-channel.ts'

withStore()

function clear(house: TestHouse): void {
  for (const channel of [house.slack, house.phones])
    while (channel.unexpected()[0]) channel.take(channel.unexpected()[0]!.message.to)
}

async function proofFor(house: TestHouse, caseId: string) {
  const record = await createCaseList(house.database.models, house.stores).record(caseId)
  if (record === undefined) throw new Error(`there is no case ${caseId}`)
  return proofOf(record, { now: house.now(), receiptSeconds: 60 })
}

describe('the proof of a case', () => {
  it('says for every page who, by which method, accepted, delivered, read, acknowledged, and how late', async () => {
    const house = await openHouse()
    await phoneOf(house, '+12025550123').texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    const wong = officer(house, 'wong-siu-ming')
    wong.reads(caseId)
    // The chase comes three minutes late, because the machine was off.
    house.isOffFor('23m')
    await house.settle()
    const chase = wong.phone.reads(caseId)
    await reported(house, chase, 'delivered')
    await reported(house, chase, 'read')
    await house.passes('1m')
    await wong.phone.texts('ACK')
    clear(house)
    const proof = await proofFor(house, caseId)
    expect(proof.pages).toMatchObject([
      { epoch: 1, cycle: 1, step: 1, chase: 0, person: 'wong-siu-ming', channel: 'slack', outcome: 'sent' },
      { step: 1, chase: 1, person: 'wong-siu-ming', channel: 'sms', outcome: 'read' },
    ])
    const [first, second] = proof.pages
    expect(first?.lateMs).toBeLessThan(100)
    expect(Math.round((second?.lateMs ?? 0) / 1_000)).toBe(180)
    expect(second?.dueAt).toEqual(new Date('2026-03-04T02:20:00.000Z'))
    for (const at of [second?.acceptedAt, second?.deliveredAt, second?.readAt, second?.acknowledgedAt])
      expect(at).toBeInstanceOf(Date)
    expect(first?.providerId).toMatch(/^slack-/)
    expect(second?.providerId).toBe(chase.providerId)
    expect(proof.targets).toMatchObject(
      [
        { name: 'receipt', outcome: 'met' },
        { name: 'firstReply', outcome: 'open' },
        { name: 'resolution', outcome: 'open' },
        { name: 'acknowledge', outcome: 'met' },
      ].sort(
        (a, b) =>
          proof.targets.findIndex(({ name }) => name === a.name) -
          proof.targets.findIndex(({ name }) => name === b.name),
      ),
    )
    const words = proofInWords(proof)
    for (const word of [
      'step 1, chase 1',
      'wong-siu-ming',
      'sms',
      '180.0 s',
      'Wong Siu Ming took it',
      'receipt: promised',
    ])
      expect(words).toContain(word)
  })

  it('names levels that had nobody, methods that failed, and the end of the ladder', async () => {
    const house = await openHouse()
    house.slack.fromNowOn('refused')
    house.phones.fromNowOn('refused')
    await phoneOf(house, '+12025550123').texts('The guard searched my bag without asking.')
    const caseId = await house.theCase()
    clear(house)
    const { notes, pages } = await proofFor(house, caseId)
    expect(notes.map(({ what }) => what).join('\n')).toContain(
      'could not be reached by method 1: the provider refuses this address',
    )
    expect(pages.every(({ acceptedAt, lateMs }) => acceptedAt === undefined && lateMs === undefined)).toBe(true)
    house.slack.fromNowOn('sent')
    house.phones.fromNowOn('sent')
  })
})

describe('X7: whatever a provider answers, in whatever order', () => {
  const fates: fc.Arbitrary<readonly Fate[]> = fc.array(
    fc.constantFrom<Fate>('sent', 'busy', 'lost', 'silent', 'refused'),
    { minLength: 1, maxLength: 6 },
  )

  it('a page reaches somebody, and a customer reads nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fates, fc.boolean(), async (toStaff, toCustomer, isReportedTwice) => {
        const house = await openHouse()
        for (const fate of toStaff) house.slack.next(fate)
        for (const fate of toCustomer) house.phones.next(fate, '+12025550123')
        await phoneOf(house, '+12025550123').texts('There is a fire in the corridor!')
        await house.passes('10m')
        const staff = [...house.slack.arrived, ...house.phones.arrived].filter(
          ({ message }) => message.audience === 'staff' && message.id.includes(':n'),
        )
        expect(staff.length).toBeGreaterThan(0)
        const customer = house.phones.arrived.filter(({ message }) => message.audience === 'customer')
        if (isReportedTwice && customer[0]) {
          await reported(house, customer[0], 'delivered')
          await reported(house, customer[0], 'delivered')
        }
        const ids = customer.map(({ message }) => message.id)
        expect(new Set(ids).size).toBe(ids.length)
        clear(house)
        await Promise.all(Object.values(house.database.models).map(({ collection }) => collection.deleteMany({})))
      }),
      { numRuns: 6, seed: 20260307 },
    )
  }, 300_000)
})

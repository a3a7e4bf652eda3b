import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toRawEvent } from '../../../src/channels/slack/parse.ts'
import { readEvent } from '../../../src/channels/slack/read-event.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import { isOpen, noCase } from '../../../src/core/case/state.ts'
import type { RawEvent, Reading } from '../../../src/core/channel.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'
import { openHouse, type TestHouse, withStore } from '../../flows/house.ts'
import { phoneOf } from '../../flows/people.ts'
import { ScriptedChannel } from '../../flows/scripted-channel.ts'
import { open, secret, sequences } from './random-desk.ts'

withStore()

/** Everything that Slack delivers is read by the real parser; what we show there is only remembered. */
class RememberedSlack extends ScriptedChannel {
  override read(event: RawEvent): Reading {
    return readEvent(event, commandWords)
  }
}

const sequenceCount = 1_000
const sequencesPerCase = 20
const together = 20

async function withCases(count: number): Promise<{ house: TestHouse; caseIds: string[]; phones: ScriptedChannel }> {
  let channels: ScriptedChannel[] = []
  const house = await openHouse({
    channels: () => {
      const now = () => house.now()
      channels = [new ScriptedChannel('twilio', ['sms', 'whatsapp'], now), new RememberedSlack('slack', ['slack'], now)]
      return channels
    },
  })
  const [phones] = channels
  if (phones === undefined) throw new Error('no phones')
  for (let i = 0; i < count; i++)
    await phoneOf({ ...house, phones }, `+1202555${3_000 + i}`).texts('Nobody came when I rang the guard post twice.')
  const caseIds = Array.from({ length: count }, (_, i) => `GH-2026-${String(i + 1).padStart(6, '0')}`)
  return { house, caseIds, phones }
}

describe('1,000 random sequences of notes, edits, presses, forms and redeliveries', () => {
  it('leak nothing to a customer, send nothing twice, and leave every case legal', { timeout: 600_000 }, async () => {
    const { house, caseIds, phones } = await withCases(sequenceCount / sequencesPerCase)
    const played = fc.sample(sequences, { numRuns: sequenceCount, seed: 20261122 })
    let n = 0
    for (const [index, acts] of played.entries()) {
      const caseId = caseIds[index % caseIds.length] ?? ''
      const before: Readonly<Record<string, unknown>>[] = []
      for (const act of acts) {
        const payload = act({ caseId, n: ++n, before })
        before.push(payload)
        const event = toRawEvent(payload, house.now())
        await house.inbox.receive({ ...event, payload: JSON.parse(JSON.stringify(event.payload)) })
      }
      if (index % together === together - 1) await house.settle()
    }
    await house.settle()
    leaksNothing(phones)
    for (const caseId of caseIds) await isLegal(house, caseId)
    for (const { pending } of Object.values(await house.stores.inbox.ledger())) expect(pending).toBe(0)
  })
})

function leaksNothing(phones: ScriptedChannel): void {
  const told = phones.arrived.filter(({ message }) => message.audience === 'customer')
  const words = told.map(({ message }) => message.text)
  expect(words.filter((text) => text.includes(secret))).toEqual([])
  const sent = words.flatMap((text) => /PUBLIC number \d+/.exec(text)?.[0] ?? [])
  expect(sent.length).toBeGreaterThan(50)
  expect(sent.filter((text, i) => sent.indexOf(text) !== i)).toEqual([])
  expect(open).toBe('PUBLIC')
}

async function isLegal({ stores, database }: TestHouse, caseId: string): Promise<void> {
  const { state } = await stores.cases.load(caseId)
  const log = await stores.cases.log(caseId)
  expect(log.map(({ event }) => event).reduce(evolve, noCase)).toEqual(state)
  const [row] = await database.models.cases.collection
    .find({ _id: caseId } as object)
    .limit(1)
    .toArray()
  expect(row?.dueAt instanceof Date).toBe(isOpen(state))
  if (state.status === 'owned') expect(state.owner.id).not.toBe('')
  if (state.status === 'paging') expect(state.pages).not.toEqual([])
  const commanded = log.filter(({ event }) => event.type === 'commanded')
  for (const { event } of commanded) expect(event).toMatchObject({ desk: 'slack' })
}

import fc from 'fast-check'
import { expect } from 'vitest'
import type { Config } from '../../src/config.ts'
import { evolve } from '../../src/core/case/evolve.ts'
import { isOpen, noCase } from '../../src/core/case/state.ts'
import type { RawEvent, Reading } from '../../src/core/channel.ts'
import { deskCommands } from '../../src/core/desk/registry.ts'
import { openHouse, type TestHouse } from '../flows/house.ts'
import { phoneOf } from '../flows/people.ts'
import { ScriptedChannel } from '../flows/scripted-channel.ts'

export type Payload = Readonly<Record<string, unknown>>

/** What somebody does at a desk about one case, as the payload that is delivered; `n` makes every one its own. */
export type Act = (around: {
  readonly caseId: string
  readonly n: number
  readonly before: readonly Payload[]
}) => Payload

/** Words that only staff may ever read, and words that somebody decided to send. */
export const secret = 'SECRET'
export const open = 'PUBLIC'

export const secretText = (n: number): string => `${secret} number ${n}`

const values: Readonly<Record<string, readonly string[]>> = {
  person: ['wong-siu-ming', 'lee-ka-yan', 'nobody'],
  outcome: ['resolved', 'no_case', 'withdrawn'],
  severity: ['1', '2', '3', '4'],
  template: ['on-my-way', 'none'],
  by: ['2h', '23:59', 'soon'],
  files: [''],
  case: ['GH-2026-000001', '2', 'x'],
}

/** Arguments of a command: what customers are told is open, everything else is not for them. */
export const argsFor = (command: string, n: number, pick: number, sends: boolean): Record<string, string> => {
  const told = ['reply', 'ask'].includes(command) ? 'text' : command === 'split' ? 'text' : 'told'
  const fields = deskCommands.find(({ name }) => name === command)?.fields ?? []
  const args = fields.map(({ name }) => {
    const some = values[name]
    if (some !== undefined) return [name, some[pick % some.length] ?? '']
    return [name, name === told && sends ? `${open} number ${n}` : secretText(n)]
  })
  return Object.fromEntries(args)
}

const sequencesPerCase = 20
const together = 20

export type RandomDesk = {
  readonly name: string
  readonly sequences: fc.Arbitrary<readonly Act[]>
  readonly toRaw: (payload: Payload, at: Date) => RawEvent
  readonly read: (event: RawEvent) => Reading
  /** The name under which the card of a case is known there. */
  readonly cardName: (place: string, caseId: string) => string
  readonly configured?: (config: Config) => Config
}

/** Everything that the program delivers is read by the real parser; what we show there is only remembered. */
class RememberedDesk extends ScriptedChannel {
  readonly #desk: RandomDesk

  constructor(desk: RandomDesk, now: () => Date) {
    super(desk.name, [desk.name], now)
    this.#desk = desk
  }

  override read(event: RawEvent): Reading {
    return this.#desk.read(event)
  }

  override async show(place: { readonly id: string }, card: { readonly caseId: string }, shownAs: string | undefined) {
    const providerId = shownAs ?? this.#desk.cardName(place.id, card.caseId)
    return { outcome: 'sent', providerId } as const
  }
}

async function withCases(desk: RandomDesk, count: number) {
  let channels: ScriptedChannel[] = []
  const house = await openHouse({
    ...(desk.configured && { configured: desk.configured }),
    channels: () => {
      const now = () => house.now()
      channels = [new ScriptedChannel('twilio', ['sms', 'whatsapp'], now), new RememberedDesk(desk, now)]
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

/** Plays so many random sequences on real cases; fails when anything leaks, is sent twice, or leaves a case illegal. */
export async function playSequences(desk: RandomDesk, count: number): Promise<void> {
  const { house, caseIds, phones } = await withCases(desk, count / sequencesPerCase)
  const played = fc.sample(desk.sequences, { numRuns: count, seed: 20261122 })
  let n = 0
  for (const [index, acts] of played.entries()) {
    const caseId = caseIds[index % caseIds.length] ?? ''
    const before: Payload[] = []
    for (const act of acts) {
      const payload = act({ caseId, n: ++n, before })
      before.push(payload)
      const event = desk.toRaw(payload, house.now())
      await house.inbox.receive({ ...event, payload: JSON.parse(JSON.stringify(event.payload)) })
    }
    if (index % together === together - 1) await house.settle()
  }
  await house.settle()
  leaksNothing(phones)
  for (const caseId of caseIds) await isLegal(house, caseId, desk.name)
  for (const { pending } of Object.values(await house.stores.inbox.ledger())) expect(pending).toBe(0)
}

function leaksNothing(phones: ScriptedChannel): void {
  const told = phones.arrived.filter(({ message }) => message.audience === 'customer')
  const words = told.map(({ message }) => message.text)
  expect(words.filter((text) => text.includes(secret))).toEqual([])
  const sent = words.flatMap((text) => /PUBLIC number \d+/.exec(text)?.[0] ?? [])
  expect(sent.length).toBeGreaterThan(50)
  expect(sent.filter((text, i) => sent.indexOf(text) !== i)).toEqual([])
  expect(open).toBe('PUBLIC')
}

async function isLegal({ stores, database }: TestHouse, caseId: string, desk: string): Promise<void> {
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
  for (const { event } of log.filter(({ event: { type } }) => type === 'commanded'))
    expect(event).toMatchObject({ desk })
}

import type { Command } from '../../../src/core/case/commands.ts'
import { decide } from '../../../src/core/case/decide.ts'
import type { CaseEvent } from '../../../src/core/case/events.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import { type Ladder, type Person, type Policy, targetsFor, type World } from '../../../src/core/case/policy.ts'
import type { Actor, Assessment, Signal } from '../../../src/core/case/signals.ts'
import { type CaseState, noCase } from '../../../src/core/case/state.ts'
import type { InboundMessage } from '../../../src/core/message.ts'

export const start = new Date('2026-03-04T02:00:00Z')
export const minutes = (count: number, after = start): Date => new Date(after.getTime() + count * 60_000)

export const ann: Actor = { id: 'ann', name: 'Ann' }
export const ben: Actor = { id: 'ben', name: 'Ben' }

const person = (id: string, methods = 2): Person => ({ id, name: id, language: 'en', methods })

const ladder: Ladder = {
  steps: [
    { notify: ['level-1'], ackWithinSeconds: 600, chases: 1, chaseEverySeconds: 300 },
    { notify: ['level-2'], ackWithinSeconds: 600, chases: 0, chaseEverySeconds: 300 },
  ],
  cycles: 2,
  acknowledgePromiseSeconds: 1_200,
  ownerSilenceSeconds: 6_480,
  updatePromiseSeconds: 7_200,
}

export const policy: Policy = {
  version: 'test',
  ladders: {
    1: { ...ladder, cycles: Infinity, steps: [{ ...ladder.steps[0], notify: ['level-1', 'level-2'] }] },
    2: ladder,
    3: ladder,
    4: ladder,
  },
  objectionSeconds: 3_600,
  choiceSeconds: 600,
  reopenSeconds: 86_400,
  additionQuietSeconds: 60,
  exhaustedReminderSeconds: 3_600,
}

export const onDutyNow = { 'level-1': [person('ann'), person('cat')], 'level-2': [person('ben')] } as const

export const world: World = {
  policy,
  onDuty: () => onDutyNow,
  startOf: () => undefined,
  isWalledOff: ({ about = [], suspected = [] }, id) => about.includes(id) || suspected.some((one) => one.id === id),
  again: (_setAt, dueAt) => dueAt,
  targets: (file) => targetsFor(policy, file),
  lastResort: [person('dan')],
  due: (at, seconds) => new Date(at.getTime() + seconds * 1_000),
}

/** Nobody whom a case is kept from is on duty for it. */
export const walled = (around: World): World => ({
  ...around,
  onDuty: (file) =>
    Object.fromEntries(
      Object.entries(around.onDuty(file)).map(([group, on]) => [
        group,
        on.filter(({ id }) => !around.isWalledOff(file, id)),
      ]),
    ),
})

let ids = 0

export const assessed = (change: Partial<Assessment> = {}): Assessment => ({
  language: 'en',
  kind: 'complaint',
  category: 'slow_response',
  severity: 3,
  complaint: true,
  handoff: false,
  proposal: 'case',
  answers: [],
  ...change,
})

export function said(text: string, at: Date, change: Partial<Assessment> = {}, id = `said-${++ids}`): Signal {
  const message: InboundMessage = {
    id,
    from: { channel: 'sms', id: '+12025550123' },
    to: { channel: 'sms', id: '+12025550190' },
    conversation: 'sms:1:2',
    text,
    attachments: [],
    automatic: false,
    sentAt: at,
  }
  return {
    type: 'message',
    id,
    at,
    origin: { caseId: 'GH-2026-000001', site: 'tower' },
    message,
    assessment: assessed(change),
  }
}

export const looked = (at: Date): Signal => ({ type: 'deadline', id: `look-${at.toISOString()}`, at })

export type Told = {
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
  readonly commands: readonly Command[]
}

/** What the case has become after these signals, and what the last one led to. */
export function given(...signals: readonly Signal[]) {
  return {
    in: (changed: Partial<World>) => after(signals, { ...world, ...changed }),
    ...after(signals, world),
  }
}

function after(signals: readonly Signal[], around: World): Told & { all: readonly Command[] } {
  let state: CaseState = noCase
  let last: Told = { state, events: [], commands: [] }
  const all: Command[] = []
  for (const signal of signals) {
    const { events, commands } = decide(state, signal, around)
    state = events.reduce(evolve, state)
    last = { state, events, commands }
    all.push(...commands)
  }
  return { ...last, all }
}

/** A command in few words, e.g. "page ann m0", "tell received", "announce exhausted". */
export const inWords = (command: Command): string => {
  switch (command.type) {
    case 'tell':
    case 'announce':
      return `${command.type} ${command.occasion}`
    case 'inform':
      return `inform ${command.person}: ${command.occasion}`
    case 'page':
      return `${command.occasion} ${command.person} m${command.method}`
  }
}

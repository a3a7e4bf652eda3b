import { expect } from 'vitest'
import { comingTurns, turnId } from '../../src/core/duty/turns.ts'
import { phoneOf } from '../flows/people.ts'
import type { Stage } from './stage.ts'

/** Wong is an officer at the tower, Lam a supervisor and Yip a manager everywhere. */
export const wong = 'wong-siu-ming'
export const lee = 'lee-ka-yan'
export const lam = 'lam-mei-ling'
export const yip = 'yip-suk-fan'

export type Given = { readonly stage: Stage; readonly caseId: string; readonly other: string }

/** One command as a person gives it, on a case that was made ready for it. */
export type Scenario = {
  readonly command: string
  readonly by: string | ((stage: Stage) => string)
  /** What has happened to the case before; `other` is a second case of the same customer. */
  readonly before?: (given: Given) => Promise<void>
  readonly args?: (given: Given) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** What the case has become, in the words of its state; only its own parts are compared. */
  readonly becomes?: object
  /** What the customer reads; nothing where it is absent. */
  readonly told?: readonly string[]
  /** A question: nothing changes, and the answer holds these words. */
  readonly answers?: readonly string[]
}

let lastCode = ''

/** A file that Wong sent to the desk before; every desk lets it be chosen. */
async function fileOf({ url }: Stage): Promise<string> {
  const headers = { authorization: 'Bearer an-invented-api-token', 'content-type': 'application/pdf' }
  const body = '%PDF-1.7 an invented permit'
  const answer = await fetch(`${url}/api/v1/files?as=${wong}&name=permit.pdf`, { method: 'POST', headers, body })
  return ((await answer.json()) as { file: string }).file
}

const takenBy =
  (id: string) =>
  async ({ stage, caseId }: Given) => {
    await stage.api(`/cases/${caseId}/commands/acknowledge`, { as: id })
  }
const give = async ({ stage, caseId }: Given, command: string, as: string, args: object) => {
  await stage.api(`/cases/${caseId}/commands/${command}`, { as, args })
}
const offered = async (given: Given) => {
  await takenBy(wong)(given)
  await give(given, 'hand-over', wong, { person: lee })
}
const owner = (id: string) => ({ status: 'owned', owner: { id } })

export const scenarios: readonly Scenario[] = [
  { command: 'acknowledge', by: wong, becomes: owner(wong), told: ['Wong Siu Ming now looks after'] },
  { command: 'accept', by: lee, before: offered, becomes: owner(lee), told: ['Lee Ka Yan now looks after'] },
  { command: 'decline', by: lee, before: offered, args: () => ({ reason: 'I am off.' }), becomes: owner(wong) },
  {
    ...{ command: 'assign', by: lam, args: () => ({ person: wong, note: 'You know him.' }) },
    ...{ becomes: owner(wong), told: ['Wong Siu Ming now looks after'] },
  },
  {
    ...{ command: 'hand-over', by: wong, before: takenBy(wong), args: () => ({ person: lee }) },
    becomes: { ...owner(wong), offeredTo: { id: lee } },
  },
  {
    ...{ command: 'reply', by: wong, before: takenBy(wong) },
    args: async ({ stage }) => ({ text: 'I am at the post.', files: await fileOf(stage) }),
    ...{ becomes: owner(wong), told: ['I am at the post.', 'permit.pdf: http'] },
  },
  {
    ...{ command: 'reply-with', by: wong, before: takenBy(wong), args: () => ({ template: 'on-my-way' }) },
    ...{ becomes: owner(wong), told: ['An officer is on the way'] },
  },
  {
    ...{ command: 'ask', by: wong, before: takenBy(wong), args: () => ({ text: 'Which lift is it?' }) },
    ...{ becomes: { ...owner(wong), askedAt: expect.any(Date) }, told: ['Which lift is it?', 'as soon as we have it'] },
  },
  {
    ...{ command: 'promise', by: wong, before: takenBy(wong), args: () => ({ by: '2h', agreed: 'yes' }) },
    ...{ becomes: { promisedBy: expect.any(Date), agreedUntil: expect.any(Date) }, told: ['as agreed, we wait until'] },
  },
  { command: 'note', by: wong, args: () => ({ text: 'He sounds tired.' }), becomes: { status: 'paging' } },
  { command: 'set-kind', by: wong, args: () => ({ kind: 'service_request' }), becomes: { kind: 'service_request' } },
  { command: 'set-category', by: wong, args: () => ({ category: 'noise' }), becomes: { category: 'noise' } },
  {
    ...{ command: 'set-severity', by: wong, args: () => ({ severity: '4', reason: 'Nobody is harmed.' }) },
    becomes: { severity: 4 },
  },
  {
    ...{ command: 'set-severity', by: lam, told: ['needs more time than most', 'at the latest'] },
    args: () => ({ severity: '3', reason: 'Three firms have a part in it.', complex: 'yes' }),
    becomes: { severity: 3, complex: true },
  },
  {
    ...{ command: 'about-staff', by: 'ho-chi-keung', args: () => ({ person: wong }) },
    becomes: { status: 'paging', about: [wong], start: 'level-2' },
  },
  {
    ...{ command: 'not-about', by: lam, args: () => ({ person: wong, reason: 'She thanks him.' }) },
    before: async ({ stage, caseId }) => {
      const { customer } = await stage.house.state(caseId)
      await phoneOf({ ...stage.house, phones: stage.phones }, customer.id).texts('又冇人嚟。黃小明態度好差。')
      expect(await stage.house.state(caseId)).toMatchObject({ suspected: [{ id: wong }] })
    },
    becomes: { status: 'paging' },
  },
  {
    ...{ command: 'add-party', by: wong, args: () => ({ name: 'Mrs Ho', role: 'witness', contact: '12/F' }) },
    becomes: { parties: [{ name: 'Mrs Ho', role: 'witness', contact: '12/F' }] },
  },
  {
    ...{ command: 'escalate', by: wong, args: () => ({ reason: 'He asks for a manager.' }) },
    becomes: { status: 'paging', step: 1 },
  },
  {
    ...{ command: 'page', by: wong, args: () => ({ person: yip, reason: 'You speak his language.' }) },
    becomes: { status: 'paging', told: expect.arrayContaining([yip]) },
  },
  {
    ...{ command: 'link', by: wong, args: ({ other }) => ({ case: other }) },
    becomes: { links: [{ how: 'related' }] },
  },
  {
    ...{ command: 'unlink', by: wong, args: ({ other }) => ({ case: other }), becomes: { links: [] } },
    before: (given) => give(given, 'link', wong, { case: given.other }),
  },
  {
    ...{ command: 'merge', by: lam, args: ({ other }) => ({ case: other, told: 'We go on under one number.' }) },
    ...{ becomes: { status: 'closed', links: [{ how: 'merged-into' }] }, told: ['We go on under one number.'] },
  },
  {
    ...{ command: 'duplicate', by: wong, args: ({ other }) => ({ case: other, told: 'We know of it already.' }) },
    ...{ becomes: { status: 'closed', links: [{ how: 'duplicate-of' }] }, told: ['We know of it already.'] },
  },
  {
    ...{ command: 'split', by: wong, before: takenBy(wong), args: () => ({ text: 'The noisy pump.' }) },
    ...{ becomes: { links: [{ how: 'split-into' }] }, told: ['The noisy pump.'] },
  },
  {
    ...{ command: 'resolve', by: wong, before: takenBy(wong) },
    args: () => ({ outcome: 'resolved', told: 'The post is manned.' }),
    ...{ becomes: { status: 'owned', resolved: { outcome: 'resolved' } }, told: ['The post is manned.'] },
  },
  {
    ...{ command: 'close', by: wong, before: takenBy(wong) },
    args: () => ({ outcome: 'resolved', told: 'Done, thank you.' }),
    ...{ becomes: { status: 'closed', outcome: 'resolved' }, told: ['Done, thank you.'] },
  },
  {
    ...{ command: 'reopen', by: wong, args: () => ({ reason: 'It is ours.' }), becomes: { status: 'paging' } },
    before: (given) => give(given, 'close', wong, { outcome: 'no_case' }),
  },
  { command: 'bot-wrong', by: wong, args: () => ({ should: 'A complaint about a person.' }), answers: ['on the list'] },
  { command: 'show', by: wong, answers: ['Customer', 'Nobody came when I rang'] },
  { command: 'print', by: wong, answers: ['/print/', 'signature='] },
  { command: 'search', by: wong, args: ({ caseId }) => ({ q: caseId }), answers: ['CASE'] },
  { command: 'my-cases', by: lee, before: takenBy(lee), answers: ['CASE'] },
  { command: 'team-cases', by: wong, answers: ['CASE'] },
  {
    // Serious matters run round the clock, so this one is due soon whatever day it is.
    ...{ command: 'due-soon', by: wong, answers: ['CASE'] },
    before: (given) => give(given, 'set-severity', wong, { severity: '2', reason: 'He was pushed.' }),
  },
  { command: 'on-duty', by: wong, answers: ['Harbour View Tower', 'until'] },
  { command: 'help', by: wong, answers: ['acknowledge GH-…', 'take-over'] },
  {
    ...{ command: 'take-over', by: somebodyOff, answers: ['The shift is yours'] },
    args: ({ stage }) => ({ shift: runningShift(stage), reason: 'He fell ill.' }),
  },
  { command: 'shifts', by: wong, answers: ['Tower officers', 'tower-officers'] },
  {
    ...{ command: 'cover', by: lam, answers: ['Ng Pui Yee stands in'] },
    args: ({ stage }) => ({ turn: freeTurns(stage)[0], person: 'ng-pui-yee', reason: 'A wedding.' }),
  },
  {
    ...{ command: 'swap', by: lam, answers: ['Swapped'] },
    args: ({ stage }) => {
      const [one, other] = twoPeople(freeTurns(stage))
      return { one, other, reason: 'They agreed.' }
    },
  },
  {
    ...{ command: 'close-offices', by: lam, answers: ['stand still', 'black rainstorm'] },
    before: reopened,
    args: () => ({ reason: 'black_rainstorm', site: 'harbour-view-tower' }),
  },
  {
    ...{ command: 'open-offices', by: lam, answers: ['run again'] },
    args: async (given) => ({ closure: await closed(given) }),
  },
  { command: 'verify', by: wong, args: () => ({ method: '1' }), answers: ['A code is on its way to SMS'] },
  {
    ...{ command: 'confirm', by: wong, answers: ['SMS •••• 0102 is yours'] },
    before: async ({ stage }) => {
      await stage.api('/commands/verify', { as: wong, args: { method: '1' } })
      await stage.house.settle()
      const sent = stage.phones.arrived.findLast(({ message }) => message.to.id === '+12025550102')
      lastCode = /\d{6}/.exec(sent?.message.text ?? '')?.[0] ?? ''
    },
    args: () => ({ code: lastCode }),
  },
  { command: 'quarantine', by: lam, answers: ['Nothing is quarantined'] },
  {
    ...{ command: 'release', by: lam, answers: ['being read once more'] },
    args: async ({ stage }) => ({ message: await quarantined(stage) }),
  },
]

/** The officer who is on duty at the tower now. */
function runningShift({ house }: Stage): string {
  const options = house.desk.shifts.running('harbour-view-tower', house.now())
  const found = options.find(({ id }) => id.startsWith('tower-officers '))
  if (found === undefined) throw new Error('nobody is on duty')
  return found.id
}

/** An officer of the tower who is not on duty now. */
function somebodyOff(stage: Stage): string {
  return runningShift(stage).endsWith(` ${wong}`) ? lee : wong
}

/** Shifts of the tower's officers that nothing was recorded about yet: each desk arranges its own. */
function freeTurns({ house }: Stage): readonly [string, ...string[]] {
  const arranged = new Set(house.live.duty().rosters.overrides.map(({ endAt }) => endAt.getTime()))
  const turns = comingTurns(house.live.duty(), 'harbour-view-tower', house.now()).slice(1)
  const free = turns.filter((one) => one.schedule === 'tower-officers' && !arranged.has(one.endAt.getTime()))
  const [first, ...more] = free.map(turnId)
  if (first === undefined) throw new Error('every shift was arranged already')
  return [first, ...more]
}

/** The first shift, and the next of somebody else. */
function twoPeople([one, ...more]: readonly [string, ...string[]]): readonly [string, string] {
  const other = more.find((turn) => turn.split(' ')[1] !== one.split(' ')[1])
  if (other === undefined) throw new Error('one person has every shift')
  return [one, other]
}

async function closed({ stage }: Given): Promise<string> {
  await stage.house.desk.rota.fresh()
  const [known] = stage.house.desk.rota.closures()
  if (known) return known.id
  const ask = { contract: 'harbour-view-tower', startAt: stage.house.now(), by: lam }
  return (await stage.house.desk.rota.close({ ...ask, reason: 'typhoon_signal_8' })).id
}

async function reopened({ stage }: Given): Promise<void> {
  await stage.house.desk.rota.fresh()
  for (const { id } of stage.house.desk.rota.closures())
    await stage.house.desk.rota.open({ id, endAt: stage.house.now(), by: lam })
}

let odd = 0
async function quarantined({ house }: Stage): Promise<string> {
  odd += 1
  const id = `odd-${odd}`
  const raw = { id, source: 'nowhere', channel: 'sms', kind: 'message', conversation: id, payload: {} } as const
  await house.inbox.receive({ ...raw, receivedAt: house.now() })
  await house.settle()
  return id
}

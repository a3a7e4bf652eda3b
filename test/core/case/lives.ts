import type { DeskSignal } from '../../../src/core/case/desk-signals.ts'
import type { World } from '../../../src/core/case/policy.ts'
import type { Actor, Signal } from '../../../src/core/case/signals.ts'
import { ann, ben, looked, minutes, said, start, world } from './given.ts'

export type Life = { readonly name: string; readonly world?: Partial<World>; readonly signals: readonly Signal[] }

export const cat: Actor = { id: 'cat', name: 'Cat' }
export const eve: Actor = { id: 'eve', name: 'Eve' }

type Given = Signal extends infer S ? (S extends { id: string; at: Date } ? Omit<S, 'id' | 'at'> : never) : never

/** What somebody does so many minutes after the beginning. */
export const does = (at: number, signal: Given | DeskSignal): Signal =>
  ({ id: `s${at}`, at: minutes(at), ...signal }) as Signal

export const complained = said('Nobody came.', start, {}, 'c0')
export const wrote = (at: number, text: string, change: Parameters<typeof said>[2] = {}) =>
  said(text, minutes(at), change, `c${at}`)
export const taken = does(1, { type: 'acknowledge', by: ann })
const serious = said('He was pushed.', start, { severity: 2 }, 'c0')
export const fire = { proposal: 'emergency', severity: 1, kind: 'emergency', category: 'fire_smoke_gas' } as const

/** Times of its own for a first answer and for the end, and a promise that is later than what we aim for. */
export const timed: Partial<World> = {
  targets: () => ({
    acknowledge: { seconds: 1_200, internalSeconds: 1_080 },
    firstReply: { seconds: 3_000, internalSeconds: 2_700 },
    resolution: { seconds: 36_000, internalSeconds: 32_400 },
  }),
}

export const failed = (at: number, person: string, method: number, epoch = 1) =>
  does(at, { type: 'page-failed', epoch, person, method, reason: 'switched off' })

export const lives: readonly Life[] = [
  {
    name: 'a bot’s answer nobody objects to closes the case in silence',
    signals: [
      said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false }, 'c0'),
      looked(minutes(59)),
      looked(minutes(60)),
    ],
  },
  {
    name: 'choices that are not taken bring a person, and so does asking for one',
    signals: [
      said('In?', start, { proposal: 'choices', answers: ['a', 'b'], complaint: false }, 'c0'),
      wrote(2, 'Hm?', { proposal: 'choices', answers: ['b', 'c'], complaint: false }),
      wrote(3, 'Thanks', { proposal: 'aside' }),
      looked(minutes(12)),
      wrote(13, 'A person please', { handoff: true, complaint: false }),
    ],
  },
  {
    name: 'asking for a person at once',
    signals: [said('Agent', start, { handoff: true, complaint: false }, 'c0')],
  },
  {
    name: 'nobody answers: chase, level 2, the ladder again, exhausted, still red, then taken',
    signals: [
      complained,
      ...[10, 15, 25, 35, 40, 50, 110, 170].map((at) => looked(minutes(at))),
      does(171, { type: 'acknowledge', by: ben }),
    ],
  },
  {
    name: 'danger: everybody at once, and again until somebody acts',
    signals: [said('Fire!', start, fire, 'c0'), looked(minutes(10)), looked(minutes(15)), looked(minutes(26))],
  },
  {
    name: 'danger without anybody on duty: the last resort, then the ladder from its foot',
    world: { onDuty: () => ({}) },
    signals: [said('Fire!', start, fire, 'c0'), looked(minutes(10))],
  },
  {
    name: 'pages that fail: the next method, then the level above, then the last resort by its next method',
    signals: [
      complained,
      failed(1, 'ann', 0),
      failed(2, 'ann', 1),
      failed(3, 'cat', 0),
      failed(4, 'cat', 1),
      failed(5, 'ben', 0),
      failed(6, 'ben', 1),
      looked(minutes(14)),
      looked(minutes(24)),
      failed(25, 'dan', 0),
      failed(26, 'nobody', 0),
    ],
  },
  {
    name: 'an owner who is silent is chased, and then the case climbs from where it was',
    signals: [
      complained,
      looked(minutes(10)),
      looked(minutes(15)),
      does(16, { type: 'acknowledge', by: ben }),
      looked(minutes(124)),
      looked(minutes(136)),
      looked(minutes(146)),
    ],
  },
  {
    name: 'notes keep an owner from being chased, not the customer’s promise; a reply keeps both',
    signals: [
      complained,
      taken,
      does(100, { type: 'note', by: ann, text: 'Looking.' }),
      does(101, { type: 'note', by: ben, text: 'Mine?' }),
      does(102, { type: 'reply', by: ann, text: 'We are at it.' }),
    ],
  },
  {
    name: 'a reply takes a case that nobody has; one to a closed case does nothing',
    signals: [
      complained,
      does(2, { type: 'reply', by: cat, text: 'I come.' }),
      does(3, { type: 'close', by: cat, outcome: 'resolved', told: 'Done.' }),
      does(4, { type: 'reply', by: cat, text: 'x' }),
    ],
  },
  {
    name: 'the first answer has a time of its own, met by the first answer',
    world: timed,
    signals: [complained, taken, does(5, { type: 'reply', by: ann, text: 'An answer.' })],
  },
  {
    name: 'overdue: the owner is chased before the promise, then the level above gets it, and has time',
    world: timed,
    signals: [
      complained,
      taken,
      does(500, { type: 'reply', by: ann, text: 'Soon.' }),
      looked(minutes(540)),
      looked(minutes(600)),
      does(601, { type: 'acknowledge', by: ben }),
      looked(minutes(700)),
      looked(minutes(722)),
    ],
  },
  {
    name: 'a question stops the clock; one reminder; then it runs again',
    world: timed,
    signals: [
      complained,
      does(2, { type: 'ask', by: ann, text: 'Which lift?' }),
      looked(minutes(122)),
      looked(minutes(242)),
      does(250, { type: 'ask', by: ann, text: 'Which?' }),
      wrote(260, 'The left one.'),
    ],
  },
  {
    name: 'a serious matter waits for nobody',
    signals: [
      serious,
      does(2, { type: 'ask', by: ann, text: 'Are you hurt?' }),
      does(3, { type: 'note', by: ann, text: 'No word.' }),
    ],
  },
  {
    name: 'a promised time is told, aimed at nine tenths, and never set into the past',
    signals: [
      complained,
      does(2, { type: 'promise', by: ann, until: minutes(102) }),
      does(3, { type: 'promise', by: ann, until: minutes(3) }),
      looked(minutes(92)),
      looked(minutes(102)),
    ],
  },
  {
    name: 'resolved, and closed when nobody objects',
    signals: [
      complained,
      taken,
      does(5, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Mended.' }),
      wrote(6, 'Thank you', { proposal: 'aside' }),
      looked(minutes(65)),
    ],
  },
  {
    name: 'resolved, but the customer objects: the old promise stands',
    world: timed,
    signals: [
      complained,
      taken,
      does(5, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Mended.' }),
      wrote(8, 'It is not.'),
    ],
  },
  {
    name: 'nobody had it: resolving takes it',
    signals: [complained, does(5, { type: 'resolve', by: cat, outcome: 'not_for_us', told: 'Ask the council.' })],
  },
  {
    name: 'closed without words, opened again by staff, then by the customer',
    signals: [
      complained,
      does(1, { type: 'close', by: ann, outcome: 'no_case', told: '' }),
      does(2, { type: 'reopen', by: ben, reason: 'It is one.' }),
      does(3, { type: 'reopen', by: ben, reason: 'x' }),
      does(4, { type: 'close', by: ann, outcome: 'resolved', told: 'Done.' }),
      wrote(5, 'Thanks', { proposal: 'aside' }),
      wrote(6, 'Again!', { kind: 'enquiry' }),
      does(7, { type: 'close', by: ann, outcome: 'resolved', told: 'Done.' }),
      wrote(8, 'Fire!', fire),
    ],
  },
  {
    name: 'escalated while it is paged, when it is owned, from the bot, and above the last level',
    signals: [
      said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false }, 'c0'),
      does(1, { type: 'escalate', by: ann, reason: 'Odd.' }),
      does(2, { type: 'acknowledge', by: ann }),
      does(3, { type: 'escalate', by: ann, reason: 'A manager.' }),
      does(4, { type: 'escalate', by: ben, reason: 'More.' }),
    ],
  },
  {
    name: 'a message that does not arrive is shown, told to the owner, and dealt with by a reply',
    signals: [
      complained,
      taken,
      does(2, { type: 'not-delivered', messageId: 'm1', reason: 'unknown number', certain: true }),
      does(3, { type: 'not-delivered', messageId: 'm2', reason: 'timeout', certain: false }),
      does(4, { type: 'reply', by: ann, text: 'Again.' }),
    ],
  },
  {
    name: 'an answer of the bot that does not arrive brings people',
    signals: [
      said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false }, 'c0'),
      does(1, { type: 'not-delivered', messageId: 'm1', reason: 'off', certain: false }),
    ],
  },
]

export const worldOf = (life: Life): World => ({ ...world, ...life.world })

import type { Person, World } from '../../../src/core/case/policy.ts'
import { ann, ben, looked, minutes, onDutyNow, policy, said, start } from './given.ts'
import { cat, complained, does, eve, failed, fire, type Life, taken, timed, wrote } from './lives.ts'

const person = (id: string, change: Partial<Person> = {}): Person => ({
  id,
  name: id,
  language: 'en',
  methods: 2,
  ...change,
})

/** An answer within half an hour and an end within one; severity 4 is promised a person and nothing else. */
const hurried: Partial<World> = {
  targets: ({ severity }) => ({
    acknowledge: { seconds: 1_200, internalSeconds: 1_080 },
    ...(severity < 4 && {
      firstReply: { seconds: 1_800, internalSeconds: 1_620 },
      resolution: { seconds: 3_600, internalSeconds: 3_240, clock: 'always' as const },
    }),
  }),
  // Counts pauses, and on the clock that never stops a second more, so that it can be told which clock was asked.
  due: (from, seconds, _severity, { clock, pauses = [] } = {}) =>
    new Date(
      pauses.reduce(
        (at, { startAt, endAt = startAt }) =>
          at + Math.max(0, endAt.getTime() - Math.max(startAt.getTime(), from.getTime())),
        from.getTime() + (seconds + (clock === 'always' ? 1 : 0)) * 1_000,
      ),
    ),
}

/** A ladder of three levels, so that "the next" and "the last" are two. */
const three: Partial<World> = {
  policy: {
    ...policy,
    ladders: {
      ...policy.ladders,
      3: {
        ...policy.ladders[3],
        steps: [
          ...policy.ladders[3].steps,
          { notify: ['level-3'], ackWithinSeconds: 600, chases: 0, chaseEverySeconds: 300 },
        ],
      },
    },
  },
  onDuty: () => ({ ...onDutyNow, 'level-3': [person('fay')] }),
}

const files = [{ id: 'f1', name: 'permit.pdf', type: 'application/pdf', bytes: 10 }] as never
const routine = said('The bin is full.', start, { severity: 4, kind: 'service_request', category: 'facility' }, 'c0')

export const livesOfTrouble: readonly Life[] = [
  {
    name: 'an end is due within the hour: not while nobody has it, chased late with time left, then a level higher',
    world: { ...hurried, ...three },
    signals: [
      complained,
      does(50, { type: 'acknowledge', by: ann }),
      does(51, { type: 'reply', by: ann, text: 'Soon.' }),
      looked(minutes(58)),
      looked(minutes(64)),
      does(65, { type: 'acknowledge', by: ben }),
      does(66, { type: 'assign', by: ben, to: cat, note: '' }),
      does(67, { type: 'offer-hand-over', by: cat, to: ben, note: '' }),
      does(68, { type: 'accept-hand-over', by: ben }),
      does(69, { type: 'escalate', by: ben, reason: 'x' }),
      does(70, { type: 'acknowledge', by: eve }),
      looked(minutes(190)),
    ],
  },
  {
    name: 'overdue with the last level: that level again, not the end of the ladder',
    world: timed,
    signals: [
      complained,
      looked(minutes(10)),
      looked(minutes(15)),
      does(16, { type: 'acknowledge', by: ben }),
      does(500, { type: 'reply', by: ben, text: 'Soon.' }),
      looked(minutes(540)),
      looked(minutes(600)),
    ],
  },
  {
    name: 'asked while an end is due within the hour: it waits, and an edited message goes on',
    world: hurried,
    signals: [
      complained,
      taken,
      does(10, { type: 'ask', by: ann, text: 'Which?', files }),
      looked(minutes(56)),
      does(70, { type: 'message-changed', messageId: 'c0', text: 'The left one.' }),
      looked(minutes(115)),
      looked(minutes(121)),
    ],
  },
  {
    name: 'closed and opened again: every promise begins anew',
    world: hurried,
    signals: [
      complained,
      taken,
      does(2, { type: 'close', by: ann, outcome: 'resolved', told: 'Done.' }),
      does(9, { type: 'reopen', by: ben, reason: 'It is not.' }),
    ],
  },
  {
    name: 'resolved, then serious: it is not done, whoever says so',
    world: hurried,
    signals: [
      complained,
      taken,
      does(2, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Done.' }),
      does(9, { type: 'set-severity', by: ben, severity: 2, reason: 'Force.' }),
      looked(minutes(19)),
      looked(minutes(62)),
    ],
  },
  {
    name: 'resolved, but the customer tells of force',
    world: hurried,
    signals: [
      complained,
      taken,
      does(2, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Done.' }),
      wrote(9, 'He pushed me', { severity: 2, category: 'use_of_force' }),
    ],
  },
  {
    name: 'routine that becomes standard gets its promises then; back to routine they stay',
    world: hurried,
    signals: [
      routine,
      does(3, { type: 'set-severity', by: ann, severity: 3, reason: 'x' }),
      does(4, { type: 'acknowledge', by: ann }),
      does(5, { type: 'set-severity', by: ann, severity: 4, reason: 'x' }),
      does(6, { type: 'set-severity', by: ann, severity: 3, reason: 'x' }),
    ],
  },
  {
    name: 'given shortly before the first answer is due: that comes first; answers carry their files',
    world: hurried,
    signals: [
      complained,
      does(20, { type: 'assign', by: ben, to: cat, note: '' }),
      does(26, { type: 'reply', by: cat, text: 'Here.', files }),
    ],
  },
  {
    name: 'an owner who writes a note after what was promised has passed is given no time in the past',
    signals: [complained, taken, looked(minutes(121)), does(122, { type: 'note', by: ann, text: 'x' })],
  },
  {
    name: 'whoever has no method is nobody: the level is empty',
    world: {
      onDuty: () => ({ 'level-1': [person('ann', { methods: 0 })], 'level-2': [person('ben', { methods: 1 })] }),
    },
    signals: [complained],
  },
  {
    name: 'of two on a step one cannot be reached: the other is chased, by what has not failed, and told why',
    signals: [
      complained,
      failed(1, 'ann', 0),
      failed(2, 'ann', 1),
      failed(3, 'ann', 1),
      looked(minutes(10)),
      failed(11, 'cat', 1),
    ],
  },
  {
    name: 'methods with delays: the first has none, one without is kept for failures, and those of the last resort count too',
    world: {
      onDuty: () => ({ 'level-1': [person('ann', { methods: 4, delays: [30, undefined, 120, 0] })] }),
      lastResort: [person('dan', { methods: 3, delays: [0, 60, 120] })],
      policy: { ...policy, ladders: { ...policy.ladders, 3: { ...policy.ladders[3], cycles: 1 } } },
    },
    signals: [
      complained,
      ...[2, 10, 15, 15.5, 16, 17].map((at) => looked(minutes(at))),
      failed(18, 'dan', 2),
      failed(19, 'dan', 0),
      failed(20, 'dan', 1),
    ],
  },
  {
    name: 'nobody above and no cycle left to wait for: unreachable people end in the last resort at once',
    world: {
      onDuty: () => ({ 'level-1': [person('ann', { methods: 1 })] }),
      policy: { ...policy, ladders: { ...policy.ladders, 3: { ...policy.ladders[3], cycles: 1 } } },
    },
    signals: [complained, failed(1, 'ann', 0)],
  },
  {
    name: 'nobody above but a cycle left: its time is waited out',
    world: { onDuty: () => ({ 'level-1': [person('ann', { methods: 1 })] }) },
    signals: [complained, failed(1, 'ann', 0), looked(minutes(10)), looked(minutes(15)), failed(16, 'ann', 0)],
  },
  {
    name: 'danger while nobody is there: when somebody comes they are paged',
    world: { onDuty: ({ epoch }) => (epoch < 2 ? {} : onDutyNow) },
    signals: [said('Fire!', start, fire, 'c0'), looked(minutes(10)), looked(minutes(20)), looked(minutes(21))],
  },
  {
    name: 'the last resort without those it is about; with the line near them where nobody else is left',
    world: {
      onDuty: () => ({}),
      lastResort: [person('dan'), person('fay'), person('gus')],
      isWalledOff: ({ about = [] }, id) => about.includes(id) || (about.includes('dan') && id === 'fay'),
    },
    signals: [
      complained,
      does(1, { type: 'wall', by: ben, about: ['dan'] }),
      does(2, { type: 'wall', by: ben, about: ['dan', 'gus'] }),
      does(3, { type: 'wall', by: ben, about: ['gus'] }),
    ],
  },
  {
    name: 'offices are closed: what is owned is put off, what the bot asked and what is exhausted is not',
    world: { again: (_setAt, dueAt) => new Date(dueAt.getTime() + 3_600_000) },
    signals: [complained, taken, looked(minutes(109)), looked(minutes(169))],
  },
  {
    name: 'offices are closed while the bot asks',
    world: { again: (_setAt, dueAt) => new Date(dueAt.getTime() + 3_600_000), onDuty: () => ({}) },
    signals: [
      said('In?', start, { proposal: 'choices', answers: ['a'], complaint: false }, 'c0'),
      looked(minutes(10)),
      looked(minutes(70)),
    ],
  },
]

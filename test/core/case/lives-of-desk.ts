import type { Signal } from '../../../src/core/case/signals.ts'
import { ann, ben, looked, minutes, onDutyNow, policy, said, start } from './given.ts'
import { cat, complained, does, eve, failed, fire, type Life, taken, timed, wrote } from './lives.ts'

export const livesOfDesk: readonly Life[] = [
  {
    name: 'a named time: handed back, taken again, missed, taken once more, and kept late',
    signals: [
      complained,
      taken,
      does(5, { type: 'promise', by: ann, until: minutes(90) }),
      does(20, { type: 'escalate', by: ann, reason: 'Above me.' }),
      does(25, { type: 'acknowledge', by: ben }),
      looked(minutes(83.5)),
      looked(minutes(90)),
      does(91, { type: 'acknowledge', by: cat }),
      does(95, { type: 'note', by: cat, text: 'Ringing.' }),
      does(100, { type: 'reply', by: cat, text: 'It runs.' }),
    ],
  },
  {
    name: 'assigned by a supervisor: a sign is due as soon as from anybody paged',
    signals: [
      complained,
      does(2, { type: 'assign', by: ben, to: ann, note: 'You know him.' }),
      does(3, { type: 'assign', by: ben, to: ann, note: '' }),
      does(4, { type: 'assign', by: ben, to: cat, note: '' }),
      does(5, { type: 'assign', by: ben, to: ben, note: '' }),
      looked(minutes(14)),
    ],
  },
  {
    name: 'assigning it to oneself is taking it',
    signals: [complained, does(2, { type: 'assign', by: cat, to: cat, note: '' })],
  },
  {
    name: 'handed over: the giver has it until the receiver accepts',
    signals: [
      complained,
      taken,
      does(2, { type: 'offer-hand-over', by: ann, to: cat, note: 'Off at 7.' }),
      does(3, { type: 'offer-hand-over', by: ann, to: cat, note: '' }),
      does(4, { type: 'accept-hand-over', by: ben }),
      does(5, { type: 'decline-hand-over', by: ben, reason: 'x' }),
      does(6, { type: 'decline-hand-over', by: cat, reason: 'Busy.' }),
      does(7, { type: 'offer-hand-over', by: ann, to: ann, note: '' }),
      does(8, { type: 'offer-hand-over', by: ann, to: cat, note: 'Please.' }),
      does(9, { type: 'accept-hand-over', by: cat }),
    ],
  },
  {
    name: 'one person is paged beside the ladder, and later beside an owner',
    signals: [
      complained,
      does(2, {
        type: 'page-person',
        by: ann,
        person: { id: 'eve', name: 'Eve', language: 'en', methods: 2 },
        reason: 'You know.',
      }),
      does(3, {
        type: 'page-person',
        by: ann,
        person: { id: 'fay', name: 'Fay', language: 'en', methods: 0 },
        reason: 'x',
      }),
      looked(minutes(10)),
      does(11, { type: 'acknowledge', by: eve }),
      does(12, {
        type: 'page-person',
        by: eve,
        person: { id: 'cat', name: 'Cat', language: 'en', methods: 1 },
        reason: 'Look.',
      }),
    ],
  },
  {
    name: 'people say what it is; a graver severity starts again, a milder one from the foot',
    signals: [
      complained,
      does(1, { type: 'set-kind', by: ann, kind: 'service_request' }),
      does(2, { type: 'set-kind', by: ann, kind: 'service_request' }),
      does(3, { type: 'set-category', by: ann, category: 'noise' }),
      does(4, { type: 'set-category', by: ann, category: 'noise' }),
      does(5, { type: 'set-severity', by: ann, severity: 4, reason: 'Small.' }),
      does(6, { type: 'set-severity', by: ann, severity: 4, reason: 'x' }),
      does(7, { type: 'acknowledge', by: ann }),
      does(8, { type: 'set-kind', by: ben, kind: 'complaint' }),
    ],
  },
  {
    name: 'an owned case becomes serious while the customer is asked: nothing waits, and the owner must show that they know',
    world: timed,
    signals: [
      complained,
      does(2, { type: 'ask', by: ann, text: 'Which?' }),
      does(3, { type: 'set-severity', by: ben, severity: 2, reason: 'Force.' }),
      does(4, { type: 'set-severity', by: ann, severity: 1, reason: 'Fire.' }),
      does(5, { type: 'set-severity', by: ben, severity: 3, reason: 'False.' }),
    ],
  },
  {
    name: 'the bot’s case becomes serious',
    signals: [
      said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false }, 'c0'),
      does(1, { type: 'set-severity', by: ann, severity: 4, reason: 'x' }),
      does(2, { type: 'set-severity', by: ann, severity: 2, reason: 'Bitten.' }),
    ],
  },
  {
    name: 'links, parties and their limits',
    signals: [
      complained,
      does(1, { type: 'link', by: ann, link: { caseId: 'GH-2', how: 'related' } }),
      does(2, { type: 'link', by: ann, link: { caseId: 'GH-2', how: 'related' } }),
      does(3, { type: 'link', by: ann, link: { caseId: 'GH-2', how: 'duplicate-of' } }),
      does(4, { type: 'link', by: ann, link: { caseId: 'GH-2026-000001', how: 'related' } }),
      does(5, { type: 'unlink', by: ann, other: 'GH-3' }),
      does(6, { type: 'unlink', by: ann, other: 'GH-2' }),
      does(7, { type: 'add-party', by: ann, party: { name: 'Ho', role: 'witness' } }),
    ],
  },
  {
    name: 'goes on under another number',
    signals: [
      complained,
      does(1, { type: 'close-as', by: ann, link: { caseId: 'GH-2026-000001', how: 'merged-into' }, told: 'x' }),
      does(2, { type: 'close-as', by: ann, link: { caseId: 'GH-2', how: 'merged-into' }, told: 'One number.' }),
      does(3, { type: 'close-as', by: ann, link: { caseId: 'GH-3', how: 'merged-into' }, told: 'x' }),
    ],
  },
  {
    name: 'a matter of its own, split off',
    signals: [
      does(0, {
        type: 'split-off',
        by: ann,
        from: { caseId: 'GH-1', severity: 3, kind: 'complaint' },
        category: 'noise',
        language: 'zh-HK',
        about: 'The pump.',
        opened: {
          caseId: 'GH-2',
          site: 'tower',
          customer: { channel: 'sms', id: '+12025550123' },
          contact: {},
          via: { channel: 'sms', id: '+12025550190' },
          conversation: 'sms:1:2',
        },
      }),
    ],
  },
  {
    name: 'words changed and taken back, before and after somebody has it',
    signals: [
      complained,
      does(1, { type: 'message-changed', messageId: 'c0', text: 'Nobody came twice.' }),
      does(2, { type: 'ask', by: ann, text: 'When?' }),
      does(3, { type: 'message-changed', messageId: 'c0' }),
      does(4, { type: 'message-changed', messageId: 'c0', text: 'At six.' }),
    ],
  },
  {
    name: 'about a member of staff: who must keep out loses it',
    world: {
      onDuty: ({ about = [] }) => ({
        'level-1': onDutyNow['level-1'].filter(({ id }) => !about.includes(id)),
        'level-2': onDutyNow['level-2'],
      }),
    },
    signals: [
      complained,
      taken,
      does(2, { type: 'wall', by: ben, about: ['ann'] }),
      does(3, { type: 'wall', by: ben, about: ['ann'] }),
      does(4, { type: 'note', by: ann, text: 'x' }),
      does(5, { type: 'assign', by: ben, to: ann, note: '' }),
      does(6, {
        type: 'page-person',
        by: ben,
        person: { id: 'ann', name: 'Ann', language: 'en', methods: 1 },
        reason: 'x',
      }),
    ],
  },
  {
    name: 'additions: acknowledged once a minute, graver ones start again, danger rouses the owner',
    signals: [
      complained,
      wrote(2, 'And rude.', { kind: 'feedback' }),
      wrote(2.5, 'Very.'),
      wrote(4, 'A person!', { handoff: true, complaint: false }),
      wrote(5, 'He hit me', { severity: 2, category: 'use_of_force' }),
      does(6, { type: 'acknowledge', by: ann }),
      wrote(7, 'Smoke!', { ...fire, severity: 3 }),
      does(8, { type: 'note', by: ann, text: 'On it.' }),
      wrote(9, 'Fire!', fire),
    ],
  },
  {
    name: 'danger on a case whose ladder is exhausted starts it again',
    world: { onDuty: () => ({}) },
    signals: [said('Fire?', start, { severity: 2 }, 'c0'), wrote(1, 'Fire!', { ...fire, severity: 2 })],
  },
  {
    name: 'offices close: what is due is put off, and comes then',
    world: { again: (_setAt, dueAt) => (dueAt.getTime() === minutes(10).getTime() ? minutes(40) : dueAt) },
    signals: [complained, looked(minutes(10)), looked(minutes(40))],
  },
  {
    name: 'somebody’s own methods come one after the other, by their delays',
    world: {
      onDuty: () => ({ 'level-1': [{ id: 'ann', name: 'Ann', language: 'en', methods: 3, delays: [0, 0, 120] }] }),
      policy: { ...policy, additionQuietSeconds: 60 },
    },
    signals: [complained, looked(minutes(1)), failed(1.5, 'ann', 1), looked(minutes(2)), looked(minutes(10))],
  },
  {
    name: 'an automatic message neither opens a case nor is answered',
    signals: [
      {
        ...(said('Out of office', start, {}, 'a0') as object),
        message: { ...(complained as { message: object }).message, automatic: true },
      } as unknown as Signal,
      complained,
      {
        ...(wrote(1, 'Out of office') as object),
        message: { ...(complained as { message: object }).message, id: 'a1', automatic: true },
      } as unknown as Signal,
    ],
  },
]

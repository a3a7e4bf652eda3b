import type { Signal } from '../../../src/core/case/signals.ts'
import { ann, ben, looked, minutes, said, start } from './given.ts'
import { cat, complained, does, eve, fire, taken } from './lives.ts'

const asking = does(2, { type: 'ask', by: ann, text: 'Which?' })

/** A case in each of the situations it can be in. */
export const situations: Readonly<Record<string, readonly Signal[]>> = {
  'never opened': [],
  'answered by the bot': [said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false }, 'c0')],
  'asked which answer fits': [said('In?', start, { proposal: 'choices', answers: ['a'], complaint: false }, 'c0')],
  paging: [complained],
  'paging in danger': [said('Fire!', start, fire, 'c0')],
  exhausted: [complained, ...[10, 15, 25, 35, 40, 50].map((at) => looked(minutes(at)))],
  owned: [complained, taken],
  'owned, the customer asked': [complained, taken, asking],
  'owned, a date agreed': [complained, taken, does(2, { type: 'promise', by: ann, until: minutes(900), agreed: true })],
  'owned, offered to somebody': [complained, taken, does(2, { type: 'offer-hand-over', by: ann, to: cat, note: '' })],
  'owned, resolved': [complained, taken, does(2, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Done.' })],
  'owned, somebody named': [
    said('Ann did not come.', start, { named: [ann] }, 'c0'),
    does(1, { type: 'acknowledge', by: cat }),
  ],
  closed: [complained, does(2, { type: 'close', by: ann, outcome: 'resolved', told: 'Done.' })],
}

const at = 60
const wrote = (change: Parameters<typeof said>[2]) => said('words', minutes(at), change, 'c60')
const automatic = {
  ...wrote({}),
  message: { ...(wrote({}) as { message: object }).message, automatic: true },
} as Signal
const asked = { command: 'show', desk: 'slack', args: {} }

/** Everything that can reach a case, an hour after it began. */
export const everySignal: Readonly<Record<string, Signal>> = {
  'a message': wrote({}),
  'a question the bot knows': wrote({ proposal: 'answer', answers: ['pets'], complaint: false }),
  'an unclear question': wrote({ proposal: 'choices', answers: ['a', 'b'], complaint: false }),
  'an answer without words': wrote({ proposal: 'answer', answers: [] }),
  'choices without any': wrote({ proposal: 'choices', answers: [] }),
  thanks: wrote({ proposal: 'aside' }),
  danger: wrote(fire),
  'danger that is called routine': wrote({ ...fire, severity: 4 }),
  'something serious': wrote({ severity: 2 }),
  'a wish for a person': wrote({ handoff: true, complaint: false }),
  'a feedback': wrote({ kind: 'feedback', severity: 4 }),
  'an automatic message': automatic,
  'a look at the clock': looked(minutes(at)),
  'a look when it is long over': looked(minutes(1_300)),
  acknowledge: does(at, { type: 'acknowledge', by: ben }),
  'reply by the owner': does(at, { type: 'reply', by: ann, text: 'x' }),
  'note by the owner': does(at, { type: 'note', by: ann, text: 'x' }),
  'note by another': does(at, { type: 'note', by: ben, text: 'x' }),
  escalate: does(at, { type: 'escalate', by: ann, reason: 'x' }),
  close: does(at, { type: 'close', by: ann, outcome: 'unreachable', told: '' }),
  reopen: does(at, { type: 'reopen', by: ben, reason: 'x' }),
  wall: does(at, { type: 'wall', by: ben, about: ['ann'] }),
  'not about the suspect': does(at, { type: 'clear', by: ben, person: ann, reason: 'x' }),
  'a page that failed': does(at, { type: 'page-failed', epoch: 1, person: 'ann', method: 0, reason: 'off' }),
  'the last resort’s page that failed': does(at, {
    type: 'page-failed',
    epoch: 1,
    person: 'dan',
    method: 0,
    reason: 'off',
  }),
  'a message not delivered': does(at, { type: 'not-delivered', messageId: 'm', reason: 'off', certain: true }),
  'an answer not delivered': does(at, {
    ...({ type: 'not-delivered', messageId: 'm', reason: 'off', certain: true, occasion: 'reply' } as const),
  }),
  'an answer refused after STOP': does(at, {
    ...({ type: 'not-delivered', messageId: 'm', reason: 'STOP', certain: true, occasion: 'reply' } as const),
    stopped: true,
  }),
  'writing is allowed again': does(at, { type: 'reachable-again', missed: ['x'] }),
  'assign to another': does(at, { type: 'assign', by: ben, to: eve, note: '' }),
  'assign to oneself': does(at, { type: 'assign', by: ben, to: ben, note: '' }),
  'assign to the owner': does(at, { type: 'assign', by: ben, to: ann, note: '' }),
  'offer-hand-over': does(at, { type: 'offer-hand-over', by: ann, to: cat, note: '' }),
  'accept-hand-over': does(at, { type: 'accept-hand-over', by: cat }),
  'decline-hand-over': does(at, { type: 'decline-hand-over', by: cat, reason: '' }),
  ask: does(at, { type: 'ask', by: ann, text: 'x' }),
  promise: does(at, { type: 'promise', by: ann, until: minutes(900) }),
  'promise what was agreed': does(at, { type: 'promise', by: ann, until: minutes(900), agreed: true }),
  'promise for now': does(at, { type: 'promise', by: ann, until: minutes(at) }),
  resolve: does(at, { type: 'resolve', by: ben, outcome: 'resolved', told: 'x' }),
  'set-kind': does(at, { type: 'set-kind', by: ben, kind: 'enquiry' }),
  'set-kind as it is': does(at, { type: 'set-kind', by: ben, kind: 'complaint' }),
  'set-category': does(at, { type: 'set-category', by: ben, category: 'noise' }),
  'set-severity to grave': does(at, { type: 'set-severity', by: ben, severity: 2, reason: 'x' }),
  'set-severity to grave by the owner': does(at, { type: 'set-severity', by: ann, severity: 2, reason: 'x' }),
  'set-severity to mild': does(at, { type: 'set-severity', by: ben, severity: 4, reason: 'x' }),
  'set-severity as it is': does(at, { type: 'set-severity', by: ben, severity: 3, reason: 'x' }),
  'set-severity as it is, complex': does(at, {
    type: 'set-severity',
    by: ben,
    severity: 3,
    reason: 'x',
    complex: true,
  }),
  'page-person': does(at, {
    ...{ type: 'page-person', by: ben, reason: 'x' },
    person: { id: 'eve', name: 'Eve', language: 'en', methods: 1 },
  }),
  link: does(at, { type: 'link', by: ann, link: { caseId: 'GH-2', how: 'related' } }),
  unlink: does(at, { type: 'unlink', by: ann, other: 'GH-2' }),
  'named in words on another case': does(at, { type: 'named-too', by: ben, other: 'GH-2' }),
  'add-party': does(at, { type: 'add-party', by: ann, party: { name: 'Ho', role: 'witness' } }),
  'close-as': does(at, { type: 'close-as', by: ann, link: { caseId: 'GH-2', how: 'merged-into' }, told: 'x' }),
  'look at the file': { ...does(at, { type: 'look', by: ann }), asked },
  'split-off': does(at, {
    ...{ type: 'split-off', by: ann, category: 'noise', language: 'en', about: 'x' },
    from: { caseId: 'GH-1', severity: 3, kind: 'complaint' },
    opened: {
      ...{ caseId: 'GH-2', site: 'tower', contact: {}, conversation: 'sms:1:2' },
      ...{ customer: { channel: 'sms', id: '+12025550123' }, via: { channel: 'sms', id: '+12025550190' } },
    },
  }),
  'words changed': does(at, { type: 'message-changed', messageId: 'c0', text: 'y' }),
  'words taken back': does(at, { type: 'message-changed', messageId: 'c0' }),
}

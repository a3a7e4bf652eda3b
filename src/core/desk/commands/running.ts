import { holds } from '../../duty/directory.ts'
import { command, type DeskCommand, handlers, leaders, words } from '../command.ts'
import { refuse } from '../performed.ts'

const mostShown = 20

/** A quarantined message has no site yet, so only those who answer for all of them may look. */
const everywhere = '*'

export const runningCommands: readonly DeskCommand[] = [
  command({
    name: 'take-over',
    label: 'Take over a shift',
    help: 'Take over from somebody who is on duty now, to the end of their shift. You must be fit for the post.',
    roles: handlers,
    about: 'desk',
    place: 'typed',
    shortcut: 'global',
    fields: [
      { kind: 'choice', name: 'shift', label: 'Whose shift', required: true, options: [], from: 'shifts' },
      words('reason', 'Reason', { lines: 'one', maxLength: 200 }),
    ],
    form: { title: 'Take over a shift', submit: 'Take over' },
    run: async ({ id, by, at }, { shift = '', reason = '' }, { shifts }) => {
      const [schedule = '', from = ''] = shift.split(' ')
      const taken = await shifts.takeOver({ id, schedule, from, to: by.id, at, reason })
      if (!taken.ok) return refuse('bad-arguments', `shift: ${taken.faults.join('; ')}`, 'shift')
      return {
        outcome: 'answered',
        answer: `The shift is yours until ${taken.until.toISOString()}. Pages come to you.`,
      }
    },
  }),
  command({
    name: 'quarantine',
    label: 'Quarantined messages',
    help: 'What arrived and could not be understood, mail that was taken for a machine’s, and why.',
    roles: leaders,
    about: 'desk',
    place: 'typed',
    run: async ({ by }, _args, desk) => {
      if (!holds(by, everywhere, leaders)) return refuse('not-allowed', 'Needs a role at all sites.')
      const rows = await desk.quarantine.list(mostShown)
      const items = rows.map(({ id, channel, reason }) => ({ title: `${channel} ${id}`, detail: reason }))
      const list = { title: 'Quarantined', items, empty: 'Nothing is quarantined.' }
      const answer = [
        items.length === 0 ? list.empty : list.title,
        ...items.map((one) => `${one.title}: ${one.detail}`),
      ]
      return { outcome: 'answered', answer: answer.join('\n'), shown: { list } }
    },
  }),
  command({
    name: 'release',
    label: 'Release a message',
    help: 'Let a quarantined message, or mail that was suppressed, be read once more, e.g. after a fault was mended.',
    roles: leaders,
    about: 'desk',
    place: 'typed',
    fields: [
      { kind: 'choice', name: 'message', label: 'Which message', required: true, options: [], from: 'quarantine' },
    ],
    form: { title: 'Release a message', submit: 'Release' },
    run: async ({ by, at }, { message = '' }, desk) => {
      if (!holds(by, everywhere, leaders)) return refuse('not-allowed', 'Needs a role at all sites.')
      const isReleased = await desk.quarantine.release(message, { at, by: by.id })
      if (!isReleased) return refuse('bad-arguments', 'message: is not set aside (any more)', 'message')
      return { outcome: 'answered', answer: 'It is being read once more.' }
    },
  }),
]

import { personOf } from '../../duty/directory.ts'
import { command, type DeskCommand, handlers, oneStep, person, reason } from '../command.ts'
import { colleague } from './ownership.ts'

export const ladderCommands: readonly DeskCommand[] = [
  command({
    name: 'escalate',
    label: 'Escalate',
    help: 'Page the next level now, with the reason.',
    roles: handlers,
    place: 'card',
    fields: [reason],
    form: { title: 'Escalate', submit: 'Escalate', intro: 'The next level is told at once.' },
    steps: oneStep(({ reason: why = '' }, when) => ({ type: 'escalate', ...when, reason: why })),
  }),
  command({
    name: 'page',
    label: 'Page a person',
    help: 'Ask one person to look at the case now, with the reason. The ladder goes on.',
    roles: handlers,
    fields: [person('Whom'), reason],
    form: { title: 'Page a person', submit: 'Page', intro: 'They are told at once, by each of their ways in turn.' },
    steps: oneStep(({ person: id = '', reason: why = '' }, when, look) => {
      const found = colleague(look, id)
      if (typeof found === 'string') return found
      const paged = personOf(found)
      return paged.methods === 0
        ? `${found.name} has no verified way to be reached.`
        : { type: 'page-person', ...when, person: paged, reason: why }
    }),
  }),
]

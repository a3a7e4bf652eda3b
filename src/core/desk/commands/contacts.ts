import { command, type DeskCommand, everybody, words } from '../command.ts'
import { refuse } from '../performed.ts'

export const contactCommands: readonly DeskCommand[] = [
  command({
    name: 'verify',
    label: 'Verify an address',
    help: 'Show that a number, mailbox or account of yours is yours: a code is sent there, and you type it with "confirm".',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    fields: [{ kind: 'choice', name: 'method', label: 'Which of yours', required: true, options: [], from: 'methods' }],
    form: { title: 'Verify an address', submit: 'Send a code', intro: 'Type the code afterwards: confirm 123456.' },
    run: async ({ by, at }, { method = '' }, { contacts }) => {
      const chosen = /^\d{1,2}$/.test(method) ? by.methods[Number(method)] : undefined
      if (chosen === undefined)
        return refuse('bad-arguments', 'method: must be one of your addresses in the staff list.', 'method')
      const isOn = await contacts.sendCode(by, chosen, at)
      if (!isOn)
        return refuse('bad-arguments', `method: must not be ${chosen.address.channel}, which is off.`, 'method')
      const answer = `A code is on its way to ${contacts.nameOf(chosen)}. Within ten minutes, type: confirm and the code.`
      return { outcome: 'answered', answer }
    },
  }),
  command({
    name: 'confirm',
    label: 'Type a code',
    help: 'Type the code that was sent to an address of yours; from then on it counts as yours.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    fields: [words('code', 'Code', { lines: 'one', maxLength: 12 })],
    form: { title: 'Type a code', submit: 'Confirm' },
    run: async ({ id, by, at }, { code = '' }, { contacts }) => {
      const confirmed = await contacts.confirm(by, { id, code, at })
      if (confirmed === undefined)
        return refuse('bad-arguments', 'code: must be the newest that was sent, at most ten minutes old.', 'code')
      return {
        outcome: 'answered',
        answer: `${contacts.nameOf(confirmed)} is yours. Pages may come there from now on.`,
      }
    },
  }),
]

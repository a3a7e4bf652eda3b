import { command, type DeskCommand, everybody, words } from '../command.ts'
import { refuse } from '../performed.ts'

export const contactCommands: readonly DeskCommand[] = [
  command({
    name: 'verify',
    label: 'Confirm an address',
    help: 'Confirm that a number, mailbox or account of yours is yours: a code is sent there, and you type it here.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    fields: [
      { kind: 'choice', name: 'method', label: 'Which of yours', required: true, options: [], from: 'methods' },
      words('code', 'Code', {
        lines: 'one',
        maxLength: 12,
        required: false,
        hint: 'Empty: a code is sent there first.',
      }),
    ],
    form: {
      ...{ title: 'Confirm an address', submit: 'Go on' },
      intro: 'First leave the code empty: it is sent to the address. Then open this again and type it.',
    },
    run: async ({ id, by, at }, { method = '', code = '' }, { contacts }) => {
      const chosen = by.methods[Number(method)]
      if (chosen === undefined || !/^\d{1,2}$/.test(method))
        return refuse('bad-arguments', 'method: you have no such address in the staff list.', 'method')
      const where = contacts.nameOf(chosen)
      if (code === '') {
        const isOn = await contacts.sendCode(by, chosen, at)
        if (!isOn) return refuse('bad-arguments', `method: ${chosen.address.channel} is switched off.`, 'method')
        return { outcome: 'answered', answer: `A code is on its way to ${where}. Type it here within ten minutes.` }
      }
      const isRight = await contacts.confirm(by, chosen, { id, code, at })
      if (!isRight) return refuse('bad-arguments', 'code: wrong or too old. Have a new one sent.', 'code')
      return { outcome: 'answered', answer: `${where} is confirmed as yours. Pages may come there from now on.` }
    },
  }),
]

import { command, type DeskCommand, everybody, words } from './command.ts'
import { contactCommands } from './commands/contacts.ts'
import { customerCommands } from './commands/customer.ts'
import { endingCommands } from './commands/ending.ts'
import { factCommands } from './commands/facts.ts'
import { ladderCommands } from './commands/ladder.ts'
import { linkCommands } from './commands/links.ts'
import { lookingCommands } from './commands/looking.ts'
import { ownershipCommands } from './commands/ownership.ts'
import { rotaCommands } from './commands/rota.ts'
import { runningCommands } from './commands/running.ts'
import { teachingCommands } from './commands/teaching.ts'
import { helpText } from './help.ts'

const helpCommand = command({
  name: 'help',
  label: 'Help',
  help: 'This list, or what one command does.',
  roles: everybody,
  about: 'desk',
  place: 'typed',
  fields: [words('about', 'Which command', { lines: 'one', maxLength: 40, required: false })],
  run: async ({ by }, { about = '' }) => ({
    outcome: 'answered',
    answer: helpText(deskCommands, { member: by, about }),
  }),
})

/**
 * Every command staff can give, in the order in which they are shown. Buttons, menus, forms, typed commands, shortcuts,
 * the API and the help text are derived from this.
 */
export const deskCommands: readonly DeskCommand[] = [
  ...ownershipCommands.slice(0, 3),
  ...customerCommands,
  ...factCommands.slice(0, 1),
  ...ladderCommands,
  ...ownershipCommands.slice(3),
  ...factCommands.slice(1),
  ...linkCommands,
  ...endingCommands,
  ...teachingCommands,
  ...lookingCommands,
  ...rotaCommands,
  ...runningCommands,
  ...contactCommands,
  helpCommand,
]

const byName = new Map(deskCommands.flatMap((one) => [one.name, ...(one.aliases ?? [])].map((name) => [name, one])))

/** Finds a command by its name or a short form of it. */
export const commandNamed = (name: string): DeskCommand | undefined => byName.get(name.trim().toLowerCase())

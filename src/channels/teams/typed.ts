import type { CommandWords } from '../../core/desk/forms.ts'
import type { Args } from './action-data.ts'

export type Commands = readonly CommandWords[]

export type Typed = {
  readonly command: string
  /** Empty where none was named. */
  readonly caseId: string
  readonly args: Args
  /** Whether these words can hardly be anything but a command: its name with a case number, or its name alone. */
  readonly isPlain: boolean
  /** Whether they are, when somebody wrote them to the bot alone: "search +12025550123". */
  readonly isLikely: boolean
}

/** A command, the case number if there is one, and the rest as it was typed. */
const shape = /^\/?(\S+)\s*([a-z]{2,6}-\d{4}-\d{1,9}(?!\S))?\s*([\s\S]*)$/i

/** A typed command: `ack GH-2026-000123`, `note GH-2026-000123 called back`, `help`. Undefined when it begins with no command's name. */
export function typedIn(text: string, commands: Commands): Typed | undefined {
  const [, first = '', about = '', rest = ''] = shape.exec(text.trim()) ?? []
  const word = first.toLowerCase()
  const command = commands.find(({ name, aliases }) => name === word || aliases.includes(word))
  if (command === undefined) return undefined
  const args = rest === '' ? {} : { [fieldFor(command)]: rest }
  const isPlain = about !== '' || rest === ''
  const takesWords = command.about === 'desk' && command.form !== undefined
  const isLikely = isPlain || (takesWords && rest.length <= longestAside)
  return { command: command.name, caseId: about.toUpperCase(), args, isPlain, isLikely }
}

/** "search lobby light" asks something; a whole sentence that begins with the same word tells something. */
const longestAside = 40

/** What follows the number goes into the first field that takes text. */
function fieldFor({ form }: CommandWords): string {
  const fields = form?.fields ?? []
  return (fields.find(({ kind }) => kind === 'text') ?? fields[0])?.name ?? 'text'
}

/** Whether the words do not suffice, or the customer's text must be previewed first. */
export function needsForm({ args }: Typed, { form }: CommandWords): boolean {
  if (form === undefined) return false
  const required = form.fields.filter((field) => field.required)
  if (form.preview !== undefined) return true
  if (required.length === 0) return false
  return Object.keys(args).length === 0 || required.length !== 1 || required[0]?.kind !== 'text'
}

import type { Option } from '../message.ts'
import { deskCommands } from './registry.ts'

export { fileEndings } from '../attachments/outgoing.ts'

/**
 * What a desk must ask before a command can be carried out. Data, so that every desk asks the same:
 * Slack makes a modal of it, Teams a task module, and the web a form. Values come back as `DeskAction.args`, by `name`.
 */
export type FormSpec = {
  /** At most 24 characters: Slack cuts longer modal titles. */
  readonly title: string
  readonly submit: string
  /** One sentence above the fields, for what a person must know before writing. */
  readonly intro?: string
  readonly fields: readonly FormField[]
  /** Set where words go to the customer: they are then shown once more, with the route, before they are sent. */
  readonly preview?: FormPreview
}

type Named = {
  readonly name: string
  /** At most 60 characters. */
  readonly label: string
  readonly required: boolean
  readonly hint?: string
  /** What the field holds when the form opens. */
  readonly initial?: string
}

export type FormField =
  | (Named & { readonly kind: 'text'; readonly lines: 'one' | 'many'; readonly maxLength: number })
  /**
   * One of some. `from` names a list that only the core knows for this person and case; `DeskReads.form` fills in the
   * options. Where they are still empty a desk asks for the value as text.
   */
  | (Named & { readonly kind: 'choice'; readonly options: readonly Option[]; readonly from?: OptionSource })
  /**
   * Files for the customer: what a desk can take in the form itself, and what was sent to the desk before, by id, as the
   * options that `DeskReads.form` fills in. The value is a list of ids.
   */
  | (Named & {
      readonly kind: 'files'
      readonly options: readonly Option[]
      readonly from: 'files'
      readonly most: number
    })
  /** An instant. A picker gives ISO 8601; typed it may also be "17:30", "2026-03-04 17:30" (the site's clock) or "2h". */
  | (Named & { readonly kind: 'time' })

/**
 * Staff who may take this case; our authored texts; sites this person works at; who is on duty there, and the shifts to
 * come; closures in force; linked cases; whom a case is kept from; quarantined messages; files that staff sent to the desk; one's own addresses.
 */
export type OptionSource =
  | 'methods'
  | 'people'
  | 'texts'
  | 'sites'
  | 'shifts'
  | 'turns'
  | 'closures'
  | 'links'
  | 'kept-out'
  | 'quarantine'
  | 'files'

/** `field` names the text that the customer will read. */
export type FormPreview = { readonly title: string; readonly submit: string; readonly field: string }

/** What channels know of a command: enough for buttons, forms, typed words, shortcuts and help. */
export type CommandWords = {
  readonly name: string
  readonly label: string
  readonly help: string
  /** `desk`: needs no case, e.g. "my cases". */
  readonly about: 'case' | 'desk'
  readonly aliases: readonly string[]
  /** Its arguments, also where no form is needed to ask for them. */
  readonly fields: readonly FormField[]
  readonly form?: FormSpec
  /** `global`: offered everywhere in the program; `message`: offered on any message that names a case. */
  readonly shortcut?: 'global' | 'message'
}

/** Every command as a channel knows it, in the order of the registry. */
export const commandWords: readonly CommandWords[] = deskCommands.map(
  ({ name, label, help, about, aliases = [], fields, form, shortcut }) => ({
    ...{ name, label, help, about, aliases, fields },
    ...(form && { form }),
    ...(shortcut && { shortcut }),
  }),
)

/** The commands that need a form, by command name. A command that is not here is carried out at once. */
export const forms: Readonly<Record<string, FormSpec>> = Object.fromEntries(
  commandWords.flatMap(({ name, form }) => (form === undefined ? [] : [[name, form]])),
)

/** Short words people type for a command. */
export const typedNames: Readonly<Record<string, string>> = Object.fromEntries(
  deskCommands.flatMap(({ name, aliases = [] }) => aliases.map((alias) => [alias, name])),
)

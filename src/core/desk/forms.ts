import type { Outcome } from '../case/signals.ts'
import type { Option } from '../message.ts'

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
  /** Set where the field's text goes to the customer: it is then shown once more, with the route, before it is sent. */
  readonly preview?: FormPreview
}

export type FormField =
  | {
      readonly kind: 'text'
      readonly name: string
      readonly label: string
      readonly required: boolean
      readonly lines: 'one' | 'many'
      readonly maxLength: number
      readonly hint?: string
    }
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly required: boolean
      readonly options: readonly Option[]
      readonly hint?: string
    }

/** `field` names the text that the customer will read. */
export type FormPreview = { readonly title: string; readonly submit: string; readonly field: string }

/** How a case can end; a close without one of these is refused. */
export const outcomeOptions: readonly (Option & { readonly id: Outcome })[] = [
  { id: 'resolved', label: 'Resolved' },
  { id: 'not_resolved', label: 'Could not be resolved' },
  { id: 'duplicate', label: 'Duplicate of another case' },
  { id: 'not_for_us', label: 'Not for us' },
  { id: 'withdrawn', label: 'Withdrawn by the customer' },
]

/** With the words around them both fit in one SMS of 1,600 characters. */
const longestReply = 1500
const longestClosing = 1300

/** The commands that need a form, by command name. A command that is not here is carried out at once. */
export const forms: Readonly<Record<string, FormSpec>> = {
  reply: {
    title: 'Reply to the customer',
    submit: 'Preview',
    intro: 'Nothing is sent yet. The next step shows what the customer will read.',
    fields: [{ kind: 'text', name: 'text', label: 'Reply', required: true, lines: 'many', maxLength: longestReply }],
    preview: { title: 'Send this reply?', submit: 'Send', field: 'text' },
  },
  note: {
    title: 'Add a note',
    submit: 'Save note',
    intro: 'Notes are internal. The customer never sees them.',
    fields: [{ kind: 'text', name: 'text', label: 'Note', required: true, lines: 'many', maxLength: 3000 }],
  },
  escalate: {
    title: 'Escalate',
    submit: 'Escalate',
    intro: 'The next level is told at once.',
    fields: [{ kind: 'text', name: 'reason', label: 'Reason', required: true, lines: 'many', maxLength: 1000 }],
  },
  close: {
    title: 'Close the case',
    submit: 'Preview',
    fields: [
      { kind: 'choice', name: 'outcome', label: 'Outcome', required: true, options: outcomeOptions },
      {
        kind: 'text',
        name: 'told',
        label: 'What the customer is told',
        required: false,
        lines: 'many',
        maxLength: longestClosing,
        hint: 'Sent to the customer after the next step. Left empty, nothing is sent.',
      },
    ],
    preview: { title: 'Close this case?', submit: 'Close case', field: 'told' },
  },
  reopen: {
    title: 'Reopen the case',
    submit: 'Reopen',
    fields: [{ kind: 'text', name: 'reason', label: 'Reason', required: true, lines: 'many', maxLength: 1000 }],
  },
}

/** Short words people type for a command. */
export const typedNames: Readonly<Record<string, string>> = { ack: 'acknowledge' }

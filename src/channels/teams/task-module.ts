import type { FormField, FormSpec } from '../../core/desk/forms.ts'
import type { ReplyRoute } from '../../core/message.ts'
import type { ActionData, Args } from './action-data.ts'
import { adaptiveCard, attached, type CardAttachment, type CardPart, heading, lines, words } from './adaptive-card.ts'
import { clip, shownText } from './plain-text.ts'

/** The answer to `task/fetch` and `task/submit`: another form, or words; an empty object closes the dialog. */
export type TaskAnswer =
  | { readonly task: { readonly type: 'continue'; readonly value: TaskView } }
  | { readonly task: { readonly type: 'message'; readonly value: string } }
  | Readonly<Record<string, never>>

export type TaskView = {
  readonly title: string
  readonly height: 'small' | 'medium' | 'large'
  readonly width: 'medium'
  readonly card: CardAttachment
}

const longest = { title: 60, choice: 200, answer: 500, words: 2_000 }
const mostOptions = 200

/** The dialog that asks for a command's arguments; `args` of the data fill in what was already typed. */
export function formDialog(form: FormSpec, data: ActionData, fault?: string): TaskAnswer {
  const step = form.preview === undefined ? ('form' as const) : ('preview' as const)
  const { args = {}, ...rest } = data
  const body = [
    ...aboutCase(data),
    ...(form.intro === undefined ? [] : [words([{ text: form.intro }])]),
    ...(fault === undefined ? [] : [words([{ text: fault, bold: true }])]),
    ...form.fields.map((field) => asked(field, args[field.name] ?? field.initial)),
  ]
  return dialog(form.title, body, [submit(form.submit, { ...rest, step })])
}

export type Previewed = {
  readonly told: readonly string[]
  readonly remarks?: readonly string[]
  readonly files?: readonly string[]
  readonly data: ActionData & { readonly args: Args }
}

/** The dialog that shows what will be sent, in whose name and on which channel. Its text travels in the button's data. */
export function previewDialog(form: FormSpec, { told, files = [], remarks = [], data }: Previewed): TaskAnswer {
  const { preview } = form
  if (preview === undefined) return {}
  const others = form.fields.filter(
    ({ name, kind }) => name !== preview.field && kind !== 'files' && data.args[name] !== undefined,
  )
  const body = [
    ...aboutCase(data),
    ...others.map((field) => words([{ text: `${field.label}: ${answerWords(field, data.args[field.name])}` }])),
    ...sentWords(told, data),
    ...files.map((line) => words([{ text: 'File: ', bold: true }, { text: clip(shownText(line), longest.answer) }])),
    ...remarkWords(remarks),
  ]
  const back: CardPart = {
    type: 'Action.Submit',
    title: 'Back',
    associatedInputs: 'none',
    data: { gatehouse: { ...data, step: 'back' } },
  }
  return dialog(preview.title, body, [submit(preview.submit, { ...data, step: 'send' }), back])
}

/** What a person is told when the dialog has done its work. */
export const saidDialog = (text: string): TaskAnswer => ({
  task: { type: 'message', value: clip(text, longest.words) },
})

function dialog(title: string, body: readonly CardPart[], actions: readonly CardPart[]): TaskAnswer {
  const card = attached(adaptiveCard(body, actions, title))
  const height = body.length > 6 ? ('large' as const) : ('medium' as const)
  return { task: { type: 'continue', value: { title: clip(title, longest.title), height, width: 'medium', card } } }
}

const inOneRow = 4

/** Words and, below them, everything that can be chosen, a few in a row. */
export function choiceDialog(title: string, about: readonly CardPart[], actions: readonly CardPart[]): TaskAnswer {
  const rows = Array.from({ length: Math.ceil(actions.length / inOneRow) }, (_row, index): CardPart => {
    return { type: 'ActionSet', actions: actions.slice(index * inOneRow, (index + 1) * inOneRow) }
  })
  return dialog(shownText(title), [...about, ...rows], [])
}

const aboutCase = ({ caseId }: ActionData): readonly CardPart[] => (caseId === '' ? [] : [heading(`Case ${caseId}`)])

function submit(title: string, data: ActionData): CardPart {
  return { type: 'Action.Submit', title, style: 'positive', data: { gatehouse: data } }
}

const remarkWords = (remarks: readonly string[]): readonly CardPart[] =>
  remarks.length === 0
    ? []
    : [
        words([{ text: 'Before you send it, advice only:', bold: true }]),
        ...remarks.map((one) => words([{ text: `• ${clip(shownText(one), longest.answer)}` }])),
      ]

function sentWords(told: readonly string[], { route }: ActionData): readonly CardPart[] {
  if (told.every((text) => text.trim() === '')) return [words([{ text: 'Nothing is sent to the customer.' }])]
  const { to, as, warning }: ReplyRoute = route ?? {
    to: 'the customer, on the channel they last used',
    as: 'your security office',
  }
  const quoted = told.map((text): CardPart => ({ type: 'Container', style: 'emphasis', items: lines(shownText(text)) }))
  const hint = warning === undefined ? [] : [words([{ text: clip(shownText(warning), longest.answer), bold: true }])]
  return [
    ...hint,
    words([{ text: 'The customer will read:', bold: true }]),
    ...quoted,
    words([{ text: 'To: ', bold: true }, { text: clip(shownText(to), longest.answer) }]),
    words([{ text: 'In the name of: ', bold: true }, { text: clip(shownText(as), longest.answer) }]),
  ]
}

type Files = Extract<FormField, { kind: 'files' }>

const asked = (field: FormField, initial: string | undefined): CardPart =>
  field.kind === 'files' ? filesInput(field, initial) : input(field, initial)

const howToSendFiles =
  'To attach a file, send it to Gatehouse in your chat, or post a picture under the card and mention Gatehouse. Then open this form again.'

/** A dialog of Teams takes no files; those that were sent to Gatehouse before can be chosen. */
function filesInput({ name: id, label, options, most }: Files, initial = ''): CardPart {
  if (options.length === 0) return words([{ text: howToSendFiles, subtle: true }])
  const choices = options.slice(0, mostOptions).map((option) => ({
    title: clip(shownText(option.label), longest.choice),
    value: option.id,
  }))
  const chosen = initial.split(/[\s,]+/).filter((value) => choices.some((choice) => choice.value === value))
  return {
    ...{ type: 'Input.ChoiceSet', id, label: `${label} (at most ${most}; sent to Gatehouse before)` },
    ...{ isRequired: false, isMultiSelect: true, style: 'expanded', choices },
    ...(chosen.length > 0 && { value: chosen.join(',') }),
  }
}

function input(field: Exclude<FormField, Files>, initial: string | undefined): CardPart {
  const { name: id, label, required } = field
  const hint = field.hint === undefined ? '' : ` (${field.hint})`
  const asked = {
    id,
    label: `${label}${hint}`,
    isRequired: required,
    ...(required && { errorMessage: 'Please fill this in.' }),
  }
  if (field.kind !== 'choice' || field.options.length === 0) return textInput(field, asked, initial)
  const choices = field.options.slice(0, mostOptions).map((option) => ({
    title: clip(shownText(option.label), longest.choice),
    value: option.id,
  }))
  const chosen = choices.some(({ value }) => value === initial) ? { value: initial } : {}
  return { type: 'Input.ChoiceSet', ...asked, style: 'compact', choices, ...chosen }
}

/** Also for an instant, which may be typed in several ways, and for a list that nobody filled in. */
function textInput(field: Exclude<FormField, Files>, asked: object, initial: string | undefined): CardPart {
  const maxLength = field.kind === 'text' ? field.maxLength : 200
  const value = initial === undefined || initial === '' ? {} : { value: clip(initial, maxLength) }
  const placeholder = field.kind === 'time' ? { placeholder: '17:30, 2026-03-04 17:30 or 2h' } : {}
  const isMultiline = field.kind === 'text' && field.lines === 'many'
  return { type: 'Input.Text', ...asked, isMultiline, maxLength, ...placeholder, ...value }
}

function answerWords(field: FormField, value: string | undefined): string {
  const label = field.kind === 'choice' ? field.options.find((option) => option.id === value)?.label : value
  return clip(shownText(label ?? ''), longest.answer)
}

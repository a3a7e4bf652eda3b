import type { types } from '@slack/bolt'
import { z } from 'zod'
import { type FormField, type FormSpec, fileEndings } from '../../core/desk/forms.ts'
import type { Attachment, Option, ReplyRoute } from '../../core/message.ts'
import { clip, pieces } from './plain-text.ts'
import { type Block, plain, shownText } from './render.ts'

type Args = Readonly<Record<string, string>>

/** Which case a modal is about and where its card stands. A hint only: the core checks who may do what. */
const origin = z.object({
  caseId: z.string(),
  /** `C…:ts` of the card, or `C…` where a command was typed. */
  place: z.string().optional(),
  route: z.object({ to: z.string(), as: z.string() }).optional(),
  args: z.record(z.string(), z.string()).optional(),
  /** What was put into the form, still with Slack. */
  files: z
    .array(z.object({ name: z.string(), contentType: z.string(), sizeBytes: z.number(), ref: z.string() }))
    .optional(),
})
export type ModalOrigin = {
  readonly caseId: string
  readonly place?: string | undefined
  readonly route?: ReplyRoute | undefined
  readonly args?: Args | undefined
  readonly files?: readonly Attachment[] | undefined
}

/** `form` is carried out when submitted, `preview` only leads to a `send` modal that shows what will happen. */
export type ModalStep = 'form' | 'preview' | 'send'

const maxMetadata = 3000
const maxOptions = 100

/** The modal that asks for a command's arguments; `initial` fills in what was already typed. */
export function formView(command: string, form: FormSpec, from: ModalOrigin, initial: Args = {}): types.ModalView {
  const intro = form.intro === undefined ? [] : [words(form.intro)]
  return {
    type: 'modal',
    callback_id: `${form.preview === undefined ? 'form' : 'preview'}:${command}`,
    private_metadata: JSON.stringify({ caseId: from.caseId, place: from.place, route: from.route }),
    title: plain(clip(form.title, 24)),
    submit: plain(clip(form.submit, 24)),
    close: plain('Cancel'),
    blocks: [
      ...aboutCase(from.caseId),
      ...intro,
      ...form.fields.flatMap((field) => inputs(field, initial[field.name])),
    ],
  }
}

/**
 * The modal that shows what will be sent, in whose name and on which channel. The text travels in the metadata,
 * because Slack may rewrite the text of blocks it hands back. Undefined when it does not fit there.
 */
export function previewView(
  command: string,
  form: FormSpec,
  from: ModalOrigin & { readonly args: Args },
  { told, files = [], remarks = [] }: Shown,
): types.ModalView | undefined {
  const { preview } = form
  const metadata = JSON.stringify(from)
  if (preview === undefined || metadata.length > maxMetadata) return undefined
  const others = form.fields.filter(({ name, kind }) => name !== preview.field && kind !== 'files')
  return {
    type: 'modal',
    callback_id: `send:${command}`,
    private_metadata: metadata,
    title: plain(clip(preview.title, 24)),
    submit: plain(clip(preview.submit, 24)),
    close: plain('Back'),
    blocks: [
      ...aboutCase(from.caseId),
      ...others.map((field) => words(`${field.label}: ${answerWords(field, from.args[field.name])}`)),
      ...sentWords(told, from.route),
      ...files.map((line) => words(`File: ${clip(shownText(line), 500)}`)),
      ...remarkWords(remarks),
    ],
  }
}

/** What a submitted modal says: its step and command from the callback id, its origin from the metadata. */
export function modalOf(callbackId: string, privateMetadata: string) {
  const [, step, command] = /^(form|preview|send):(.+)$/.exec(callbackId) ?? []
  if (step === undefined || command === undefined) return undefined
  const read = origin.safeParse(parsedJson(privateMetadata))
  return read.success ? { step: step as ModalStep, command, origin: read.data } : undefined
}

/** What the customer would read, and advice on it. */
export type Shown = {
  readonly told: readonly string[]
  readonly files?: readonly string[] | undefined
  readonly remarks?: readonly string[] | undefined
}

const remarkWords = (remarks: readonly string[]): Block[] =>
  remarks.length === 0
    ? []
    : [
        { type: 'divider' },
        words(
          clip(['Before you send it, advice only:', ...remarks.map((one) => `• ${shownText(one)}`)].join('\n'), 2900),
        ),
      ]

function sentWords(told: readonly string[], route: ReplyRoute | undefined): Block[] {
  if (told.every((text) => text.trim() === '')) return [words('Nothing is sent to the customer.')]
  const { to, as, warning }: ReplyRoute = route ?? {
    to: 'the customer, on the channel they last used',
    as: 'your security office',
  }
  const quoted = told.flatMap((text) => [{ type: 'divider' } as const, ...pieces(shownText(text), 2900).map(words)])
  const hint = warning === undefined ? [] : [words(clip(shownText(warning), 500))]
  return [
    ...hint,
    words('The customer will read:'),
    ...quoted,
    { type: 'divider' },
    words(`To: ${clip(shownText(to), 500)}`),
    words(`In the name of: ${clip(shownText(as), 500)}`),
  ]
}

type Files = Extract<FormField, { kind: 'files' }>

/** The block in which files are chosen that were sent before; Slack's own file picker is beside it. */
export const keptFilesBlock = (name: string): string => `${name}_kept`

function inputs(field: FormField, initial: string | undefined): readonly Block[] {
  return field.kind === 'files' ? fileInputs(field) : [input(field, initial)]
}

function fileInputs({ name, label, most, options }: Files): readonly Block[] {
  const picker: Block = {
    ...{ type: 'input', block_id: name, label: plain(label), optional: true },
    element: { type: 'file_input', action_id: name, filetypes: [...fileEndings], max_files: most },
    hint: plain(`At most ${most}, each up to 10 MB. The next step says how each of them goes.`),
  }
  const choices = optionsOf(options)
  if (choices.length === 0) return [picker]
  const kept: Block = {
    ...{ type: 'input', block_id: keptFilesBlock(name), label: plain('Sent before'), optional: true },
    element: { type: 'multi_static_select', action_id: name, options: choices, max_selected_items: most },
    hint: plain('What you sent to Gatehouse since yesterday, and what was posted under the card.'),
  }
  return [picker, kept]
}

function input(field: Exclude<FormField, Files>, initial: string | undefined): Block {
  const hint = field.hint === undefined ? {} : { hint: plain(clip(field.hint, 2000)) }
  return {
    type: 'input',
    block_id: field.name,
    label: plain(clip(field.label, 2000)),
    optional: !field.required,
    element: elementOf(field, initial ?? field.initial),
    ...hint,
  }
}

/** A list that could not be filled in is asked for as text; the core understands and checks it all the same. */
function elementOf(field: Exclude<FormField, Files>, initial: string | undefined): types.InputBlock['element'] {
  switch (field.kind) {
    case 'text':
      return textInput(field.name, { most: field.maxLength, isLong: field.lines === 'many' }, initial)
    case 'time':
      return textInput(field.name, { most: 40, isLong: false }, initial)
    case 'choice':
      return (
        choiceInput(field.name, field.options, initial) ?? textInput(field.name, { most: 200, isLong: false }, initial)
      )
  }
}

type Size = { readonly most: number; readonly isLong: boolean }

function textInput(name: string, { most, isLong }: Size, initial: string | undefined): types.PlainTextInput {
  const maxLength = Math.min(most, 3000)
  const value = initial === undefined || initial === '' ? {} : { initial_value: clip(initial, maxLength) }
  return { type: 'plain_text_input', action_id: name, multiline: isLong, max_length: maxLength, ...value }
}

/** What Slack takes as the value of an option; a longer id must be typed, because cut it would name something else. */
const longestId = 75

const optionsOf = (given: readonly Option[]): types.PlainTextOption[] =>
  given
    .filter(({ id }) => id.length <= longestId)
    .slice(0, maxOptions)
    .map(({ id, label }) => ({ text: plain(clip(shownText(label), 75)), value: id }))

/** Undefined where there is nothing to choose from. */
function choiceInput(
  name: string,
  given: readonly Option[],
  initial: string | undefined,
): types.StaticSelect | undefined {
  const options = optionsOf(given)
  if (options.length === 0) return undefined
  const chosen = options.find((option) => option.value === initial)
  const preset = chosen === undefined ? {} : { initial_option: chosen }
  return { type: 'static_select', action_id: name, options, ...preset }
}

function answerWords(field: FormField, value: string | undefined): string {
  const label = field.kind === 'choice' ? field.options.find((option) => option.id === value)?.label : undefined
  return clip(shownText(label ?? value ?? ''), 500)
}

/** Some commands are about no case. */
const aboutCase = (caseId: string): Block[] => (caseId === '' ? [] : [words(`Case ${caseId}`)])

export function words(text: string): Block {
  return { type: 'section', text: plain(text) }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import type { DeskReads, FormAnswer, HttpResponse, PreviewAnswer } from '../../core/channel.ts'
import { type ActionData, type Args, actionDataIn, inputsIn } from './action-data.ts'
import { formDialog, previewDialog, saidDialog, type TaskAnswer } from './task-module.ts'
import type { Commands } from './typed.ts'

/** The person who asks, as the core knows them. */
type Person = { readonly channel: 'teams'; readonly id: string }

export type DialogParts = { readonly commands: Commands; readonly desk: DeskReads | undefined }

const fault = 'The form could not be opened. Please press the button again.'

/** `task/fetch`: the form of a command, with its choices for this person and case. */
export async function openedForm(data: ActionData, user: Person, parts: DialogParts): Promise<TaskAnswer> {
  const asked = await formFor(data, user, parts).catch((): FormAnswer => ({ ok: false, why: fault }))
  if (!asked.ok) return saidDialog(asked.why)
  const route = asked.route ?? data.route
  return formDialog(asked.form, { ...data, ...(route && { route }) })
}

/** `task/submit` of a form with a preview: what the customer would read, or the form again with what is wrong. */
export async function previewed(value: unknown, user: Person, parts: DialogParts): Promise<TaskAnswer> {
  const data = actionDataIn(value)
  if (data === undefined) return saidDialog(fault)
  const args = { ...data.args, ...inputsIn(value) }
  const asked = await formFor(data, user, parts).catch((): FormAnswer => ({ ok: false, why: fault }))
  if (!asked.ok) return saidDialog(asked.why)
  const blank = asked.form.fields.find((field) => field.required && (args[field.name] ?? '').trim() === '')
  if (blank !== undefined) return formDialog(asked.form, { ...data, args }, `${blank.label}: please fill this in.`)
  const shown = await previewFor({ ...data, args }, user, parts).catch((): PreviewAnswer => ({ ok: false, why: fault }))
  if (!shown.ok) return formDialog(asked.form, { ...data, args }, shown.why)
  const route = shown.route ?? data.route
  const { told, files, remarks } = shown
  const carried = { ...data, args: shown.args, ...(route && { route }) }
  return previewDialog(asked.form, { told, data: carried, ...(files && { files }), ...(remarks && { remarks }) })
}

async function formFor(data: ActionData, user: Person, { commands, desk }: DialogParts): Promise<FormAnswer> {
  const { command, caseId } = data
  if (desk !== undefined) return desk.form({ user, command, caseId })
  const form = commands.find(({ name }) => name === command)?.form
  return form === undefined ? { ok: false, why: `There is no form for "${command}".` } : { ok: true, form }
}

/** Without a desk to ask, as in a channel that stands alone, the words of the field are what would be sent. */
async function previewFor(
  data: ActionData & { readonly args: Args },
  user: Person,
  { commands, desk }: DialogParts,
): Promise<PreviewAnswer> {
  const { command, caseId, args } = data
  if (desk !== undefined) return desk.preview({ user, command, caseId, args })
  const field = commands.find(({ name }) => name === command)?.form?.preview?.field ?? ''
  return { ok: true, args, told: [args[field] ?? ''] }
}

export const taskResponse = (answer: TaskAnswer): HttpResponse => json(answer)

export function json(body: object): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }
}

import type { ViewResponseAction as Answer, App } from '@slack/bolt'
import type { FormSpec } from '../../core/desk/forms.ts'
import type { Attachment } from '../../core/message.ts'
import type { DeskAppOptions } from './desk-app.ts'
import { formView, type ModalOrigin, previewView, type Shown } from './modals.ts'
import { clip } from './plain-text.ts'
import { commandOf, pressOf, submissionOf, typedOf } from './read-action.ts'
import { shortcutOf } from './read-shortcut.ts'

type Args = Readonly<Record<string, string>>
type Wish = { readonly command: string; readonly user: string; readonly origin: ModalOrigin; readonly args?: Args }

const notOpened = 'The form could not be opened. Please press the button again.'

/** Buttons, menus, typed commands and shortcuts that need a form open one; submitted forms are previewed. */
export function listenForForms(app: App, options: DeskAppOptions): void {
  const { commands } = options
  app.action(/.*/, async ({ ack, body, client }) => {
    await ack()
    const pressed = pressOf(body)
    if (pressed === undefined) return
    const { command, origin, user } = pressed
    await open(client, body, { command, origin, user: user.address.id }, options)
  })
  app.command(/.*/, async ({ ack, body, client }) => {
    await ack()
    const typed = typedOf(body, commands)
    if (typed?.needsForm !== true) return
    const { command, origin, args, user } = typed
    await open(client, body, { command, origin, args, user: user.address.id }, options)
  })
  app.shortcut(/.*/, async ({ ack, body, client }) => {
    await ack()
    const chosen = shortcutOf(body, commands)
    if (chosen === undefined || (chosen.command.about === 'case' && chosen.caseId === '')) return
    const { command, origin, user } = chosen
    await open(client, body, { command: command.name, origin, user: user.address.id }, options)
  })
  app.view(/.*/, async ({ ack, body }) => {
    await ack(await answerTo(body, options))
  })
}

/** The form as the core fills it in for this person and case; without a core, as the registry has it. */
async function open(client: App['client'], body: unknown, wish: Wish, options: DeskAppOptions): Promise<void> {
  const known = commandOf(options.commands, wish.command)?.form
  const trigger = (body as { trigger_id?: unknown }).trigger_id
  if (known === undefined || typeof trigger !== 'string') return
  try {
    const asked = await options.desk?.form(askOf(wish))
    if (asked?.ok === false) return await options.explain(body, asked.why)
    const route = asked?.route ?? wish.origin.route
    const view = formView(wish.command, asked?.form ?? known, { ...wish.origin, route }, wish.args)
    await client.views.open({ trigger_id: trigger, view })
  } catch {
    await options.explain(body, notOpened)
  }
}

const askOf = ({ user, command, origin }: Omit<Wish, 'args'>) => ({
  ...{ command, caseId: origin.caseId },
  user: { channel: 'slack', id: user },
})

const done: Answer = { response_action: 'clear' }

/** What a submitted form leads to: the next step, a correction, or nothing more. */
async function answerTo(body: unknown, options: DeskAppOptions): Promise<Answer> {
  const submitted = submissionOf(body)
  const form = submitted && commandOf(options.commands, submitted.command)?.form
  if (submitted === undefined || form === undefined || submitted.step === 'send') return done
  const { command, origin, args, files, user } = submitted
  const blank = form.fields.find((field) => field.required && (args[field.name] ?? '').trim() === '')
  // Slack asks for required fields itself, but lets a line of spaces pass.
  if (blank !== undefined) return wrong(blank.name, 'Please fill this in.')
  const tried = await options.desk?.preview({ ...askOf({ command, origin, user: user.address.id }), args, files })
  if (submitted.step === 'form')
    return tried?.ok === false && tried.field !== undefined ? wrong(fieldOf(form, tried.field), tried.why) : done
  if (tried?.ok === false) return wrong(fieldOf(form, tried.field), tried.why)
  const carried = files.length === 0 ? {} : { files: files.map(compact) }
  const from = { ...origin, args: tried?.args ?? args, route: tried?.route ?? origin.route, ...carried }
  return preview(command, form, from, tried)
}

function preview(command: string, form: FormSpec, from: ModalOrigin & { args: Args }, tried?: Shown): Answer {
  const field = form.preview?.field ?? ''
  const view = previewView(command, form, from, tried ?? { told: [from.args[field] ?? ''] })
  if (view !== undefined) return { response_action: 'push', view }
  return wrong(fieldOf(form, field), 'Too long. Please shorten the text.')
}

const longestName = 60

/** Slack leaves three thousand letters for everything that a form carries. */
const compact = ({ name, ...file }: Attachment): Attachment => ({ ...file, name: clip(name, longestName) })

const wrong = (field: string, words: string): Answer => ({ response_action: 'errors', errors: { [field]: words } })

/** Slack ignores an error on a field that the form does not have. */
const fieldOf = ({ fields }: FormSpec, name: string | undefined): string =>
  fields.find((field) => field.name === name)?.name ?? fields[0]?.name ?? ''

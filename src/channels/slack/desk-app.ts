import type { App, Receiver, types } from '@slack/bolt'
import type { Inbox } from '../../core/channel.ts'
import { formView, homeView, previewView } from './modals.ts'
import { isEcho, type SlackBody, toRawEvent } from './parse.ts'
import { type Forms, pressOf, submissionOf, typedOf } from './read-action.ts'
import type { SlackSettings } from './settings.ts'
import { clientOptions } from './web-client.ts'

/** A trigger id lives three seconds, so a modal that is not open by then never will be. */
const modalTimeoutMs = 2_500

export type DeskAppOptions = {
  readonly settings: SlackSettings
  readonly receiver: Receiver
  readonly inbox: Inbox
  readonly forms: Forms
  readonly clock: () => Date
  /** Tells the person that a form could not be opened. */
  readonly apologise: (body: unknown) => Promise<void>
}

/** Bolt, with every event stored before it is acknowledged, and with listeners only for what has no effect. */
export async function createDeskApp(options: DeskAppOptions): Promise<App> {
  const { App } = await import('@slack/bolt')
  const { settings, receiver } = options
  const clientDefaults = clientOptions(settings, modalTimeoutMs)
  const app = new App({
    receiver,
    logger: clientDefaults.logger,
    clientOptions: clientDefaults,
    // One workspace and one token: nothing to ask Slack for before an event can be handled.
    authorize: () => Promise.resolve({ botToken: settings.botToken }),
    ignoreSelf: false,
    convoStore: false,
  })
  // The event is stored by then, so a listener that fails loses nothing; Bolt must not turn it into a second delivery.
  app.error(() => Promise.resolve())
  listenForForms(app, options)
  listenForPreviews(app, options.forms)
  app.event('app_home_opened', async ({ client, event }) => {
    await client.views.publish({ user_id: event.user, view: homeView() })
  })
  storeBeforeAcknowledging(app, options)
  return app
}

/**
 * Bolt acknowledges Events API calls before any listener runs, so a crash in between would lose the event.
 * Storing comes first here, in both transports; when it fails, nothing is acknowledged and Slack delivers again.
 */
function storeBeforeAcknowledging(app: App, { inbox, clock }: DeskAppOptions): void {
  const processEvent = app.processEvent.bind(app)
  app.processEvent = async (event) => {
    if (isEcho(event.body)) return event.ack()
    const outcome = await inbox.receive(toRawEvent(event.body, clock()))
    let isAcknowledged = false
    const ack = async (answer?: unknown): Promise<void> => {
      if (isAcknowledged) return
      isAcknowledged = true
      await event.ack(answer)
    }
    // A second delivery opens no second form; a submission must get the same answer again, or its modal hangs.
    if (outcome === 'stored' || isSubmission(event.body)) await processEvent({ ...event, ack })
    await ack()
  }
}

const isSubmission = (body: SlackBody): boolean => body.type === 'view_submission'

function listenForForms(app: App, { forms, apologise }: DeskAppOptions): void {
  app.action(/.*/, async ({ ack, body, client }) => {
    await ack()
    const pressed = pressOf(body)
    const form = pressed && forms[pressed.command]
    if (pressed === undefined || form === undefined) return
    const view = formView(pressed.command, form, pressed.origin)
    await open(client, body, view).catch(() => apologise(body))
  })
  app.command(/.*/, async ({ ack, body, client }) => {
    await ack()
    const typed = typedOf(body, forms)
    if (typed?.form === undefined) return
    const view = formView(typed.command, typed.form, typed.origin, typed.args)
    await open(client, body, view).catch(() => apologise(body))
  })
}

async function open(client: App['client'], body: unknown, view: types.ModalView): Promise<void> {
  const trigger = (body as { trigger_id?: unknown }).trigger_id
  if (typeof trigger === 'string') await client.views.open({ trigger_id: trigger, view })
}

function listenForPreviews(app: App, forms: Forms): void {
  app.view(/.*/, async ({ ack, body }) => {
    const submitted = submissionOf(body)
    if (submitted?.step !== 'preview') return ack({ response_action: 'clear' })
    const { command, origin, args } = submitted
    const form = forms[command]
    if (form?.preview === undefined) return ack({ response_action: 'clear' })
    const fault = faultIn(form.fields, args)
    if (fault !== undefined) return ack({ response_action: 'errors', errors: fault })
    const view = previewView(command, form, { ...origin, args })
    if (view !== undefined) return ack({ response_action: 'push', view })
    await ack({ response_action: 'errors', errors: { [form.preview.field]: 'Too long. Please shorten the text.' } })
  })
}

/** Slack asks for required fields itself, but lets a line of spaces pass. */
function faultIn(fields: Forms[string]['fields'], args: Readonly<Record<string, string>>) {
  const blank = fields.find((field) => field.required && (args[field.name] ?? '').trim() === '')
  return blank === undefined ? undefined : { [blank.name]: 'Please fill this in.' }
}

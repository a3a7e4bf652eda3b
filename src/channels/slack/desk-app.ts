import type { App, Receiver } from '@slack/bolt'
import type { DeskReads, Inbox } from '../../core/channel.ts'
import { listenForForms } from './form-dialogs.ts'
import type { Homes } from './homes.ts'
import { isEcho, type SlackBody, toRawEvent } from './parse.ts'
import type { Commands } from './read-action.ts'
import type { SlackSettings } from './settings.ts'
import { clientOptions } from './web-client.ts'

/** A trigger id lives three seconds, so a modal that is not open by then never will be. */
const modalTimeoutMs = 2_500

export type DeskAppOptions = {
  readonly settings: SlackSettings
  readonly receiver: Receiver
  readonly inbox: Inbox
  /** Absent where nobody can be asked: forms then have no choices of their own, and no trial run. */
  readonly desk: DeskReads | undefined
  readonly commands: Commands
  readonly homes: Homes
  readonly clock: () => Date
  /** Tells the person why a form was not opened. */
  readonly explain: (body: unknown, words: string) => Promise<void>
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
  app.event('app_home_opened', ({ event }) => options.homes.opened(event.user))
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
    const isFresh = outcome === 'stored' && hasListener(event.body)
    if (isFresh || isSubmission(event.body)) await processEvent({ ...event, ack })
    await ack()
  }
}

/** Of the events only this one has a listener; the others are read from where they were stored. */
const hasListener = (body: SlackBody): boolean =>
  body.type !== 'event_callback' || (body.event as { type?: unknown } | undefined)?.type === 'app_home_opened'

const isSubmission = (body: SlackBody): boolean => body.type === 'view_submission'

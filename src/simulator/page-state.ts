import type { Demo } from './demo.ts'
import type { Attempt } from './slack/delivery.ts'
import type { Attempt as TeamsAttempt } from './teams/delivery.ts'
import type { LocalMessage } from './twilio/message-book.ts'
import type { TextOutcome } from './twilio/phone.ts'
import type { WebhookRecord } from './twilio/webhooks.ts'

/** How Gatehouse answered the webhook of one text; absent while it is on its way. */
export type Answer = Pick<TextOutcome, 'attempts'> & { readonly status?: number }

/** Everything the page shows, with a number that grows whenever any of it changes. */
export type PageState = {
  /** What has changed since `since`, or that nothing has. */
  read(since: number | undefined): object
  /** Remembers how Gatehouse answered a text from a phone. */
  answered(outcome: TextOutcome): void
  moved(hours: number): void
  close(): void
}

const mostPhoneMessages = 400
const mostChannelMessages = 300
const mostLogged = 60

/** Watches both providers. The page asks often; it is answered in full only when something is new. */
export function openPageState({ twilio, slack, teams, mail }: Demo): PageState {
  // Starts at the clock's value, so that a page left open over a restart does not take an old number for the new one.
  let revision = Date.now()
  let clockHours = 0
  let quietly = ''
  const answers = new Map<string, Answer>()
  const grow = (): void => {
    revision += 1
  }
  const endings = [
    twilio.onChange(grow),
    slack.control.onChange(grow),
    teams.control.onChange(grow),
    mail.onChange(grow),
  ]
  return {
    read(since) {
      // Trouble that is used up and webhooks that were answered change without a word to anybody.
      const aside = { trouble: troubleOf({ twilio, slack, teams }), log: logOf({ twilio, slack, teams }) }
      const now = JSON.stringify(aside)
      if (now !== quietly) grow()
      quietly = now
      if (since === revision) return { unchanged: true, revision }
      const phone = twilio
        .messages()
        .slice(-mostPhoneMessages)
        .map((message) => phoneMessage(message, answers.get(message.sid)))
      return {
        revision,
        clockHours,
        phone,
        slack: workspaceOf({ slack }),
        teams: tenantOf({ teams }),
        mail: mail.shown(),
        ...aside,
      }
    },
    answered({ sid, attempts, status }) {
      answers.set(sid, { attempts, ...(status === undefined ? {} : { status }) })
      grow()
    },
    moved(hours) {
      clockHours += hours
      grow()
    },
    close: () => {
      for (const end of endings) end()
    },
  }
}

function phoneMessage(message: LocalMessage, answer: Answer | undefined): object {
  const { sid, channel, direction, from, to, body, status, errorCode, createdAt } = message
  return {
    ...{ sid, channel, direction, from, to, body, status, at: createdAt.toISOString() },
    media: message.media.map((each) => ({ sid: each.sid, contentType: each.contentType })),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(answer === undefined ? {} : { answer }),
  }
}

function workspaceOf({ slack }: Pick<Demo, 'slack'>): object {
  const { people, channels, modals, ephemerals, transport } = slack.control.page()
  const shown = channels.map((channel) => ({ ...channel, messages: channel.messages.slice(-mostChannelMessages) }))
  return { people, channels: shown, modals, ephemerals: ephemerals.slice(-mostChannelMessages), transport }
}

/** The log is shown for all providers together. */
function tenantOf({ teams }: Pick<Demo, 'teams'>): object {
  const { deliveries: _, ...tenant } = teams.control.page()
  return tenant
}

type Providers = Pick<Demo, 'twilio' | 'slack' | 'teams'>

/** `left` is null where trouble stays until it is switched off: JSON has no Infinity. */
function troubleOf({ twilio, slack, teams }: Providers): readonly object[] {
  const lasting = (left: number): number | null => (Number.isFinite(left) ? left : null)
  const of = (provider: string) => (each: { kind: string; left: number }) => ({
    provider,
    kind: each.kind,
    left: lasting(each.left),
  })
  return [
    ...twilio.standingTrouble().map(of('twilio')),
    ...slack.control.standingTrouble().map(of('slack')),
    ...teams.control.standingTrouble().map(of('teams')),
  ]
}

type Line = { readonly at: Date; readonly from: string; readonly what: string; readonly attempt: number }

/** What was delivered to Gatehouse and how it answered, newest first. */
function logOf({ twilio, slack, teams }: Providers): readonly object[] {
  const lines = [
    ...twilio.deliveries().map(twilioLine),
    ...slack.control.page().deliveries.map(slackLine),
    ...teams.control.page().deliveries.map(teamsLine),
  ]
  return lines.sort((one, other) => other.at.getTime() - one.at.getTime()).slice(0, mostLogged)
}

function twilioLine({ at, what, attempt, status }: WebhookRecord): Line & { readonly answer: string } {
  const told = what === 'message' ? 'a message' : `report: ${what}`
  return { at, from: 'Twilio', what: told, attempt, answer: status === undefined ? 'no answer' : `HTTP ${status}` }
}

const slackWords: Readonly<Record<string, string>> = {
  events_api: 'an event',
  interactive: 'a button or a form',
  slash_commands: 'a typed command',
}

function slackLine({ at, type, retryNum, result }: Attempt): Line & { readonly answer: string } {
  return { at, from: 'Slack', what: slackWords[type] ?? type, attempt: retryNum + 1, answer: result }
}

const teamsWords: Readonly<Record<string, string>> = {
  'adaptiveCard/action': 'a button',
  'task/fetch': 'a form to open',
  'task/submit': 'a form',
  conversationUpdate: 'somebody came or went',
  messageUpdate: 'an edit',
  messageDelete: 'a deletion',
}

function teamsLine({ at, type, attempt, result }: TeamsAttempt): Line & { readonly answer: string } {
  return { at, from: 'Teams', what: teamsWords[type] ?? `a ${type}`, attempt, answer: result }
}

import type { Places } from '../config/read-channels.ts'
import type { Staff } from '../core/duty/staff.ts'
import { type LocalSlack, startLocalSlack } from './slack/local-slack.ts'
import { type LocalTwilio, startLocalTwilio } from './twilio/local-twilio.ts'

/** The demonstration's own credentials. They open nothing but the providers on this machine. */
export const demoCredentials = {
  TWILIO_ACCOUNT_SID: 'AC000000000000000000000000000000de',
  TWILIO_AUTH_TOKEN: 'demo-twilio-auth-token',
  SLACK_BOT_TOKEN: 'xoxb-demo-bot-token',
  SLACK_SIGNING_SECRET: 'demo-slack-signing-secret',
} as const

export const demoApiToken = 'demo-gatehouse-api-token'

export type Demo = {
  /** The environment that connects the real adapters to the local providers. */
  readonly variables: Readonly<Record<string, string>>
  readonly twilio: LocalTwilio
  readonly slack: LocalSlack
  /** Tells the providers where Gatehouse listens. */
  connect(target: { readonly publicUrl: string; readonly deliverTo: string }): void
  close(): Promise<void>
}

type Cast = { readonly places: Places; readonly staff: Staff }

/** Starts the local providers with the operator's own numbers, channels and people. */
export async function startDemo({ places, staff }: Cast): Promise<Demo> {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = demoCredentials
  const numbers = places.file.senders.map(({ channel, number }) => ({ channel, number }))
  const twilio = await startLocalTwilio({
    accountSid: TWILIO_ACCOUNT_SID,
    authToken: TWILIO_AUTH_TOKEN,
    numbers,
    stepMs: 400,
  })
  const slack = await startLocalSlack({
    ...{ signingSecret: SLACK_SIGNING_SECRET, botToken: SLACK_BOT_TOKEN, appToken: 'xapp-demo' },
    people: peopleIn(staff),
    channels: channelsIn(places),
  })
  return {
    variables: {
      ...demoCredentials,
      TWILIO_API_URL: twilio.apiUrl,
      TWILIO_CONTENT_URL: twilio.contentUrl,
      SLACK_API_URL: slack.apiUrl,
    },
    ...{ twilio, slack },
    connect: ({ publicUrl, deliverTo }) => {
      twilio.connect({ publicUrl, deliverTo })
      slack.control.setRequestUrl(`${deliverTo}/webhooks/slack`)
    },
    close: async () => {
      await Promise.all([twilio.close(), slack.close()])
    },
  }
}

const peopleIn = (staff: Staff) =>
  [...staff.values()].flatMap(({ name, methods }) =>
    methods.flatMap(({ address }) => (address.channel === 'slack' ? [{ id: address.id, name }] : [])),
  )

const channelsIn = ({ file }: Places) =>
  Object.entries(file.desk).flatMap(([site, places]) =>
    places.flatMap(({ channel, id }) => (channel === 'slack' ? [{ id, name: site }] : [])),
  )

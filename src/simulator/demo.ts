import type { Places } from '../config/read-channels.ts'
import type { Config } from '../config.ts'
import type { Duty } from '../core/duty/on-duty.ts'
import type { Staff } from '../core/duty/staff.ts'
import { type LocalMail, startLocalMail } from './email/local-mail.ts'
import { type LocalSlack, startLocalSlack } from './slack/local-slack.ts'
import { storytellers } from './stories.ts'
import { type LocalTeams, startLocalTeams } from './teams/local-teams.ts'
import { type LocalTwilio, startLocalTwilio } from './twilio/local-twilio.ts'

/** The demonstration's own credentials. They open nothing but the providers on this machine. */
export const demoCredentials = {
  TWILIO_ACCOUNT_SID: 'AC000000000000000000000000000000de',
  TWILIO_AUTH_TOKEN: 'demo-twilio-auth-token',
  SLACK_BOT_TOKEN: 'xoxb-demo-bot-token',
  SLACK_SIGNING_SECRET: 'demo-slack-signing-secret',
  TEAMS_APP_ID: '00000000-0000-4000-8000-00000000a99e',
  TEAMS_APP_PASSWORD: 'demo-teams-app-password',
  TEAMS_TENANT_ID: '00000000-0000-4000-8000-0000000e4a47',
} as const

const demoMailPassword = 'demo-mail-password'

export const demoApiToken = 'demo-gatehouse-api-token'

export type Demo = {
  /** The environment that connects the real adapters to the local providers. */
  readonly variables: Readonly<Record<string, string>>
  readonly twilio: LocalTwilio
  readonly slack: LocalSlack
  readonly teams: LocalTeams
  /** Brings its own `variables`, for whoever wants mail as well. */
  readonly mail: LocalMail
  /** Tells the providers where Gatehouse listens. */
  connect(target: { readonly publicUrl: string; readonly deliverTo: string }): void
  close(): Promise<void>
}

type Cast = { readonly places: Places; readonly staff: Staff }

/** Starts the local providers with the operator's own numbers, channels and people. */
export async function startDemo({ places, staff }: Cast): Promise<Demo> {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = demoCredentials
  const { senders, probes } = places.file
  const players = probes.flatMap(({ channel, customer }) => (channel === 'sms' ? [{ channel, number: customer }] : []))
  const numbers = [...senders.map(({ channel, number }) => ({ channel, number })), ...players]
  const twilio = await startLocalTwilio({
    accountSid: TWILIO_ACCOUNT_SID,
    authToken: TWILIO_AUTH_TOKEN,
    numbers,
    stepMs: 400,
  })
  const slack = await startLocalSlack({
    ...{ signingSecret: SLACK_SIGNING_SECRET, botToken: SLACK_BOT_TOKEN, appToken: 'xapp-demo' },
    people: [...peopleIn(staff, 'slack'), ...tellersIn('slack')],
    channels: channelsIn(places, 'slack'),
  })
  const teams = await startTeams({ places, staff })
  const mail = await startMail(places)
  return {
    variables: {
      ...demoCredentials,
      TWILIO_API_URL: twilio.apiUrl,
      TWILIO_CONTENT_URL: twilio.contentUrl,
      SLACK_API_URL: slack.apiUrl,
      TEAMS_OPENID_URL: teams.openIdUrl,
      TEAMS_LOGIN_URL: teams.loginUrl,
      TEAMS_SERVICE_URL: teams.serviceUrl,
    },
    ...{ twilio, slack, teams, mail },
    connect: ({ publicUrl, deliverTo }) => {
      twilio.connect({ publicUrl, deliverTo })
      slack.control.setRequestUrl(`${deliverTo}/webhooks/slack`)
      teams.control.setEndpoint(`${deliverTo}/api/messages`)
    },
    close: async () => {
      await Promise.all([twilio.close(), slack.close(), teams.close(), mail.close()])
    },
  }
}

/** Everybody who has an id in Teams, and the channels of the sites. */
function startTeams({ places, staff }: Cast): Promise<LocalTeams> {
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId } = demoCredentials
  const channels = channelsIn(places, 'teams')
  return startLocalTeams({
    appId,
    appPassword,
    tenantId,
    people: [...peopleIn(staff, 'teams'), ...tellersIn('teams')],
    channels,
  })
}

/** The desk's own address has the domain of its sites'. */
function startMail({ file }: Places): Promise<LocalMail> {
  const sites = mailboxesOf(file)
  const desk = `desk@${sites[0]?.split('@')[1] ?? 'desk.example.test'}`
  return startLocalMail({ operator: file.operator.en, addresses: [desk, ...sites], password: demoMailPassword })
}

const mailboxesOf = ({ mailboxes }: Places['file']): readonly string[] => mailboxes.map(({ address }) => address)

/** Nobody here reads the mail of staff: they are reached by everything else, and not paged into nowhere. */
export function withoutMailPages(config: Config): Config {
  const { duty } = config
  const staff = [...duty.staff].map(([id, member]) => {
    const methods = member.methods.filter(({ address }) => address.channel !== 'email')
    return [id, { ...member, methods }] as const
  })
  const without: Duty = { ...duty, staff: new Map(staff) }
  // A plain copy would read the authored answers, which wait until they are asked for.
  const parts = { ...Object.getOwnPropertyDescriptors(config), duty: { value: without, enumerable: true } }
  return Object.freeze(Object.defineProperties({}, parts) as Config)
}

type Desk = 'slack' | 'teams'

const peopleIn = (staff: Staff, desk: Desk) =>
  [...staff.values()].flatMap(({ name, methods }) =>
    methods.flatMap(({ address }) => (address.channel === desk ? [{ id: address.id, name }] : [])),
  )

/** Customers who write in a tenant's own Slack or Teams. */
const tellersIn = (desk: Desk) => storytellers.map((teller) => ({ id: teller[desk], name: teller.name }))

const channelsIn = ({ file }: Places, desk: Desk) =>
  Object.entries(file.desk).flatMap(([site, places]) =>
    places.flatMap(({ channel, id }) => (channel === desk ? [{ id, name: site }] : [])),
  )

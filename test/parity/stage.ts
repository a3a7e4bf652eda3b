import type { AddressInfo } from 'node:net'
import { createSlackChannel } from '../../src/channels/slack/slack.ts'
import type { Config } from '../../src/config.ts'
import type { Channel } from '../../src/core/channel.ts'
import type { StaffMember } from '../../src/core/duty/staff.ts'
import { createCaseList } from '../../src/core/store/case-list.ts'
import { type LocalSlack, startLocalSlack } from '../../src/simulator/slack/local-slack.ts'
import { apiRoutes } from '../../src/web/api.ts'
import { createWebServer, type Guarded } from '../../src/web/server.ts'
import { openHouse, type TestHouse } from '../flows/house.ts'
import { phoneOf } from '../flows/people.ts'
import { ScriptedChannel } from '../flows/scripted-channel.ts'

export const secrets = {
  signingSecret: 'an-invented-signing-secret',
  botToken: 'xoxb-invented',
  appToken: 'xapp-invented',
}
export const towerChannel = 'C0HARBOUR1'

/** Looks at everything, does nothing: the sample operator has nobody who is only that. */
const auditor: StaffMember = {
  ...{ id: 'au-dit', name: 'Au Dit', preferredLanguage: 'en', languages: ['en'] },
  posts: [{ site: '*', role: 'auditor' }],
  methods: [{ address: { channel: 'slack', id: 'U0AUDITOR1' }, verified: true }],
  ...{ skills: [], training: [], permits: [] },
}

const withAuditor = (config: Config): Config => ({
  ...config,
  duty: { ...config.duty, staff: new Map([...config.duty.staff, [auditor.id, auditor]]) },
})

/** The real house with the real Slack channel, a local Slack and the web server; only the phones are scripted. */
export type Stage = {
  readonly house: TestHouse
  readonly slack: LocalSlack
  readonly phones: ScriptedChannel
  /** Where the web server listens. */
  readonly url: string
  /** `POST` to the API as the operator's own program would. */
  readonly api: (path: string, body: object) => Promise<{ readonly status: number; readonly body: Answer }>
  /** A tenant texts; resolves with the number of their new case. */
  readonly newCase: (number: string, channel?: 'sms' | 'whatsapp') => Promise<string>
  readonly close: () => Promise<void>
}
export type Answer = { readonly answer?: string; readonly detail?: string; readonly outcome?: string }

const token = 'an-invented-api-token'

/** Further channels whose desk takes part, and what they need of the configuration. */
export type More = {
  readonly channels?: (config: Config, clock: () => Date) => readonly Channel[]
  readonly configured?: (config: Config) => Config
}

export async function openStage(more: More = {}): Promise<Stage> {
  const { botToken, signingSecret } = secrets
  const slack = await openSlack()
  let channels: readonly Channel[] = []
  let phones: ScriptedChannel | undefined
  const house = await openHouse({
    at: new Date(),
    configured: (config) => (more.configured ?? ((same) => same))(withAuditor(config)),
    channels: (config) => {
      phones = new ScriptedChannel('twilio', ['sms', 'whatsapp'], () => house.now())
      // What arrives must not come from the house's future, or it would wait for it.
      const clock = () => house.now()
      const desk = createSlackChannel({ botToken, signingSecret, apiUrl: slack.apiUrl }, { clock })
      channels = [phones, desk, ...(more.channels?.(config, clock) ?? [])]
      return channels
    },
  })
  const server = createWebServer({
    routes: routesOf(house, channels),
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${token}`,
    onFault: (error) => void house.faults.push(error),
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  for (const channel of channels) await channel.start(house.inbox, house.reads)
  slack.control.setRequestUrl(`${url}/webhooks/slack`)
  return {
    ...{ house, slack, url, phones: phones as ScriptedChannel },
    api: async (path, body) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      const answer = (await response.json()) as Answer
      await house.settle()
      return { status: response.status, body: answer }
    },
    newCase: (number, channel = 'sms') => newCase({ ...house, phones: phones as ScriptedChannel }, number, channel),
    close: async () => {
      for (const channel of channels) await channel.stop()
      await slack.close()
      server.server.closeAllConnections()
      await server.close()
    },
  }
}

function openSlack(): Promise<LocalSlack> {
  const people = Array.from({ length: 12 }, (_, i) => `U00000000${String(i + 1).padStart(2, '0')}`)
  return startLocalSlack({
    ...secrets,
    people: [...people, 'U0AUDITOR1', 'U0STRANGER'].map((id) => ({ id, name: id })),
    channels: [
      { id: towerChannel, name: 'tower' },
      { id: 'C0JADEGRDN', name: 'garden' },
    ],
    echoesOwnMessages: false,
  })
}

const routesOf = (house: TestHouse, channels: readonly Channel[]): readonly Guarded[] => [
  ...channels.flatMap(({ routes }) => routes.map((route): Guarded => ({ ...route, access: 'provider' }))),
  ...apiRoutes({
    ...{ clock: { now: house.now }, desk: house.desk, ledger: house.stores.inbox.ledger },
    cases: createCaseList(house.database.models, house.stores),
    intake: {
      ...{ inbox: house.inbox, directory: house.directory, clock: { now: house.now } },
      ...{ endingOf: house.stores.inbox.endingOf, sites: new Set(house.config.duty.rosters.sites.keys()) },
    },
    duty: () => ({ ok: false, message: 'not asked here' }),
  }),
]

async function newCase(house: TestHouse, number: string, channel: 'sms' | 'whatsapp'): Promise<string> {
  await phoneOf(house, number, channel).texts('Nobody came when I rang the guard post twice.')
  const [latest] = await house.database.models.cases.collection
    .find({ customer: `${channel}:${number}` })
    .sort({ openedAt: -1, _id: -1 })
    .limit(1)
    .toArray()
  return String(latest?._id)
}

import { z } from 'zod'
import type { Demo } from './demo.ts'
import type { ApiTrouble, DeliveryTrouble } from './slack/trouble.ts'
import type { ConnectorTrouble } from './teams/trouble.ts'
import type { Trouble } from './twilio/trouble.ts'

/** The Twilio trouble a person can choose. 30003 is Twilio's code for a phone that cannot be reached. */
const twilioTrouble = {
  slow: { kind: 'slow', milliseconds: 4_000 },
  throttled: { kind: 'throttled', retryAfterSeconds: 2 },
  failing: { kind: 'failing' },
  silent: { kind: 'silent' },
  down: { kind: 'down' },
  undeliverable: { kind: 'undeliverable', code: 30003 },
  'wrong-signature': { kind: 'wrong-signature' },
  duplicate: { kind: 'duplicate' },
  'out-of-order': { kind: 'out-of-order' },
} as const satisfies Record<string, Trouble>

const slackApiTrouble = {
  slow: { kind: 'slow', milliseconds: 2_000 },
  throttled: { kind: 'throttled', retryAfterSeconds: 2 },
  failing: { kind: 'failing' },
  silent: { kind: 'silent' },
} as const satisfies Record<string, ApiTrouble>

const teamsTrouble = {
  slow: { kind: 'slow', milliseconds: 2_000 },
  throttled: { kind: 'throttled', retryAfterSeconds: 2 },
  failing: { kind: 'failing' },
  silent: { kind: 'silent' },
  refusing: { kind: 'refusing', status: 403, code: 'BotNotInConversationRoster' },
} as const satisfies Record<string, ConnectorTrouble>

const slackDeliveryTrouble = {
  duplicate: { kind: 'duplicate' },
  'wrong-signature': { kind: 'wrong-signature' },
} as const satisfies Record<string, DeliveryTrouble>

const kinds = <Kinds extends object>(of: Kinds) => z.enum(Object.keys(of) as [keyof Kinds & string])
const times = z.number().int().min(1).max(100).optional()

/** Trouble to switch on for `times` occasions, or until it is switched off. */
export const troubleBody = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('twilio'), kind: kinds(twilioTrouble), on: z.boolean(), times }),
  z.strictObject({
    provider: z.literal('slack'),
    kind: kinds({ ...slackApiTrouble, ...slackDeliveryTrouble }),
    on: z.boolean(),
    times,
  }),
  z.strictObject({
    provider: z.literal('teams'),
    kind: kinds({ ...teamsTrouble, ...slackDeliveryTrouble }),
    on: z.boolean(),
    times,
  }),
  /** Everything off. */
  z.strictObject({ provider: z.literal('all'), on: z.literal(false) }),
])

type Wanted = z.infer<typeof troubleBody>

export async function makeTrouble(
  wanted: Wanted,
  { twilio, slack, teams }: Pick<Demo, 'twilio' | 'slack' | 'teams'>,
): Promise<void> {
  if (wanted.provider === 'all') {
    slack.control.apiTrouble(undefined)
    slack.control.deliveryTrouble(undefined)
    teams.control.connectorTrouble(undefined)
    teams.control.deliveryTrouble(undefined)
    return twilio.stopTrouble()
  }
  if (wanted.provider === 'slack') return makeSlackTrouble(wanted, slack)
  if (wanted.provider === 'teams') return makeTeamsTrouble(wanted, teams)
  if (!wanted.on) return twilio.stopTrouble(wanted.kind)
  // Whether somebody listens is a state and no occasion: it cannot be counted.
  return twilio.startTrouble(twilioTrouble[wanted.kind], wanted.kind === 'down' ? undefined : wanted.times)
}

type WantedOfSlack = Extract<Wanted, { provider: 'slack' }>

/** Slack's Web API and its deliveries have room for one trouble each; a new one takes the place of the one before. */
function makeSlackTrouble({ kind, on, times }: WantedOfSlack, { control }: Demo['slack']): void {
  const scope = times === undefined ? {} : { times }
  if (kind === 'duplicate' || kind === 'wrong-signature')
    control.deliveryTrouble(on ? slackDeliveryTrouble[kind] : undefined, scope)
  else control.apiTrouble(on ? slackApiTrouble[kind] : undefined, scope)
}

type WantedOfTeams = Extract<Wanted, { provider: 'teams' }>

/** Teams' connector and its deliveries have room for one trouble each, too. */
function makeTeamsTrouble({ kind, on, times }: WantedOfTeams, { control }: Demo['teams']): void {
  const scope = times === undefined ? {} : { times }
  if (kind === 'duplicate' || kind === 'wrong-signature')
    control.deliveryTrouble(on ? slackDeliveryTrouble[kind] : undefined, scope)
  else control.connectorTrouble(on ? teamsTrouble[kind] : undefined, scope)
}

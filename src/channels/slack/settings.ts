import { z } from 'zod'

/** What the Slack desk needs to run. With an app token it dials out (Socket Mode); without, Slack calls us. */
export type SlackSettings = {
  readonly botToken: string
  readonly signingSecret?: string
  readonly appToken?: string
  /** Ends with a slash, as Slack's own does. */
  readonly apiUrl: string
}

export type SettingsFault = { readonly key: string; readonly message: string }

export type SlackSetup =
  | { readonly state: 'off' }
  | { readonly state: 'on'; readonly settings: SlackSettings }
  | { readonly state: 'faulty'; readonly faults: readonly SettingsFault[] }

export const slackApiUrl = 'https://slack.com/api/'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

const apiUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))
  if (url === undefined || !isSafe) {
    context.addIssue('must be an https URL (http only for this machine)')
    return z.NEVER
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`
})

// Slack marks its tokens by prefix; a swapped pair is the commonest mistake and would otherwise show only as `invalid_auth`.
const environment = z.object({
  SLACK_BOT_TOKEN: z
    .string('is missing: the bot token from OAuth & Permissions')
    .regex(/^xoxb-/, 'must be the bot token, which starts with xoxb-'),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, 'must be the app-level token, which starts with xapp-')
    .optional(),
  SLACK_API_URL: apiUrl.default(slackApiUrl),
})

const noEntrance = {
  key: 'SLACK_SIGNING_SECRET',
  message: 'is missing: the signing secret from Basic Information (or set SLACK_APP_TOKEN to use Socket Mode)',
}

/** Reads the `SLACK_*` part of the environment: off when nothing is set, faulty with every fault named, or on. */
export function parseSlackSettings(part: Readonly<Record<string, string | undefined>>): SlackSetup {
  // A variable set to nothing is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined && value !== ''))
  if (!Object.keys(environment.shape).some((name) => given[name] !== undefined)) return { state: 'off' }
  const parsed = environment.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map(toFault)
  if (!given.SLACK_SIGNING_SECRET && !given.SLACK_APP_TOKEN) faults.push(noEntrance)
  if (!parsed.success || faults.length > 0) return { state: 'faulty', faults }
  return { state: 'on', settings: settingsOf(parsed.data) }
}

function settingsOf(read: z.infer<typeof environment>): SlackSettings {
  return {
    botToken: read.SLACK_BOT_TOKEN,
    apiUrl: read.SLACK_API_URL,
    ...(read.SLACK_SIGNING_SECRET === undefined ? {} : { signingSecret: read.SLACK_SIGNING_SECRET }),
    ...(read.SLACK_APP_TOKEN === undefined ? {} : { appToken: read.SLACK_APP_TOKEN }),
  }
}

function toFault(issue: z.core.$ZodIssue): SettingsFault {
  return { key: issue.path.join('.'), message: issue.message }
}

/** Whether an address lies on Slack's own host for files or for answers, or on the override; a token goes nowhere else. */
export function isSlackAddress(host: 'files' | 'hooks', address: string, { apiUrl }: SlackSettings): boolean {
  if (!URL.canParse(address)) return false
  const { username, password, origin } = new URL(address)
  if (username !== '' || password !== '') return false
  return origin === (apiUrl === slackApiUrl ? `https://${host}.slack.com` : new URL(apiUrl).origin)
}

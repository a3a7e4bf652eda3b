import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Fault } from '../core/calendar/fault.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/** The variables that switch a channel on; without any of them Gatehouse runs as a demonstration. */
const channelVariables = /^(TWILIO|SLACK|TEAMS|IMAP|SMTP|EMAIL)_/

/** Replaces `NAME_FILE` by the contents of that file as `NAME`, the way container secrets are handed over. */
export function withSecretFiles(variables: Variables): { variables: Variables; faults: Fault[] } {
  const faults: Fault[] = []
  const read = Object.entries(variables).flatMap(([name, path]): [string, string][] => {
    const plain = name.slice(0, -'_FILE'.length)
    if (!name.endsWith('_FILE') || path === undefined || path === '' || !isOurs(plain)) return []
    if (existsSync(path)) return [[plain, readFileSync(path, 'utf8').trim()]]
    faults.push({ file: 'environment', key: name, message: 'names a file that does not exist' })
    return []
  })
  return { variables: { ...variables, ...Object.fromEntries(read) }, faults }
}

const ownVariables = ['MONGODB_URI', 'GATEHOUSE_API_TOKEN', 'PUBLIC_URL', 'HEARTBEAT_URL', 'BOT_ADVISER_KEY']
const isOurs = (name: string) => channelVariables.test(name) || ownVariables.includes(name)

const port = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535)
const blankIsAbsent = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type)

const schema = z.object({
  PORT: blankIsAbsent(port.default(8080)),
  HOST: blankIsAbsent(z.string().default('127.0.0.1')),
  PUBLIC_URL: blankIsAbsent(
    z.url({ protocol: /^https?$/, error: 'must be the http or https address that providers call' }).optional(),
  ),
  DATA_DIR: blankIsAbsent(z.string().default('./data')),
  MONGODB_URI: blankIsAbsent(
    z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
      .optional(),
  ),
  GATEHOUSE_CONFIG: blankIsAbsent(z.string().default('./config')),
  GATEHOUSE_API_TOKEN: blankIsAbsent(z.string().min(16, 'must have at least 16 characters').optional()),
  HEARTBEAT_URL: blankIsAbsent(
    z
      .url({ protocol: /^https?$/, error: 'must be the http or https address of an outside heartbeat monitor' })
      .optional(),
  ),
  BOT_ADVISER_URL: blankIsAbsent(
    z.url({ protocol: /^https?$/, error: 'must be the http or https address of chat completions' }).optional(),
  ),
  BOT_ADVISER_MODEL: blankIsAbsent(z.string().default('default')),
  BOT_ADVISER_KEY: blankIsAbsent(z.string().optional()),
  GATEHOUSE_SIMULATOR: blankIsAbsent(z.enum(['on', 'off'], 'must be "on" or "off"').optional()),
  LOG_LEVEL: blankIsAbsent(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info')),
})

export type Environment = {
  readonly port: number
  readonly host: string
  readonly publicUrl: string
  readonly dataDir: string
  readonly mongodbUri?: string
  readonly configDir: string
  readonly apiToken?: string
  /** Called while the auditor finds nothing; an outside monitor alarms when the calls stop. */
  readonly heartbeatUrl?: string
  /** A language model that may put our own candidates in order; absent unless the operator wants one. */
  readonly adviser?: { readonly url: string; readonly model: string; readonly key?: string }
  readonly logLevel: string
  /** No channel is configured: the simulator stands in for every provider. */
  readonly demo: boolean
}

const loopback = ['127.0.0.1', '::1', 'localhost']

/** The house's own part of the environment, checked; channels read their own parts. */
export function readEnvironment(variables: Variables): { environment?: Environment; faults: Fault[] } {
  const parsed = schema.safeParse(variables)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      file: 'environment',
      key: path.join('.'),
      message,
    }))
    return { faults }
  }
  const {
    PORT,
    HOST,
    PUBLIC_URL,
    DATA_DIR,
    MONGODB_URI,
    GATEHOUSE_CONFIG,
    GATEHOUSE_API_TOKEN,
    HEARTBEAT_URL,
    GATEHOUSE_SIMULATOR,
    LOG_LEVEL,
  } = parsed.data
  const configured = Object.entries(variables).some(
    ([name, value]) => channelVariables.test(name) && value !== undefined && value !== '',
  )
  const environment: Environment = {
    port: PORT,
    host: HOST,
    publicUrl: (PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`).replace(/\/+$/, ''),
    dataDir: DATA_DIR,
    configDir: GATEHOUSE_CONFIG,
    logLevel: LOG_LEVEL,
    demo: !configured && GATEHOUSE_SIMULATOR !== 'off',
    ...(MONGODB_URI !== undefined && { mongodbUri: MONGODB_URI }),
    ...(GATEHOUSE_API_TOKEN !== undefined && { apiToken: GATEHOUSE_API_TOKEN }),
    ...(HEARTBEAT_URL !== undefined && { heartbeatUrl: HEARTBEAT_URL }),
    ...adviserIn(parsed.data),
  }
  return { environment, faults: exposureFaults(environment, GATEHOUSE_SIMULATOR) }
}

/** The demonstration's credentials are in the README: they must not open a door that others can reach. */
function exposureFaults({ demo, host }: Environment, simulator: string | undefined): Fault[] {
  if (!demo || loopback.includes(host) || simulator === 'on') return []
  const message =
    'the demonstration listens on this machine only; configure a channel, or set GATEHOUSE_SIMULATOR=on if you really mean it'
  return [{ file: 'environment', key: 'HOST', message }]
}

type Read = z.infer<typeof schema>

/** Only with an address: nothing of a customer's words goes anywhere unless the operator has said where. */
function adviserIn({ BOT_ADVISER_URL: url, BOT_ADVISER_MODEL: model, BOT_ADVISER_KEY: key }: Read) {
  return url === undefined ? {} : { adviser: { url, model, ...(key !== undefined && { key }) } }
}

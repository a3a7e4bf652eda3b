import { z } from 'zod'
import type { Language } from '../../core/message.ts'

/** The two kinds of address that Twilio carries for us. */
export type TwilioAddressChannel = 'sms' | 'whatsapp'

/** One of our own numbers, in E.164 without a prefix. */
export type TwilioSender = { readonly channel: TwilioAddressChannel; readonly number: string }

/** Approved content (`HX…`) by template name and language. */
export type TwilioTemplates = Readonly<Record<string, Readonly<Partial<Record<Language, string>>>>>

export type TwilioSettings = {
  readonly accountSid: string
  /** The first is used for REST; either may have signed a webhook, so that a rotation loses nothing. */
  readonly authTokens: readonly [string, ...string[]]
  readonly apiUrl?: string
  readonly contentUrl?: string
  /** Without a slash at its end: what Twilio calls, and so what it signs. */
  readonly publicUrl: string
  readonly senders: readonly TwilioSender[]
  readonly templates: TwilioTemplates
}

/** What config.ts hands over: its part of the environment as it stands, and the parts of config/*.yaml. */
export type TwilioInput = {
  readonly TWILIO_ACCOUNT_SID?: string | undefined
  readonly TWILIO_AUTH_TOKEN?: string | undefined
  readonly TWILIO_API_URL?: string | undefined
  readonly TWILIO_CONTENT_URL?: string | undefined
  readonly publicUrl?: string | undefined
  readonly senders?: unknown
  readonly templates?: unknown
}

export type SettingsFault = { readonly key: string; readonly message: string }

export type TwilioSetup =
  | { readonly state: 'off' }
  | { readonly state: 'on'; readonly settings: TwilioSettings }
  | { readonly state: 'faulty'; readonly faults: readonly SettingsFault[] }

const ENVIRONMENT = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_API_URL', 'TWILIO_CONTENT_URL'] as const

const required = (what: string) => z.string({ error: `is missing: ${what}` }).trim()

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).transform(withoutEndSlash)

const authTokens = required('the auth token from the Twilio console')
  .transform((text) => text.split(',').map((token) => token.trim()))
  .refine((tokens) => tokens.every((token) => token !== '') && tokens.length <= 2, {
    error: 'must be one token, or two separated by a comma during a rotation',
  })
  .transform((tokens) => tokens as [string, ...string[]])

const sender = z.object({
  channel: z.enum(['sms', 'whatsapp'], { error: 'must be sms or whatsapp' }),
  number: z.string().regex(/^\+[1-9]\d{6,14}$/, { error: 'must be a number like +12025550100' }),
})

const contentSid = z
  .string()
  .regex(/^HX[0-9a-f]{32}$/i, { error: 'must be a Twilio content SID (HX and 32 hex digits)' })

const settings = z.object({
  TWILIO_ACCOUNT_SID: required('the account SID from the Twilio console').regex(/^AC[0-9a-f]{32}$/i, {
    error: 'must be AC and 32 hex digits',
  }),
  TWILIO_AUTH_TOKEN: authTokens,
  TWILIO_API_URL: url.optional(),
  TWILIO_CONTENT_URL: url.optional(),
  publicUrl: z.string({ error: 'is missing: Twilio must know where to call us' }).pipe(url),
  senders: z
    .array(sender, { error: 'is missing: list our numbers, each with its channel' })
    .min(1, { error: 'must name at least one number of ours' }),
  templates: z.record(z.string(), z.partialRecord(z.enum(['en', 'zh-HK', 'zh-CN']), contentSid)).default({}),
})

/** Reads the settings: off when no Twilio variable is set, otherwise complete or with every fault named. */
export function parseTwilioSettings(input: TwilioInput): TwilioSetup {
  const given = withoutEmpty(input)
  if (!ENVIRONMENT.some((name) => given[name] !== undefined)) return { state: 'off' }
  const parsed = settings.safeParse(given)
  if (!parsed.success) return { state: 'faulty', faults: parsed.error.issues.map(toFault) }
  return { state: 'on', settings: toSettings(parsed.data) }
}

function toSettings(data: z.infer<typeof settings>): TwilioSettings {
  return {
    accountSid: data.TWILIO_ACCOUNT_SID,
    authTokens: data.TWILIO_AUTH_TOKEN,
    ...(data.TWILIO_API_URL === undefined ? {} : { apiUrl: data.TWILIO_API_URL }),
    ...(data.TWILIO_CONTENT_URL === undefined ? {} : { contentUrl: data.TWILIO_CONTENT_URL }),
    publicUrl: data.publicUrl,
    senders: data.senders,
    templates: data.templates as TwilioTemplates,
  }
}

/** A variable set to nothing is how shells and compose files say "not set". */
function withoutEmpty(input: TwilioInput): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== ''))
}

function toFault(issue: z.core.$ZodIssue): SettingsFault {
  return { key: issue.path.join('.'), message: issue.message }
}

function withoutEndSlash(address: string): string {
  return address.replace(/\/+$/, '')
}

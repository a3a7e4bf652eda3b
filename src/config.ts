import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'
import { type BotContent, readContent } from './bot/content/read-content.ts'
import type { Knowledge } from './bot/learn/pack-model.ts'
import { type Phrases, readPhrases } from './bot/phrases.ts'
import { type EmailSettings, parseEmailSettings } from './channels/email/settings.ts'
import { parseSlackSettings, type SlackSettings } from './channels/slack/settings.ts'
import { parseTeamsSettings, type TeamsSettings } from './channels/teams/settings.ts'
import { parseTwilioSettings, type TwilioSettings } from './channels/twilio/settings.ts'
import { answerFiles } from './config/answer-files.ts'
import { type Environment, readEnvironment, type Variables, withSecretFiles } from './config/environment.ts'
import { type Places, readChannels } from './config/read-channels.ts'
import { type PolicyRead, readPolicy } from './config/read-policy.ts'
import type { ConfigDocument, Fault } from './core/calendar/fault.ts'
import { type Calendars, readCalendars } from './core/calendar/read-calendars.ts'
import type { Duty } from './core/duty/on-duty.ts'
import { readRosters } from './core/duty/read-rosters.ts'
import { readStaff } from './core/duty/read-staff.ts'
import { builtModel, keptKnowledge } from './start-bot.ts'

/** Everything that is configured, checked as a whole. Nothing else reads the environment or config/. */
export type Config = {
  readonly environment: Environment
  readonly duty: Duty
  readonly calendars: Calendars
  readonly policy: Extract<PolicyRead, { policy: unknown }>
  readonly places: Places
  readonly phrases: Phrases
  /** What the bot learned from these very answers, where it has done so before. */
  readonly knowledge?: Knowledge
  readonly answersDigest: string
  /** The authored answers and lessons; read when first asked for, because a bot with `knowledge` needs none of them. */
  readonly content: BotContent
  readonly twilio?: TwilioSettings
  readonly slack?: SlackSettings
  readonly teams?: TeamsSettings
  readonly email?: EmailSettings
}

export type Loaded = { readonly config?: Config; readonly faults: readonly Fault[] }

/** Reads the environment and every file of the configuration, and lists all faults at once, each with file and key. */
export function loadConfig(given: Variables): Loaded {
  const { variables, faults: secretFaults } = withSecretFiles(given)
  const { environment, faults } = readEnvironment(variables)
  if (environment === undefined) return { faults: [...secretFaults, ...faults] }
  const files = readFiles(environment.configDir)
  const house = readHouse(files.document)
  const answers = readAnswers(files.document, environment)
  const channels = readProviders(variables, environment, house.places)
  // What a missing or malformed file would lack is no news.
  const broken = new Set(files.faults.map(({ file }) => file))
  const inFiles = [...house.faults, ...answers.faults].filter(({ file }) => !broken.has(file))
  const all = [...secretFaults, ...faults, ...files.faults, ...inFiles, ...channels.faults]
  const { policy, places } = house
  if (all.length > 0 || policy === undefined || places === undefined) return { faults: all }
  const { knowledge, digest: answersDigest, content } = answers
  const known = { ...(knowledge && { knowledge }), answersDigest }
  const config: Omit<Config, 'content'> = { environment, ...house, policy, places, ...known, ...channels.settings }
  Object.defineProperty(config, 'content', { get: content, enumerable: true })
  return { config: Object.freeze(config as Config), faults: [] }
}

/** The same files with other variables: reads the environment and the providers' settings anew, and nothing from the disk. */
export function withVariables(config: Config, given: Variables): Loaded {
  const { variables, faults: secretFaults } = withSecretFiles(given)
  const { environment, faults } = readEnvironment(variables)
  if (environment === undefined) return { faults: [...secretFaults, ...faults] }
  const channels = readProviders(variables, environment, config.places)
  const all = [...secretFaults, ...faults, ...channels.faults]
  if (all.length > 0) return { faults: all }
  const read = Object.getOwnPropertyDescriptors(config)
  const changed = Object.getOwnPropertyDescriptors({ environment, ...channels.settings })
  return { config: Object.freeze(Object.defineProperties({}, { ...read, ...changed }) as Config), faults: [] }
}

/** The answers as text only where nothing is known that was learned from them: reading them takes most of a start. */
function readAnswers(document: FileReader, { configDir, dataDir }: Environment) {
  const { names, digest } = answerFiles(configDir)
  const knowledge = keptKnowledge(digest, [dataDir, builtModel])
  const read = once(() => readContent(new Map(names.map((name) => [name, document(name).content]))))
  const content = () => read().content
  return { ...(knowledge && { knowledge }), digest, content, faults: knowledge ? [] : read().faults }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

type FileReader = (file: string) => ConfigDocument

function readHouse(document: FileReader) {
  const calendars = readCalendars(document('calendars.yaml'), [document('holidays-hk.yaml')])
  const staff = readStaff(document('staff.yaml'))
  const rosters = readRosters(document('rosters.yaml'), staff.staff)
  const duty: Duty = { staff: staff.staff, rosters: rosters.rosters }
  const policy = readPolicy(document('policy.yaml'), { ...duty, calendars: calendars.calendars })
  const { places, faults } = readChannels(document('channels.yaml'), duty)
  const phrases = readPhrases('phrases.yaml', document('phrases.yaml').content)
  const read = [calendars, staff, rosters, policy, { faults }, phrases]
  return {
    ...{ duty, calendars: calendars.calendars, phrases: phrases.phrases, places },
    policy: 'policy' in policy ? policy : undefined,
    faults: read.flatMap((one) => one.faults),
  }
}

type Settings = Partial<Pick<Config, 'twilio' | 'slack' | 'teams' | 'email'>>

/** Each channel reads its own part of the environment; some but not all of its variables is a fault. */
function readProviders(variables: Variables, environment: Environment, places: Places | undefined) {
  const twilio = parseTwilioSettings({
    ...variables,
    publicUrl: environment.publicUrl,
    senders: places?.file.senders,
    templates: places?.file.templates,
  })
  const slack = parseSlackSettings(variables)
  const teams = parseTeamsSettings(variables)
  const email = parseEmailSettings(variables, places?.file.mailboxes)
  const faults = [twilio, slack, teams, email].flatMap((setup) => (setup.state === 'faulty' ? setup.faults : []))
  const settings: Settings = {
    ...(twilio.state === 'on' && { twilio: twilio.settings }),
    ...(slack.state === 'on' && { slack: slack.settings }),
    ...(teams.state === 'on' && { teams: teams.settings }),
    ...(email.state === 'on' && { email: email.settings }),
  }
  return { settings, faults: faults.map((fault): Fault => ({ file: 'environment', ...fault })) }
}

/** Reads YAML on demand; a file that is missing or malformed is a fault of its own and reads as empty. */
function readFiles(directory: string) {
  const faults: Fault[] = []
  const document = (file: string): ConfigDocument => {
    const path = join(directory, file)
    if (!existsSync(path)) {
      faults.push({ file, key: '', message: `is missing from ${directory}` })
      return { file, content: {} }
    }
    try {
      return { file, content: load(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA }) ?? {} }
    } catch (error) {
      faults.push({ file, key: '', message: whatYamlSays(error) })
      return { file, content: {} }
    }
  }
  return { document, faults }
}

function whatYamlSays(error: unknown): string {
  if (!(error instanceof YAMLException)) return String(error)
  return `is not YAML: ${error.message.split('\n')[0]} (line:column)`
}

/** One line a fault, in the order of the files, for people who mend them. */
export const faultLines = (faults: readonly Fault[]): string[] =>
  faults.map(({ file, key, message }) => `${file}${key === '' ? '' : ` · ${key}`}: ${message}`)

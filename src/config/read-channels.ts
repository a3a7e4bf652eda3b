import { z } from 'zod'
import type { ConfigDocument, Fault } from '../core/calendar/fault.ts'
import { readDocument } from '../core/calendar/read-document.ts'
import type { Rosters } from '../core/duty/rosters.ts'
import type { Staff } from '../core/duty/staff.ts'
import type { Address, Language } from '../core/message.ts'
import { mailAddress, number, probeProblems, probesSchema } from './read-probes.ts'

const inBoth = z.strictObject({ en: z.string().min(1), 'zh-HK': z.string().min(1) })
const place = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('slack'), id: z.string().min(1) }),
  z.strictObject({
    channel: z.literal('teams'),
    id: z.string().regex(/^19:[^;\s]+$/, 'must be a Teams channel or group chat, like "19:…@thread.tacv2"'),
  }),
])

const schema = z.strictObject({
  operator: inBoth,
  defaultSite: z.string(),
  senders: z.array(z.strictObject({ channel: z.enum(['sms', 'whatsapp']), number, site: z.string() })),
  mailboxes: z.array(z.strictObject({ address: mailAddress, site: z.string() })).default([]),
  probes: probesSchema.default([]),
  desk: z.record(z.string(), z.array(place).min(1, 'must name at least one channel: cases must be shown somewhere')),
  teams: z.record(z.string(), inBoth),
  templates: z.record(z.string(), z.partialRecord(z.enum(['en', 'zh-HK', 'zh-CN']), z.string())).default({}),
})

export type ChannelsFile = z.infer<typeof schema>

/** Where the operator can be written to, and where its desks are. */
export type Places = {
  readonly file: ChannelsFile
  /** `before` is the site of an address that is not listed; the default site where absent. */
  readonly siteOf: (to: Address, before?: string) => string
  readonly placesOf: (site: string) => readonly Address[]
  readonly senderFor: (site: string, channel: string) => Address | undefined
  readonly teamName: (site: string, language: Language) => string
  readonly operatorName: (language: Language) => string
}

type Context = { readonly rosters: Rosters; readonly staff: Staff }

/** Reads config/channels.yaml; lists every fault, among them sites without a desk and numbers that belong to staff. */
export function readChannels(
  document: ConfigDocument,
  context: Context,
): { places?: Places; faults: readonly Fault[] } {
  const { value, faults } = readDocument(schema, document)
  if (value === undefined) return { faults }
  const problems = [
    ...siteProblems(value, context.rosters),
    ...numberProblems(value, context.staff),
    ...mailProblems(value, context.staff),
    ...probeProblems(value, context.staff),
  ]
  return { places: placesIn(value), faults: problems.map(([key, message]) => ({ file: document.file, key, message })) }
}

export type Problem = readonly [key: string, message: string]

function siteProblems(file: ChannelsFile, { sites }: Rosters): Problem[] {
  const unknown = (key: string, site: string): Problem[] =>
    sites.has(site) ? [] : [[key, `"${site}" is not a site of rosters.yaml`]]
  return [
    ...unknown('defaultSite', file.defaultSite),
    ...file.senders.flatMap(({ site }, i) => unknown(`senders[${i}].site`, site)),
    ...file.mailboxes.flatMap(({ site }, i) => unknown(`mailboxes[${i}].site`, site)),
    ...Object.keys(file.desk).flatMap((site) => unknown(`desk.${site}`, site)),
    ...[...sites.keys()].flatMap((site): Problem[] => [
      ...(file.desk[site] === undefined
        ? [['desk', `site "${site}" has no desk: its cases would be shown nowhere`] as const]
        : []),
      ...(file.teams[site] === undefined
        ? [['teams', `site "${site}" has no team name to sign answers with`] as const]
        : []),
    ]),
  ]
}

function numberProblems(file: ChannelsFile, staff: Staff): Problem[] {
  const phones = new Set([...staff.values()].flatMap(({ methods }) => methods.map(({ address }) => address.id)))
  const seen = new Set<string>()
  return file.senders.flatMap(({ channel, number: ours }, i): Problem[] => {
    const key = `${channel}:${ours}`
    if (phones.has(ours)) return [[`senders[${i}].number`, 'is also the phone of somebody in staff.yaml']]
    if (seen.has(key)) return [[`senders[${i}].number`, 'is listed twice for this channel']]
    seen.add(key)
    return []
  })
}

/** Mail to an address belongs to one site, and staff must not be taken for the desk. */
function mailProblems(file: ChannelsFile, staff: Staff): Problem[] {
  const people = new Set(
    [...staff.values()].flatMap(({ methods }) => methods.map(({ address }) => address.id.toLowerCase())),
  )
  const seen = new Set<string>()
  return file.mailboxes.flatMap(({ address }, i): Problem[] => {
    const key = `mailboxes[${i}].address`
    if (people.has(address)) return [[key, 'is also the address of somebody in staff.yaml']]
    if (seen.has(address)) return [[key, 'is listed twice']]
    seen.add(address)
    return []
  })
}

function placesIn(file: ChannelsFile): Places {
  const inLanguage = (text: { en: string; 'zh-HK': string }, language: Language) =>
    language === 'en' ? text.en : text['zh-HK']
  const sites = new Map<string, string>([
    ...file.senders.map(({ channel, number: ours, site }) => [`${channel}:${ours}`, site] as const),
    ...file.mailboxes.map(({ address, site }) => [`email:${address}`, site] as const),
  ])
  return {
    file,
    siteOf: ({ channel, id }, before = file.defaultSite) => sites.get(`${channel}:${id}`) ?? before,
    placesOf: (site) => file.desk[site] ?? [],
    senderFor: (site, channel) => {
      const sender = file.senders.find((one) => one.site === site && one.channel === channel)
      return sender && { channel, id: sender.number }
    },
    teamName: (site, language) => inLanguage(file.teams[site] ?? file.operator, language),
    operatorName: (language) => inLanguage(file.operator, language),
  }
}

import type { Config } from '../config.ts'
import { createDirectory } from '../core/duty/directory.ts'
import type { StaffMember } from '../core/duty/staff.ts'
import type { Tenant } from './email/mail-client.ts'
import { stories, storytellers } from './stories.ts'
import { storyChannels } from './tell-story.ts'

export type CastPerson = { readonly id: string; readonly name: string; readonly role: string; readonly duty: string }
export type CastPhone = { readonly number: string; readonly name: string; readonly isStaff: boolean }
export type CastSite = {
  readonly id: string
  readonly name: string
  readonly nameZh: string
  readonly zone: string
  readonly numbers: Readonly<Record<string, string>>
  readonly mailbox?: string
}

/** Who and what a person can play: the operator's own sites and staff, and customers who are invented here. */
export type Cast = {
  readonly operator: string
  readonly sites: readonly CastSite[]
  readonly phones: readonly CastPhone[]
  /** Those who write mail. */
  readonly tenants: readonly Tenant[]
  readonly people: readonly CastPerson[]
  /** Those who work in Teams; somebody may work in both. */
  readonly teamsPeople: readonly CastPerson[]
  /** What can be told by itself, and on which channels. */
  readonly stories: readonly { readonly id: string; readonly title: string }[]
  readonly storyChannels: readonly string[]
}

/** Numbers reserved for fiction; whatever the operator uses itself is left out. */
const customers = [
  { number: '+12025550150', name: 'Leung Wai Ting' },
  { number: '+12025550151', name: 'Priya Nair' },
  { number: '+12025550152', name: '何志明' },
  { number: '+12025550153', name: 'Tom Baker' },
  { number: '+12025550154', name: 'Yuki Tanaka' },
]

/** Addresses that can never be anybody's. */
export const tenants: readonly Tenant[] = [
  { address: 'wai.ting.leung@tenant.example.test', name: 'Leung Wai Ting' },
  { address: 'priya.nair@tenant.example.test', name: 'Priya Nair' },
  { address: 'tom.baker@shop.example.test', name: 'Tom Baker' },
  ...storytellers.map(({ address, name }) => ({ address, name })),
]

/** The cast at one moment: who is on duty changes with the clock. */
export function castOf(config: Config, at: Date): Cast {
  const { duty, places } = config
  const staff = [...duty.staff.values()]
  const phones = staff.flatMap((member) => staffPhones(member))
  const taken = new Set([...phones.map(({ number }) => number), ...places.file.senders.map(({ number }) => number)])
  const invented = [...customers, ...storytellers].filter(({ number }) => !taken.has(number))
  const onDuty = dutyWords(config, at)
  const deskPeople = (desk: Desk) =>
    staff.flatMap((member) => deskPerson(member, desk, { config, duty: onDuty.get(member.id) ?? [] }))
  return {
    operator: places.file.operator.en,
    sites: [...duty.rosters.sites.keys()].map((id) => siteOf(config, id)),
    phones: [...invented.map(({ number, name }) => ({ number, name, isStaff: false })), ...phones],
    tenants,
    people: [...deskPeople('slack'), ...tellersIn('slack')],
    teamsPeople: [...deskPeople('teams'), ...tellersIn('teams')],
    stories: stories.map(({ id, title }) => ({ id, title })),
    storyChannels,
  }
}

function staffPhones({ name, methods }: StaffMember): readonly CastPhone[] {
  const numbers = methods.flatMap(({ address }) =>
    address.channel === 'sms' || address.channel === 'whatsapp' ? [address.id] : [],
  )
  return [...new Set(numbers)].map((number) => ({ number, name, isStaff: true }))
}

function siteOf({ duty, places }: Config, id: string): CastSite {
  const site = duty.rosters.sites.get(id)
  const ours = places.file.senders.filter((sender) => sender.site === id)
  const mailbox = places.file.mailboxes.find((one) => one.site === id)?.address
  return {
    id,
    name: site?.name ?? id,
    nameZh: site?.nameZh ?? '',
    zone: site?.zone ?? 'Asia/Hong_Kong',
    numbers: Object.fromEntries(ours.map(({ channel, number }) => [channel, number])),
    ...(mailbox !== undefined && { mailbox }),
  }
}

type Desk = 'slack' | 'teams'

const tellersIn = (desk: Desk): readonly CastPerson[] =>
  storytellers.map((teller) => ({ id: teller[desk], name: teller.name, role: 'customer', duty: '' }))

type Setting = { readonly config: Config; readonly duty: readonly string[] }

function deskPerson(member: StaffMember, desk: Desk, { config, duty }: Setting): readonly CastPerson[] {
  const found = member.methods.find(({ address }) => address.channel === desk)
  if (found === undefined) return []
  const posts = member.posts.map(
    ({ site, role }) => `${role}, ${site === '*' ? 'all sites' : siteOf(config, site).name}`,
  )
  return [{ id: found.address.id, name: member.name, role: posts.join('; '), duty: duty.join('; ') }]
}

/** For each person, where on the ladder they are on duty. */
function dutyWords(config: Config, at: Date): ReadonlyMap<string, readonly string[]> {
  const directory = createDirectory(config.duty)
  const words = new Map<string, string[]>()
  for (const [site, { name }] of config.duty.rosters.sites)
    for (const [group, members] of Object.entries(directory.onDuty(site, at)))
      for (const { id } of members) words.set(id, [...(words.get(id) ?? []), `${group.replace('-', ' ')} at ${name}`])
  return words
}

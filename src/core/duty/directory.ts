import type { Person } from '../case/policy.ts'
import type { Address } from '../message.ts'
import type { Duty } from './on-duty.ts'
import type { Role, StaffMember } from './staff.ts'
import { peopleByGroup, whoIsOnDuty } from './who-is-on-duty.ts'

/** Looks people up: the same resolver for the ladder, the desk and `gatehouse duty`. */
export interface Directory {
  byId(id: string): StaffMember | undefined
  /** Only a verified address names a person: anybody may write a name, only its owner confirms a code. */
  byAddress(address: Address): StaffMember | undefined
  /** The people of each duty group at a site at an instant, e.g. `level-1`, `control-room`. */
  onDuty(site: string, at: Date): Readonly<Record<string, readonly StaffMember[]>>
}

const keyOf = ({ channel, id }: Address) => `${channel}:${id}`

export function createDirectory(duty: Duty): Directory {
  const byAddress = new Map<string, StaffMember>()
  for (const member of duty.staff.values())
    for (const address of addressesOf(member)) byAddress.set(keyOf(address), member)
  return {
    byId: (id) => duty.staff.get(id),
    byAddress: (address) => byAddress.get(keyOf(address)),
    onDuty: (site, at) => {
      const groups = Object.entries(peopleByGroup(whoIsOnDuty(duty, { site, at })))
      return Object.fromEntries(groups.map(([group, people]) => [group, people.map(({ person }) => person)]))
    },
  }
}

/** How a person is paged: verified addresses in the order they want. */
export const addressesOf = (member: StaffMember): readonly Address[] =>
  member.methods.filter(({ verified }) => verified).map(({ address }) => address)

/** A staff member as the ladder sees them. */
export const personOf = (member: StaffMember): Person => ({
  id: member.id,
  name: member.name,
  language: member.preferredLanguage,
  methods: addressesOf(member).length,
})

/** Whether somebody holds one of these roles at a site; a post at `*` holds everywhere. */
export const holds = (member: StaffMember, site: string, wanted: readonly Role[]): boolean =>
  member.posts.some((post) => (post.site === site || post.site === '*') && wanted.includes(post.role))

import type { Person } from '../case/policy.ts'
import type { Address } from '../message.ts'
import { type Wall, wallAgainst } from './conflict-wall.ts'
import type { CaseNeeds } from './may-receive.ts'
import type { Duty } from './on-duty.ts'
import type { Role, StaffMember } from './staff.ts'
import { peopleByGroup, whoIsOnDuty } from './who-is-on-duty.ts'

/** Looks people up: the same resolver for the ladder, the desk and `gatehouse duty`. */
export interface Directory {
  byId(id: string): StaffMember | undefined
  all(): readonly StaffMember[]
  /** Only a verified address names a person: anybody may write a name, only its owner confirms a code. */
  byAddress(address: Address): StaffMember | undefined
  /** The people of each duty group at a site at an instant, e.g. `level-1`, `control-room`. */
  onDuty(site: string, at: Date, needs?: CaseNeeds): Readonly<Record<string, readonly StaffMember[]>>
  /** Whether a case must be kept from this person. */
  isWalledOff(person: string, wall: Wall): boolean
  /** The rosters as they are now, with everything the desk has recorded. */
  duty(): Duty
}

const keyOf = ({ channel, id }: Address) => `${channel}:${id}`

function addressBook(staff: Duty['staff']): ReadonlyMap<string, StaffMember> {
  const byAddress = new Map<string, StaffMember>()
  for (const member of staff.values()) for (const address of addressesOf(member)) byAddress.set(keyOf(address), member)
  return byAddress
}

/** `now` gives the rosters as they are at this moment: the desk changes them while the house runs. */
export function createDirectory(now: Duty | (() => Duty)): Directory {
  const duty = typeof now === 'function' ? now : () => now
  let known: { readonly staff: Duty['staff']; readonly byAddress: ReadonlyMap<string, StaffMember> } | undefined
  /** The staff list is another one only after somebody confirmed an address. */
  const people = () => {
    const { staff } = duty()
    if (known?.staff !== staff) known = { staff, byAddress: addressBook(staff) }
    return known
  }
  return {
    duty,
    byId: (id) => people().staff.get(id),
    all: () => [...people().staff.values()],
    byAddress: (address) => people().byAddress.get(keyOf(address)),
    isWalledOff: (person, wall) => wallAgainst(person, wall, people().staff) !== undefined,
    onDuty: (site, at, needs = {}) => {
      const groups = Object.entries(peopleByGroup(whoIsOnDuty(duty(), { site, at, needs })))
      return Object.fromEntries(groups.map(([group, people]) => [group, people.map(({ person }) => person)]))
    },
  }
}

/** How a person is paged: verified addresses in the order they want. */
export const addressesOf = (member: StaffMember): readonly Address[] =>
  member.methods.filter(({ verified }) => verified).map(({ address }) => address)

/** A staff member as the ladder sees them. */
export function personOf({ id, name, preferredLanguage, methods }: StaffMember): Person {
  const verified = methods.filter((method) => method.verified)
  const delays = verified.map(({ afterSeconds }) => afterSeconds)
  const isPlain = delays.every((seconds) => seconds === undefined)
  return { id, name, language: preferredLanguage, methods: verified.length, ...(!isPlain && { delays }) }
}

/** Whether somebody holds one of these roles at a site; a post at `*` holds everywhere. */
export const holds = (member: StaffMember, site: string, wanted: readonly Role[]): boolean =>
  member.posts.some((post) => (post.site === site || post.site === '*') && wanted.includes(post.role))

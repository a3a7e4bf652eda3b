import type { Person } from './case/policy.ts'
import type { Address, Language } from './message.ts'

export const roles = ['officer', 'supervisor', 'manager', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** A staff member as the core needs them: who they are, what they may do where, and how to reach them, best first. */
export type StaffMember = {
  readonly id: string
  readonly name: string
  readonly language: Language
  readonly methods: readonly Address[]
  /** Roles by site; `*` holds for every site. */
  readonly roles: Readonly<Record<string, readonly Role[]>>
}

/** Looks people up. Made from configuration; the same resolver serves the ladder, the desk and `gatehouse duty`. */
export interface Directory {
  byId(id: string): StaffMember | undefined
  byAddress(address: Address): StaffMember | undefined
  /** The people of each duty group at a site at an instant, e.g. `level-1`, `control-room`. */
  onDuty(site: string, at: Date): Readonly<Record<string, readonly StaffMember[]>>
  lastResort(site: string): readonly StaffMember[]
}

export const personOf = ({ id, name, language, methods }: StaffMember): Person => ({
  id,
  name,
  language,
  methods: methods.length,
})

/** Whether somebody holds one of these roles at a site. */
export const holds = (member: StaffMember, site: string, wanted: readonly Role[]): boolean =>
  [...(member.roles[site] ?? []), ...(member.roles['*'] ?? [])].some((role) => wanted.includes(role))

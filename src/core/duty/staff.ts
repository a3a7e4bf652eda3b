import type { Address, Language } from '../message.ts'

export const roles = ['officer', 'supervisor', 'manager', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** A role held at one site, or at every site with `*`. */
export type Post = { readonly site: string; readonly role: Role }

export const contactChannels = ['slack', 'teams', 'sms', 'whatsapp', 'email'] as const
export type ContactChannel = (typeof contactChannels)[number]

/** One way to reach a person, in the order the person wants; only verified ones are used for pages. */
export type ContactMethod = {
  readonly address: Address & { readonly channel: ContactChannel }
  readonly verified: boolean
  /** So long after the page began this method is tried as well; absent: only after a failure, or in a chase. */
  readonly afterSeconds?: number
}

/** A course passed; `validUntil` is the first instant at which it no longer counts, absent for one that never lapses. */
export type Training = { readonly course: string; readonly validUntil?: Date }

/**
 * Security Personnel Permit (Cap. 460 s.10). A: guarding one private residential building; B: any other guarding without
 * arms; C: with arms; D: security devices. `expiresAt` is the first instant at which it is no longer valid.
 */
export const permitCategories = ['A', 'B', 'C', 'D'] as const
export type PermitCategory = (typeof permitCategories)[number]
export type Permit = { readonly category: PermitCategory; readonly expiresAt: Date }

export type StaffMember = {
  readonly id: string
  readonly name: string
  readonly nameZh?: string
  /** What pages and cards are written in. */
  readonly preferredLanguage: Language
  /** What the person can speak with a customer. */
  readonly languages: readonly Language[]
  readonly posts: readonly Post[]
  /** The line upwards; absent for those who answer to nobody in the line (director, compliance). */
  readonly reportsTo?: string
  readonly methods: readonly ContactMethod[]
  readonly skills: readonly string[]
  readonly training: readonly Training[]
  readonly permits: readonly Permit[]
}

export type Staff = ReadonlyMap<string, StaffMember>

/** The channels on which a person has at least one verified address. Two addresses on one channel fail together. */
export function verifiedChannels(person: StaffMember): ReadonlySet<ContactChannel> {
  return new Set(person.methods.filter((method) => method.verified).map((method) => method.address.channel))
}

const handlingRoles: readonly Role[] = ['officer', 'supervisor', 'manager']

/** Whether a person's role at a site lets them work on cases; auditors and administrators only look. */
export function handlesCasesAt(person: StaffMember, site: string): boolean {
  return person.posts.some((post) => (post.site === site || post.site === '*') && handlingRoles.includes(post.role))
}

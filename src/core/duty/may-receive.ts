import { type Wall, wallAgainst } from './conflict-wall.ts'
import type { Needs } from './rosters.ts'
import { handlesCasesAt, type Staff, type StaffMember } from './staff.ts'

/** A case's needs on top of those of the post: the customer's language, skills, whom it is about, how severe it is. */
export type CaseNeeds = Needs &
  Wall & {
    readonly site?: string
    readonly severity?: 1 | 2 | 3 | 4
    /** People whose contact methods are all known to be broken just now. */
    readonly unreachable?: readonly string[]
  }

/** Why a person should not get a case. A waivable reason gives way when the level would otherwise be empty. */
export type Exclusion = {
  readonly code: 'conflict' | 'unreachable' | 'role' | 'permit' | 'training' | 'language' | 'skill'
  readonly reason: string
  readonly waivable: boolean
}

export type Eligibility = { readonly may: boolean; readonly exclusions: readonly Exclusion[] }

/** Whether a person may be given a case at this instant, with every reason against it. */
export function mayReceive(
  person: StaffMember,
  needs: CaseNeeds,
  { at, staff }: { readonly at: Date; readonly staff: Staff },
): Eligibility {
  const exclusions = [
    ...conflict(person, needs, staff),
    ...reachability(person, needs),
    ...role(person, needs),
    ...permit(person, needs, at),
    ...training(person, needs, at),
    ...language(person, needs),
    ...skills(person, needs),
  ]
  return { may: exclusions.length === 0, exclusions }
}

/** A conflict wall also hides the case from this person everywhere: lists, search, links, reports. */
export function maySee(person: StaffMember, needs: Wall, staff: Staff): boolean {
  return conflict(person, needs, staff).length === 0
}

function conflict(person: StaffMember, needs: Wall, staff: Staff): Exclusion[] {
  const reason = wallAgainst(person.id, needs, staff)
  return reason === undefined ? [] : [{ code: 'conflict', reason, waivable: false }]
}

function reachability(person: StaffMember, needs: CaseNeeds): Exclusion[] {
  const works = person.methods.some((method) => method.verified) && !needs.unreachable?.includes(person.id)
  return works ? [] : [{ code: 'unreachable', reason: 'has no working contact method', waivable: false }]
}

function role(person: StaffMember, { site }: CaseNeeds): Exclusion[] {
  if (site === undefined || handlesCasesAt(person, site)) return []
  return [{ code: 'role', reason: `handles no cases at ${site}`, waivable: false }]
}

/** Nobody may do security work without a valid permit of the right category (Cap. 460 s.10): never waived. */
function permit(person: StaffMember, needs: CaseNeeds, at: Date): Exclusion[] {
  const accepted = needs.permits ?? []
  if (accepted.length === 0) return []
  const held = person.permits.filter((one) => accepted.includes(one.category))
  if (held.some((one) => at < one.expiresAt)) return []
  const reason = held.length > 0 ? 'permit has expired' : `holds no permit of category ${accepted.join(' or ')}`
  return [{ code: 'permit', reason, waivable: false }]
}

/** A missing course must not delay help when life is in danger. */
function training(person: StaffMember, needs: CaseNeeds, at: Date): Exclusion[] {
  const missing = (needs.training ?? []).filter(
    (course) =>
      !person.training.some((one) => one.course === course && (one.validUntil === undefined || at < one.validUntil)),
  )
  return missing.map((course) => ({
    code: 'training',
    reason: `training "${course}" is missing or out of date`,
    waivable: needs.severity === 1,
  }))
}

function language(person: StaffMember, needs: CaseNeeds): Exclusion[] {
  if (needs.language === undefined || person.languages.some((one) => one === needs.language)) return []
  return [{ code: 'language', reason: `does not speak ${needs.language}`, waivable: true }]
}

function skills(person: StaffMember, needs: CaseNeeds): Exclusion[] {
  const missing = (needs.skills ?? []).filter((skill) => !person.skills.includes(skill))
  return missing.map((skill) => ({ code: 'skill', reason: `lacks the skill "${skill}"`, waivable: true }))
}

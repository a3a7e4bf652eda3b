import { type CaseNeeds, type Exclusion, mayReceive } from './may-receive.ts'
import { type DutyQuestion, type OnDutyPerson, onDuty, onRelief } from './on-duty.ts'
import { findGroup, type Needs } from './rosters.ts'
import type { StaffMember } from './staff.ts'

export type Excluded = { readonly person: StaffMember; readonly exclusions: readonly Exclusion[] }

/** Who should be paged; an empty list is an empty level, to be announced and climbed past at once. */
export type Recipients = {
  readonly people: readonly OnDutyPerson[]
  readonly excluded: readonly Excluded[]
  readonly because: string
  readonly warnings: readonly string[]
}

type Judged = OnDutyPerson & { readonly exclusions: readonly Exclusion[] }

/**
 * Those on duty at a level who may receive a case. If nobody may, the relief is asked; if nobody of them may either,
 * people against whom only waivable reasons speak (language, skill) get it, with a warning, before the level is empty.
 */
export function recipients(question: DutyQuestion & { readonly needs: CaseNeeds }): Recipients {
  const site = question.rosters.sites.get(question.site)
  const group = site && findGroup(site, question.level)
  const onPost = onDuty(question)
  if (!group) return { ...onPost, excluded: [] }
  const needs = combined(group.needs, { ...question.needs, site: question.site })
  const post = judge(onPost.people, needs, question)
  const fit = post.filter(isFit)
  if (fit.length > 0) return decided(fit, post, onPost.because, onPost.warnings)
  const relief = onRelief(question, group, question.at)
  const standIns = judge(relief.people, needs, question)
  const all = [...post, ...standIns]
  const warnings = [...onPost.warnings, ...relief.warnings]
  const fitRelief = standIns.filter(isFit)
  if (fitRelief.length > 0)
    return decided(fitRelief, all, `relief, as nobody on the post may receive it: ${relief.because}`, warnings)
  const waived = all.filter(isWaivable)
  return decided(waived, all, onPost.because, [...warnings, ...waived.map(waiver)])
}

function judge(people: readonly OnDutyPerson[], needs: CaseNeeds, { at, staff }: DutyQuestion): Judged[] {
  return people.map((one) => ({ ...one, exclusions: mayReceive(one.person, needs, { at, staff }).exclusions }))
}

function isFit({ exclusions }: Judged): boolean {
  return exclusions.length === 0
}

function isWaivable({ exclusions }: Judged): boolean {
  return exclusions.every((one) => one.waivable)
}

function waiver({ person, exclusions }: Judged): string {
  return `${person.name} gets it all the same, as nobody else is there: ${exclusions.map((one) => one.reason).join(', ')}`
}

function decided(
  chosen: readonly Judged[],
  all: readonly Judged[],
  because: string,
  warnings: readonly string[],
): Recipients {
  const left = all.filter((one) => !chosen.includes(one))
  return {
    people: chosen.map(({ person, until, because: why }) => ({ person, until, because: why })),
    excluded: left.map(({ person, exclusions }) => ({ person, exclusions })),
    because: chosen.length === 0 ? emptyBecause(because, left) : because,
    warnings,
  }
}

function emptyBecause(because: string, left: readonly Judged[]): string {
  const reasons = left.map(
    ({ person, exclusions }) => `${person.name} ${exclusions.map((one) => one.reason).join(', ')}`,
  )
  return reasons.length === 0 ? because : `nobody on duty may receive it: ${reasons.join('; ')}`
}

/** What the post asks for and what the case asks for, together. The permit is the post's affair; in language the case wins. */
export function combined(post: Needs, needs: CaseNeeds): CaseNeeds {
  return {
    ...(post.language && { language: post.language }),
    ...needs,
    ...(post.permits && { permits: post.permits }),
    training: [...(post.training ?? []), ...(needs.training ?? [])],
    skills: [...(post.skills ?? []), ...(needs.skills ?? [])],
  }
}

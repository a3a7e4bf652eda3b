import type { CaseSummary } from '../case-list.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { DeskList } from '../message.ts'
import type { DeskDeps } from './desk-deps.ts'

type Item = DeskList['items'][number]

const longestWords = 80

/** One line of a list of cases: enough to choose, no address and no number of a customer. */
export const itemsOf = (cases: readonly CaseSummary[], { word, time }: DeskDeps): readonly Item[] =>
  cases.map((one) => {
    const due = one.dueAt === undefined ? '' : `, due ${time(one.dueAt, one.site)}`
    const owner = one.owner === undefined ? one.status.replace('-', ' ') : one.owner.name
    const said = [...(one.lastMessage ?? '')].slice(0, longestWords).join('')
    return {
      caseId: one.ref,
      title: `${one.ref} · ${word(`kind-${one.kind}`)} · severity ${one.severity}`,
      detail: `${owner}${due}${said === '' ? '' : ` · “${said}”`}`,
    }
  })

export async function mine(member: StaffMember, desk: DeskDeps, limit: number): Promise<DeskList> {
  const [owned, offered] = await Promise.all([
    desk.cases.list({ of: 'owner', person: member.id, limit }, member.id),
    desk.cases.list({ of: 'offered', person: member.id, limit }, member.id),
  ])
  const waiting = itemsOf(offered, desk).map((item) => ({ ...item, detail: `OFFERED TO YOU by ${item.detail}` }))
  return { title: 'My cases', items: [...waiting, ...itemsOf(owned, desk)].slice(0, limit), empty: 'You have no case.' }
}

export async function team(
  member: StaffMember,
  sites: readonly string[],
  desk: DeskDeps,
  limit: number,
): Promise<DeskList> {
  const items = itemsOf(await ofSites(sites, desk, { by: member.id, limit }), desk)
  return { title: "My team's cases", items, empty: 'No case is open.' }
}

const soonMs = 3_600_000

export async function dueSoon(
  member: StaffMember,
  { sites, at }: { readonly sites: readonly string[]; readonly at: Date },
  desk: DeskDeps,
  limit: number,
): Promise<DeskList> {
  const dueBy = new Date(at.getTime() + soonMs)
  const items = itemsOf(await ofSites(sites, desk, { by: member.id, limit, dueBy }), desk)
  return { title: 'Due soon', items, empty: 'Nothing is due within the hour.' }
}

/** The first of each site, together in the order in which they are due. */
async function ofSites(
  sites: readonly string[],
  { cases }: DeskDeps,
  { by, limit, dueBy }: { readonly by: string; readonly limit: number; readonly dueBy?: Date },
): Promise<readonly CaseSummary[]> {
  const found = await Promise.all(
    sites.map((site) => cases.list({ of: 'site', site, limit, ...(dueBy && { dueBy }) }, by)),
  )
  const byDue = (a: CaseSummary, b: CaseSummary) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0)
  return found.flat().sort(byDue).slice(0, limit)
}

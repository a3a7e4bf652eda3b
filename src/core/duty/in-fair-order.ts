import type { OnDutyPerson } from './on-duty.ts'

/** What a person carries now: open cases, and when they were last paged. */
export type Workload = { readonly openCases: number; readonly lastPagedAt?: Date }

/** The same people, those with the fewest open cases first, then those whose last page is longest ago (GoAlert's rule). */
export function inFairOrder(
  people: readonly OnDutyPerson[],
  workloads: ReadonlyMap<string, Workload>,
): readonly OnDutyPerson[] {
  const load = (one: OnDutyPerson): Workload => workloads.get(one.person.id) ?? { openCases: 0 }
  const lastPage = (one: OnDutyPerson): number => load(one).lastPagedAt?.getTime() ?? 0
  return [...people].sort(
    (a, b) =>
      load(a).openCases - load(b).openCases || lastPage(a) - lastPage(b) || a.person.id.localeCompare(b.person.id),
  )
}

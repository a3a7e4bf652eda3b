import type { Staff, StaffMember } from './staff.ts'

/**
 * Who must neither receive nor see a case about these people, and why: themselves, everybody below them in the line,
 * and the superior next above, who answers for them. Those further up may: otherwise nobody could hear the complaint.
 */
export function conflictWall(staff: Staff, about: readonly string[]): ReadonlyMap<string, string> {
  const wall = new Map<string, string>()
  for (const subject of about) {
    const superior = staff.get(subject)?.reportsTo
    if (superior !== undefined)
      wall.set(superior, `is the superior of ${nameOf(staff, subject)}, whom the case is about`)
    for (const person of staff.values()) {
      if (lineAbove(staff, person).includes(subject)) {
        wall.set(person.id, `works under ${nameOf(staff, subject)}, whom the case is about`)
      }
    }
  }
  for (const subject of about) wall.set(subject, 'the case is about this person')
  return wall
}

/** Whom a case must be kept from: those it is about with the line next to them, and those its words only name. */
export type Wall = { readonly about?: readonly string[]; readonly suspected?: readonly { readonly id: string }[] }

/** Why this person must keep out; undefined where they need not. */
export function wallAgainst(person: string, { about = [], suspected = [] }: Wall, staff: Staff): string | undefined {
  const certain = about.length === 0 ? undefined : conflictWall(staff, about).get(person)
  return certain ?? (suspected.some(({ id }) => id === person) ? 'the complaint names this person' : undefined)
}

/** Everybody above a person, nearest first; a circle in the line ends where it closes. */
export function lineAbove(staff: Staff, person: StaffMember): readonly string[] {
  const line: string[] = []
  let next = person.reportsTo
  while (next !== undefined && !line.includes(next)) {
    line.push(next)
    next = staff.get(next)?.reportsTo
  }
  return line
}

function nameOf(staff: Staff, id: string): string {
  return staff.get(id)?.name ?? id
}

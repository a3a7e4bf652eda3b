import type { Span } from '../calendar/interval.ts'
import { minuteMs } from '../calendar/wall-clock.ts'
import { piecesBetween, scheduleEdges } from './duty-edges.ts'
import { resolveSchedule } from './resolve-schedule.ts'
import type { Rosters, Schedule } from './rosters.ts'

/** How much of a schedule's duty a person carried: stretches without a break, and their minutes. */
export type Share = { readonly person: string; readonly stretches: number; readonly minutes: number }

/** Who carried how much between two instants, after overrides and temporary schedules; most minutes first. */
export function shares(rosters: Rosters, schedule: Schedule, within: Span): readonly Share[] {
  const totals = new Map<string, Share>()
  let before: readonly string[] = []
  for (const piece of piecesBetween(scheduleEdges(rosters, schedule, within), within)) {
    const now = resolveSchedule(rosters, schedule, new Date(piece.start)).people.map(({ person }) => person)
    for (const person of now) {
      const { stretches, minutes } = totals.get(person) ?? { stretches: 0, minutes: 0 }
      totals.set(person, {
        person,
        stretches: stretches + (before.includes(person) ? 0 : 1),
        minutes: minutes + (piece.end - piece.start) / minuteMs,
      })
    }
    before = now
  }
  return [...totals.values()].sort((a, b) => b.minutes - a.minutes || a.person.localeCompare(b.person))
}

import type { Opening, Week } from './calendar.ts'

const dayKeys: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const weekMinutes = 7 * 1_440
const clock = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/

/** The weekdays a key names: `mon`, `mon-fri`, `sat-mon` (over the week's end) or `daily`. Undefined if it names none. */
export function parseDays(key: string): readonly number[] | undefined {
  if (key === 'daily') return [0, 1, 2, 3, 4, 5, 6]
  const [first = '', last = first, ...rest] = key.split('-')
  const from = dayKeys.indexOf(first)
  const to = dayKeys.indexOf(last)
  if (from < 0 || to < 0 || rest.length > 0) return undefined
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => (from + step) % 7)
}

/**
 * Reads `09:00-13:00`; `22:00-06:00` runs past midnight, `00:00-24:00` is a whole day. Undefined if it is no opening;
 * equal bounds are none, because nobody can tell an empty day from a full one.
 */
export function parseOpening(text: string): Opening | undefined {
  const match = clock.exec(text)
  if (!match) return undefined
  const [fromMinute, until] = [minuteOf(match[1], match[2]), minuteOf(match[3], match[4])]
  if (fromMinute >= 1_440 || until > 1_440 || fromMinute === until) return undefined
  return { fromMinute, toMinute: until > fromMinute ? until : until + 1_440 }
}

function minuteOf(hours = '', minutes = ''): number {
  return Number(hours) * 60 + Number(minutes)
}

export type WeekRead = { readonly week: Week; readonly faults: readonly WeekFault[] }
export type WeekFault = { readonly day: string; readonly message: string }

/** Puts the hours of a configuration, `{ 'mon-fri': ['09:00-13:00'] }`, on weekdays; lists every fault it meets. */
export function readWeek(hours: Readonly<Record<string, readonly string[]>>): WeekRead {
  const faults: WeekFault[] = []
  const week: [Opening[], Opening[], Opening[], Opening[], Opening[], Opening[], Opening[]] = [
    [],
    [],
    [],
    [],
    [],
    [],
    [],
  ]
  for (const [key, texts] of Object.entries(hours)) {
    const days = parseDays(key)
    if (!days) faults.push({ day: key, message: `"${key}" is not a day: write mon, mon-fri or daily` })
    for (const text of texts) {
      const opening = parseOpening(text)
      if (!opening) faults.push({ day: key, message: `"${text}" is not an opening: write 09:00-13:00` })
      else for (const day of days ?? []) week[day]?.push(opening)
    }
  }
  for (const openings of week) openings.sort((a, b) => a.fromMinute - b.fromMinute)
  return { week, faults: [...faults, ...overlaps(week)] }
}

/** Two openings at once would make one of them a mistake; nights are compared with the next morning too. */
function overlaps(week: Week): WeekFault[] {
  const all = week.flatMap((openings, day) =>
    openings.map((opening) => ({ day, start: day * 1_440 + opening.fromMinute, end: day * 1_440 + opening.toMinute })),
  )
  const first = all[0]
  const ring = first ? [...all, { ...first, start: first.start + weekMinutes }] : []
  return ring.flatMap((opening, index) => {
    const next = ring[index + 1]
    return next && next.start < opening.end
      ? [{ day: dayKeys[next.day] ?? '', message: 'an opening begins before the one before it has ended' }]
      : []
  })
}

import { IANAZone } from 'luxon'

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

/** One UTC day of a zone: the offset it begins with, and the other one from `changeAt` on, if the clocks change. */
type ZoneDay = { readonly before: number; readonly after: number; readonly changeAt: number }

/** Enough for twenty years of one zone. Zone data never changes while the process runs, so what is kept stays right. */
const mostDaysKept = 7_400
const kept = new Map<string, Map<number, ZoneDay>>()

/**
 * How far the zone's clocks are ahead of UTC at an instant, in milliseconds (zone data: ICU, through luxon). Asking ICU
 * costs about ten microseconds, so each day is asked once. Throws RangeError on an unknown zone.
 */
export function offsetAt(zone: string, at: number): number {
  const day = zoneDay(zone, Math.floor(at / dayMs))
  return at < day.changeAt ? day.before : day.after
}

function zoneDay(zone: string, day: number): ZoneDay {
  const days = kept.get(zone) ?? new Map<number, ZoneDay>()
  const known = days.get(day)
  if (known) return known
  if (days.size >= mostDaysKept) days.clear()
  const asked = askZone(zone, day * dayMs)
  kept.set(zone, days.set(day, asked))
  return asked
}

function askZone(zone: string, start: number): ZoneDay {
  const iana = IANAZone.create(zone)
  if (!iana.isValid) throw new RangeError(`"${zone}" is not an IANA zone`)
  const before = iana.offset(start)
  const after = iana.offset(start + dayMs)
  const changeAt = before === after ? Infinity : changeIn(iana, start, start + dayMs)
  return { before: before * minuteMs, after: after * minuteMs, changeAt }
}

/** The instant after `low` and not after `high` at which the clocks were changed. */
function changeIn(zone: IANAZone, low: number, high: number): number {
  if (high - low <= 1) return high
  const middle = Math.floor((low + high) / 2)
  return zone.offset(middle) === zone.offset(low) ? changeIn(zone, middle, high) : changeIn(zone, low, middle)
}

import { DateTime } from 'luxon'

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * The instant that somebody means by "2h", "17:30" (the next one), "2026-03-04 17:30" (the site's clock) or ISO 8601.
 * Undefined when it is none of these.
 */
export function instantOf(typed: string, now: Date, zone: string): Date | undefined {
  const text = typed.trim()
  const [, amount, unit = ''] = /^(\d{1,4})\s*([mhd])$/i.exec(text) ?? []
  if (amount !== undefined) return new Date(now.getTime() + Number(amount) * (units[unit.toLowerCase()] ?? 0))
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (clock !== null) return nextReading(Number(clock[1]), Number(clock[2]), now, zone)
  const read = DateTime.fromISO(text.replace(' ', 'T'), { zone })
  return read.isValid ? read.toJSDate() : undefined
}

function nextReading(hour: number, minute: number, now: Date, zone: string): Date | undefined {
  const today = DateTime.fromJSDate(now, { zone }).set({ hour, minute, second: 0, millisecond: 0 })
  if (hour > 23 || minute > 59) return undefined
  return (today.toMillis() > now.getTime() ? today : today.plus({ days: 1 })).toJSDate()
}

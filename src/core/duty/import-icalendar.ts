import { IANAZone, Duration as LuxonDuration } from 'luxon'
import type { Fault } from '../calendar/fault.ts'
import { dayMs, firstInstant } from '../calendar/wall-clock.ts'
import { personId, type RosterFile, type ShiftsRead } from './import-csv.ts'
import type { DatedShift } from './rosters.ts'
import type { Staff } from './staff.ts'

type Parameters = { readonly VALUE?: string; readonly TZID?: string }
type Property = { readonly parameters: Parameters; readonly value: string }
type Event = ReadonlyMap<string, Property>

/** Recurrence is left to the calendar that exports: most can write single events. */
const recurrence = ['RRULE', 'RDATE', 'RECURRENCE-ID'] as const

/**
 * Reads dated shifts from iCalendar (RFC 5545) events: the person is an attendee's e-mail address, or the summary (id or
 * exact name). Times without a zone are in the file's. Recurring events are refused, cancelled ones skipped.
 */
export function importIcalendar({ file, text, zone, staff }: RosterFile): ShiftsRead {
  const read = parseEvents(text)
    .filter((event) => event.get('STATUS')?.value !== 'CANCELLED')
    .map((event) => readEvent(event, zone, staff))
  return {
    shifts: read.flatMap(({ shift }) => shift ?? []),
    faults: read.flatMap(({ key, message }): Fault[] => (message === undefined ? [] : [{ file, key, message }])),
  }
}

type EventRead = { readonly key: string; readonly shift?: DatedShift; readonly message?: string }

function readEvent(event: Event, zone: string, staff: Staff): EventRead {
  const summary = event.get('SUMMARY')?.value ?? ''
  const key = event.get('UID')?.value ?? summary
  if (recurrence.some((name) => event.has(name))) return { key, message: 'recurs: export it as single events' }
  const person = attendee(event, staff) ?? personId(staff, summary)
  if (person === undefined) return { key, message: `"${summary}" is not on the staff list` }
  const start = readTime(event.get('DTSTART'), zone)
  const end = readEnd(event, start, zone)
  if (start === undefined || end === undefined) return { key, message: 'has no readable start and end' }
  if (end <= start) return { key, message: 'ends before it starts' }
  return { key, shift: { person, startAt: new Date(start), endAt: new Date(end) } }
}

function attendee(event: Event, staff: Staff): string | undefined {
  const address = event
    .get('ATTENDEE')
    ?.value.replace(/^mailto:/i, '')
    .toLowerCase()
  const holder = [...staff.values()].find((person) =>
    person.methods.some((method) => method.address.channel === 'email' && method.address.id.toLowerCase() === address),
  )
  return holder?.id
}

function readEnd(event: Event, start: number | undefined, zone: string): number | undefined {
  const end = event.get('DTEND')
  if (end) return readTime(end, zone)
  if (start === undefined) return undefined
  const duration = event.get('DURATION')
  if (duration) return endAfter(start, duration.value)
  const begin = event.get('DTSTART')
  // A date without an end is that whole day (RFC 5545 section 3.6.1).
  return begin?.parameters.VALUE === 'DATE' ? readTime(begin, zone, dayMs) : undefined
}

function endAfter(start: number, text: string): number | undefined {
  const duration = LuxonDuration.fromISO(text)
  return duration.isValid ? start + duration.toMillis() : undefined
}

const dateTime = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/

function readTime(property: Property | undefined, fileZone: string, later = 0): number | undefined {
  const match = dateTime.exec(property?.value ?? '')
  if (!match) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', utc] = match
  const reading = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(reading)) return undefined
  if (utc === 'Z') return reading
  const zone = property?.parameters.TZID ?? fileZone
  return IANAZone.isValidZone(zone) ? firstInstant(zone, reading + later) : undefined
}

/** Lines folded over several are joined first (RFC 5545 section 3.1). */
function parseEvents(text: string): Event[] {
  const events: Event[] = []
  let current: Map<string, Property> | undefined
  let insideAlarm = false
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    if (/^(BEGIN|END):VALARM$/.test(line)) insideAlarm = line.startsWith('BEGIN')
    if (insideAlarm) continue
    if (line === 'BEGIN:VEVENT') current = new Map()
    else if (line === 'END:VEVENT' && current) {
      events.push(current)
      current = undefined
    } else if (current) addProperty(current, line)
  }
  return events
}

function addProperty(event: Map<string, Property>, line: string): void {
  const match = /^([A-Z-]+)((?:;[^:;=]+=(?:"[^"]*"|[^:;"]*))*):(.*)$/i.exec(line)
  if (!match) return
  const [, name = '', parameters = '', value = ''] = match
  const pairs = [...parameters.matchAll(/;([^=]+)=(?:"([^"]*)"|([^:;"]*))/g)].map(
    ([, key = '', quoted, plain = '']) => [key.toUpperCase(), quoted ?? plain] as const,
  )
  event.set(name.toUpperCase(), { parameters: Object.fromEntries(pairs), value })
}

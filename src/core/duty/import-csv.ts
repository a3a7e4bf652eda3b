import type { Fault } from '../calendar/fault.ts'
import { firstInstant } from '../calendar/wall-clock.ts'
import type { DatedShift, Rosters } from './rosters.ts'
import { parseWallTime } from './rosters-schema.ts'
import type { Staff } from './staff.ts'

export type ShiftsRead = { readonly shifts: readonly DatedShift[]; readonly faults: readonly Fault[] }

/** What a roster file is read with: its name for the faults, the zone its times are in, and the people it may name. */
export type RosterFile = { readonly file: string; readonly text: string; readonly zone: string; readonly staff: Staff }

const columns = ['person', 'from', 'until'] as const

/**
 * Reads dated shifts from CSV (RFC 4180) with the columns `person` (id or exact name), `from` and `until` in local time,
 * `2026-01-05T07:00` or `2026-01-05 07:00`; other columns are ignored. Lists every fault with its line.
 */
export function importCsv({ file, text, zone, staff }: RosterFile): ShiftsRead {
  const content = text.replace(/^\uFEFF/, '')
  const parsed = parseCsv(content)
  if (parsed.readTo < content.length) {
    const line = content.slice(0, parsed.readTo).split('\n').length
    return { shifts: [], faults: [{ file, key: `line ${line}`, message: 'a quotation mark is out of place' }] }
  }
  const [header = [], ...rows] = parsed.rows
  const names = header.map((name) => name.trim().toLowerCase())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    return { shifts: [], faults: [{ file, key: 'line 1', message: `no column ${missing.join(', ')}` }] }
  }
  const read = rows.flatMap((row, index) => {
    if (row.every((cell) => cell.trim() === '')) return []
    const [person = '', from = '', until = ''] = columns.map((column) => row[names.indexOf(column)]?.trim())
    return [readRow({ person, from, until }, zone, staff, { file, key: `line ${index + 2}` })]
  })
  return { shifts: read.flatMap((row) => row.shifts), faults: read.flatMap((row) => row.faults) }
}

function readRow(
  row: { readonly person: string; readonly from: string; readonly until: string },
  zone: string,
  staff: Staff,
  place: { readonly file: string; readonly key: string },
): ShiftsRead {
  const person = personId(staff, row.person)
  const from = parseWallTime(row.from.replace(' ', 'T'))
  const until = parseWallTime(row.until.replace(' ', 'T'))
  const messages = [
    ...(person === undefined ? [`"${row.person}" is not on the staff list`] : []),
    ...(from === undefined ? [`"${row.from}" is not a local time`] : []),
    ...(until === undefined ? [`"${row.until}" is not a local time`] : []),
  ]
  if (person === undefined || from === undefined || until === undefined) {
    return { shifts: [], faults: messages.map((message) => ({ ...place, message })) }
  }
  if (until <= from) return { shifts: [], faults: [{ ...place, message: 'ends before it starts' }] }
  const shift = { person, startAt: new Date(firstInstant(zone, from)), endAt: new Date(firstInstant(zone, until)) }
  return { shifts: [shift], faults: [] }
}

/** A person by id, or by name as it stands on the staff list unless two bear it. */
export function personId(staff: Staff, text: string): string | undefined {
  if (staff.has(text)) return text
  const [named, another] = [...staff.values()].filter((person) => person.name === text || person.nameZh === text)
  return another === undefined ? named?.id : undefined
}

/** RFC 4180: quoted cells may hold commas, line ends and doubled quotes. `readTo` is short of the end at a stray quote. */
export function parseCsv(text: string): { readonly rows: readonly string[][]; readonly readTo: number } {
  const rows: string[][] = []
  let row: string[] = []
  let readTo = 0
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy)) {
    const [whole, quoted, plain = '', end] = match
    if (whole === '' && row.length === 0) break
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    readTo = match.index + whole.length
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return { rows, readTo }
}

/** The rosters with imported shifts added to one schedule. */
export function withShifts(rosters: Rosters, schedule: string, shifts: readonly DatedShift[]): Rosters {
  const target = rosters.schedules.get(schedule)
  if (!target) return rosters
  const extended = { ...target, datedShifts: [...target.datedShifts, ...shifts] }
  return { ...rosters, schedules: new Map([...rosters.schedules, [schedule, extended]]) }
}

import { IANAZone } from 'luxon'
import type { ConfigDocument, Fault } from '../calendar/fault.ts'
import { readDocument } from '../calendar/read-document.ts'
import { dayMs, firstInstant } from '../calendar/wall-clock.ts'
import { lineAbove } from './conflict-wall.ts'
import type { Staff, StaffMember } from './staff.ts'
import { type StaffEntry, type StaffFile, staffSchema } from './staff-schema.ts'

/** `isUnread`: the list could not be read, so nobody can say who is missing from it. */
export type StaffRead = { readonly staff: Staff; readonly isUnread?: true; readonly faults: readonly Fault[] }

/** Reads the staff list; lists every fault, among them superiors who do not exist and lines that run in a circle. */
export function readStaff(document: ConfigDocument): StaffRead {
  const { value, faults } = readDocument(staffSchema, document)
  if (!value) return { staff: new Map(), isUnread: true, faults }
  const zoneFaults = IANAZone.isValidZone(value.zone)
    ? []
    : [{ file: document.file, key: 'zone', message: `"${value.zone}" is not an IANA zone` }]
  // A wrong zone moves days, not people: who is on the list is known all the same.
  const read = zoneFaults.length === 0 ? value : { ...value, zone: 'UTC' }
  const staff = new Map(Object.entries(value.staff).map(([id, entry]) => [id, member(id, entry, read)] as const))
  const inLines = [...staff.values()].flatMap((person) => lineFaults(document.file, staff, person))
  return { staff, faults: [...zoneFaults, ...inLines] }
}

function lineFaults(file: string, staff: Staff, person: StaffMember): Fault[] {
  const { id, reportsTo } = person
  const fault = (message: string): Fault[] => [{ file, key: `staff.${id}.reportsTo`, message }]
  if (reportsTo !== undefined && !staff.has(reportsTo)) return fault(`"${reportsTo}" is not on the staff list`)
  return lineAbove(staff, person).includes(id) ? fault('the line runs in a circle') : []
}

function member(id: string, entry: StaffEntry, { zone }: StaffFile): StaffMember {
  const { nameZh, reportsTo, methods, training, permits, ...rest } = entry
  return {
    id,
    ...rest,
    ...(nameZh !== undefined && { nameZh }),
    ...(reportsTo !== undefined && { reportsTo }),
    methods: methods.map(({ channel, id: address, verified, afterSeconds }) => ({
      address: { channel, id: address },
      verified,
      ...(afterSeconds !== undefined && { afterSeconds }),
    })),
    training: training.map(({ course, validUntil }) => ({
      course,
      ...(validUntil !== undefined && { validUntil: dayAfter(validUntil, zone) }),
    })),
    permits: permits.map(({ category, validUntil }) => ({ category, expiresAt: dayAfter(validUntil, zone) })),
  }
}

/** A permit "valid until 30 September" still counts on that day, so it ends at the next local midnight. */
function dayAfter(date: string, zone: string): Date {
  return new Date(firstInstant(zone, Date.parse(date) + dayMs))
}

import type { Week } from '../../../src/core/calendar/calendar.ts'
import { readWeek } from '../../../src/core/calendar/weekly-hours.ts'
import type { Duty } from '../../../src/core/duty/on-duty.ts'
import { readRosters } from '../../../src/core/duty/read-rosters.ts'
import { readStaff } from '../../../src/core/duty/read-staff.ts'
import type {
  DutyGroup,
  Override,
  OverrideChange,
  Rosters,
  RotationVersion,
  Schedule,
  Site,
} from '../../../src/core/duty/rosters.ts'
import type { StaffMember } from '../../../src/core/duty/staff.ts'
import { configDocument, loaded } from '../calendar/sample-calendars.ts'

export { hk } from '../calendar/sample-calendars.ts'

/** Staff and rosters as committed in `config/`. */
export const staffRead = loaded(() => readStaff(configDocument('staff.yaml')), { staff: new Map(), faults: [] })
export const rostersRead = loaded(() => readRosters(configDocument('rosters.yaml'), staffRead.staff), {
  rosters: { version: '', sites: new Map(), schedules: new Map(), overrides: [], temporary: [] },
  faults: [],
})
export const sampleDuty: Duty = { staff: staffRead.staff, rosters: rostersRead.rosters }

export function wall(text: string): number {
  return Date.parse(`${text}Z`)
}

export function week(hours: Record<string, string[]>): Week {
  return readWeek(hours).week
}

export function rotationVersion(change: Partial<RotationVersion> = {}): RotationVersion {
  return { startsAtWall: wall('2026-03-02T07:00'), members: ['ann', 'ben', 'cat'], shiftMinutes: 720, ...change }
}

export function schedule(change: Partial<Schedule> = {}): Schedule {
  return {
    id: 'desk',
    name: 'Desk',
    zone: 'Asia/Hong_Kong',
    rotations: [{ id: 'main', versions: [rotationVersion()] }],
    weeklyShifts: [],
    datedShifts: [],
    ...change,
  }
}

export function group(change: Partial<DutyGroup> = {}): DutyGroup {
  return { group: 'level-1', level: 1, name: 'Officer', schedules: ['desk'], relief: [], needs: {}, ...change }
}

export function site(groups: readonly DutyGroup[] = [group()], change: Partial<Site> = {}): Site {
  return { id: 'tower', name: 'Tower', zone: 'Asia/Hong_Kong', groups, coverage: [], ...change }
}

export function rosters(schedules: readonly Schedule[] = [schedule()], change: Partial<Rosters> = {}): Rosters {
  return {
    version: 'test',
    sites: new Map([['tower', site()]]),
    schedules: new Map(schedules.map((one) => [one.id, one])),
    overrides: [],
    temporary: [],
    ...change,
  }
}

export function person(id: string, change: Partial<StaffMember> = {}): StaffMember {
  return {
    id,
    name: id[0]!.toUpperCase() + id.slice(1),
    preferredLanguage: 'en',
    languages: ['en', 'zh-HK'],
    posts: [{ site: 'tower', role: 'officer' }],
    methods: [
      { address: { channel: 'slack', id: `U-${id}` }, verified: true, afterSeconds: 0 },
      { address: { channel: 'sms', id: `+1-${id}` }, verified: true, afterSeconds: 60 },
    ],
    skills: [],
    training: [],
    permits: [],
    ...change,
  }
}

export function staff(...people: readonly StaffMember[]): Duty['staff'] {
  return new Map(people.map((one) => [one.id, one]))
}

export const fourPeople = staff(person('ann'), person('ben'), person('cat'), person('dan'))

export function override(change: OverrideChange, startAt: Date, endAt: Date, id = 'o1'): Override {
  return { ...change, id, schedule: 'desk', startAt, endAt, by: 'boss' }
}

import { describe, expect, it } from 'vitest'
import { importCsv, parseCsv, personId, withShifts } from '../../../src/core/duty/import-csv.ts'
import { importIcalendar } from '../../../src/core/duty/import-icalendar.ts'
import { resolveSchedule } from '../../../src/core/duty/resolve-schedule.ts'
import { fourPeople, hk, person, rosters, schedule, staff } from './sample-duty.ts'

const people = staff(
  person('ann', {
    nameZh: '安',
    methods: [{ address: { channel: 'email', id: 'Ann@example.test' }, verified: true, afterSeconds: 0 }],
  }),
  person('ben', { name: 'Ben, the tall' }),
)
const source = { file: 'roster', zone: 'Asia/Hong_Kong', staff: people }
const csv = (text: string) => importCsv({ ...source, text })
const night = { startAt: hk('2026-03-02T19:00'), endAt: hk('2026-03-03T07:00') }

describe('a roster from CSV', () => {
  it('names people by id or name, in any column order, with other columns, quotes and line ends', () => {
    const text =
      '\uFEFFFrom,note,Until,Person\r\n2026-03-02T19:00,"a ""b"", c\nd",2026-03-03 07:00,ann\r\n\r\n2026-03-02 19:00,,2026-03-03T07:00,"Ben, the tall"\r\n2026-03-02 19:00,,2026-03-03T07:00,安'
    expect(csv(text)).toEqual({
      shifts: [
        { person: 'ann', ...night },
        { person: 'ben', ...night },
        { person: 'ann', ...night },
      ],
      faults: [],
    })
  })

  it('lists every fault with its line', () => {
    const text = 'person,from,until\nzoe,soon,later\nann,2026-03-02 19:00,2026-03-02 19:00\nann,2026-03-02 19:00\n'
    expect(csv(text)).toEqual({
      shifts: [],
      faults: [
        { file: 'roster', key: 'line 2', message: '"zoe" is not on the staff list' },
        { file: 'roster', key: 'line 2', message: '"soon" is not a local time' },
        { file: 'roster', key: 'line 2', message: '"later" is not a local time' },
        { file: 'roster', key: 'line 3', message: 'ends before it starts' },
        { file: 'roster', key: 'line 4', message: '"" is not a local time' },
      ],
    })
  })

  it('says which columns are missing, and where a quotation mark is out of place', () => {
    expect(csv('person,start\n').faults).toEqual([{ file: 'roster', key: 'line 1', message: 'no column from, until' }])
    expect(csv('').faults).toEqual([{ file: 'roster', key: 'line 1', message: 'no column person, from, until' }])
    expect(csv('person,from,until\nann,2026-03-02 19:00,2026-03-02 20:00\nann,x"y,z\n').faults).toEqual([
      { file: 'roster', key: 'line 3', message: 'a quotation mark is out of place' },
    ])
  })

  it('reads cells as RFC 4180 says', () => {
    expect(parseCsv('a,"b,c"\n,\n"x""y",z').rows).toEqual([
      ['a', 'b,c'],
      ['', ''],
      ['x"y', 'z'],
    ])
    expect(parseCsv('a,').rows).toEqual([['a', '']])
    expect(parseCsv('').rows).toEqual([])
  })

  it('a name that two people bear names nobody', () => {
    const twins = staff(person('a1', { name: 'Kim' }), person('a2', { name: 'Kim' }))
    expect([
      personId(twins, 'Kim'),
      personId(twins, 'a2'),
      personId(fourPeople, 'Cat'),
      personId(fourPeople, 'x'),
    ]).toEqual([undefined, 'a2', 'cat', undefined])
  })

  it('local times follow the clocks of the zone', () => {
    const { shifts } = importCsv({
      ...source,
      zone: 'America/Chicago',
      text: 'person,from,until\nann,2025-03-09 01:00,2025-03-09 07:00',
    })
    expect(shifts).toEqual([
      { person: 'ann', startAt: new Date('2025-03-09T07:00Z'), endAt: new Date('2025-03-09T12:00Z') },
    ])
  })

  it('imported shifts put people on duty', () => {
    const plan = withShifts(rosters([schedule({ rotations: [] })]), 'desk', [{ person: 'ann', ...night }])
    const desk = plan.schedules.get('desk')!
    expect(resolveSchedule(plan, desk, night.startAt).people.map((one) => one.person)).toEqual(['ann'])
    const more = withShifts(plan, 'desk', [{ person: 'ben', ...night }])
    expect(more.schedules.get('desk')?.datedShifts.map((shift) => shift.person)).toEqual(['ann', 'ben'])
    expect(withShifts(plan, 'none', [])).toBe(plan)
  })
})

describe('a roster from iCalendar', () => {
  const read = (...events: string[]) =>
    importIcalendar({
      ...source,
      text: [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        ...events.map((event) => `BEGIN:VEVENT\n${event}\nEND:VEVENT`),
        'END:VCALENDAR',
      ]
        .join('\n')
        .replaceAll('\n', '\r\n'),
    })

  it.each([
    ['UTC', 'UID:1\nSUMMARY:ann\nDTSTART:20260302T110000Z\nDTEND:20260302T230000Z'],
    [
      'a named zone',
      'UID:1\nSUMMARY:ann\nDTSTART;TZID=Asia/Hong_Kong:20260302T190000\nDTEND;TZID="Asia/Hong_Kong":20260303T070000',
    ],
    ['the zone of the file', 'UID:1\nSUMMARY:安\nDTSTART:20260302T190000\nDTEND:20260303T070000'],
    ['a duration', 'UID:1\nSUMMARY:Ann\nDTSTART:20260302T190000\nDURATION:PT12H'],
    [
      'an attendee, on a folded line',
      'UID:1\nSUMMARY:Night shift\nATTENDEE;CN=Ann;ROLE=REQ-PARTICIPANT:mailto:ANN@exam\n ple.test\nDTSTART:20260302T190000\nDTEND:20260303T070000',
    ],
    [
      'an alarm inside',
      'UID:1\nSUMMARY:ann\nDTSTART:20260302T190000\nDURATION:PT12H\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5M\nSUMMARY:ben\nEND:VALARM\nSTATUS:CONFIRMED',
    ],
  ])('with times in %s', (_, event) => {
    expect(read(event)).toEqual({ shifts: [{ person: 'ann', ...night }], faults: [] })
  })

  it('a whole day is the local day, 23 hours long when the clocks go forward', () => {
    const text = 'BEGIN:VEVENT\nUID:1\nSUMMARY:ann\nDTSTART;VALUE=DATE:20250309\nEND:VEVENT'
    const { shifts } = importIcalendar({ ...source, zone: 'America/Chicago', text })
    expect(shifts).toEqual([
      { person: 'ann', startAt: new Date('2025-03-09T06:00Z'), endAt: new Date('2025-03-10T05:00Z') },
    ])
  })

  it('skips what was cancelled and what is no event', () => {
    expect(read('UID:1\nSUMMARY:zoe\nSTATUS:CANCELLED')).toEqual({ shifts: [], faults: [] })
    expect(importIcalendar({ ...source, text: 'SUMMARY:zoe\nEND:VEVENT' })).toEqual({ shifts: [], faults: [] })
  })

  it.each([
    [
      'SUMMARY:ann\nDTSTART:20260302T190000\nDTEND:20260303T070000\nRRULE:FREQ=DAILY',
      'recurs: export it as single events',
    ],
    ['SUMMARY:ann\nRDATE:20260302T190000', 'recurs: export it as single events'],
    ['SUMMARY:ann\nRECURRENCE-ID:20260302T190000', 'recurs: export it as single events'],
    ['SUMMARY:zoe\nDTSTART:20260302T190000\nDTEND:20260303T070000', '"zoe" is not on the staff list'],
    ['SUMMARY:ann\nDTEND:20260303T070000', 'has no readable start and end'],
    ['SUMMARY:ann\nDTSTART:20260302T190000', 'has no readable start and end'],
    ['SUMMARY:ann\nDTSTART:soon\nDURATION:PT1H', 'has no readable start and end'],
    ['SUMMARY:ann\nDTSTART:20260302T190000\nDURATION:long', 'has no readable start and end'],
    ['SUMMARY:ann\nDTSTART:20261302T190000\nDURATION:PT1H', 'has no readable start and end'],
    ['SUMMARY:ann\nDTSTART;TZID=Mars/Base:20260302T190000\nDURATION:PT1H', 'has no readable start and end'],
    ['SUMMARY:ann\nDTSTART:20260302T190000\nDTEND:20260302T190000', 'ends before it starts'],
  ])('refuses an event: %j', (event, message) => {
    expect(read(`UID:u7\n${event}`)).toEqual({ shifts: [], faults: [{ file: 'roster', key: 'u7', message }] })
  })

  it('names an event without UID by its summary', () => {
    expect(read('SUMMARY:zoe').faults[0]?.key).toBe('zoe')
  })
})

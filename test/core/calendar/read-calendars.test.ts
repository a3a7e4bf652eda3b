import { describe, expect, it } from 'vitest'
import { durationSchema } from '../../../src/core/calendar/calendar-schema.ts'
import { readCalendars } from '../../../src/core/calendar/read-calendars.ts'
import { parseDays, parseOpening, readWeek } from '../../../src/core/calendar/weekly-hours.ts'
import { hkOffice, roundTheClock, sample } from './sample-calendars.ts'

const entry = { zone: 'Asia/Hong_Kong', hours: { mon: ['09:00-13:00'] } }
const read = (calendars: object, holidays: readonly object[] = []) =>
  readCalendars(
    { file: 'calendars.yaml', content: { calendars } },
    holidays.map((content) => ({ file: 'holidays.yaml', content })),
  )
const faultsOf = (change: object) => read({ office: { ...entry, ...change } }).faults

describe('the committed calendars', () => {
  it('have no fault', () => {
    expect(sample.faults).toEqual([])
    expect([...sample.calendars.keys()]).toEqual(['hk-office', '24x7'])
  })

  it('are the office of Hong Kong and the clock that never stops', () => {
    expect(hkOffice).toMatchObject({ zone: 'Asia/Hong_Kong', zoneLabel: 'Hong Kong time', workingDayMinutes: 480 })
    expect(hkOffice.holidays?.id).toBe('hk')
    expect(roundTheClock).toEqual({
      name: '24x7',
      zone: 'Asia/Hong_Kong',
      zoneLabel: 'Hong Kong time',
      hours: 'always',
      workingDayMinutes: 1_440,
    })
  })
})

describe('reading calendars', () => {
  it('fills in the zone as label and the longest day as working day', () => {
    const { calendars, faults } = read({
      a: { ...entry, hours: { mon: ['09:00-13:00', '14:00-18:00'], sat: ['09:00-13:00'] } },
    })
    expect(faults).toEqual([])
    expect(calendars.get('a')).toMatchObject({ zoneLabel: 'Asia/Hong_Kong', workingDayMinutes: 480 })
    expect(read({ a: { ...entry, hours: 'always' } }).calendars.get('a')?.workingDayMinutes).toBe(1_440)
    expect(read({ a: { ...entry, workingDay: '7.5h' } }).calendars.get('a')?.workingDayMinutes).toBe(450)
    expect(read({ a: { ...entry, workingDay: '90m' } }).calendars.get('a')?.workingDayMinutes).toBe(90)
    expect(read({ a: { ...entry, workingDay: '3600s' } }).calendars.get('a')?.workingDayMinutes).toBe(60)
  })

  it.each([
    [{ zone: '+08:00x' }, 'calendars.office.zone', '"+08:00x" is not an IANA zone'],
    [{ holidays: 'hk' }, 'calendars.office.holidays', 'there is no holiday table "hk"'],
    [{ hours: {} }, 'calendars.office.hours', 'never open'],
    [{ hours: { mon: [] } }, 'calendars.office.hours', 'never open'],
    [
      { hours: { tue: ['9-13'], mon: ['09:00-10:00'] } },
      'calendars.office.hours.tue',
      '"9-13" is not an opening: write 09:00-13:00',
    ],
    [{ workingDay: '1wd' }, 'calendars.office.workingDay', 'write a time above zero, like 8h'],
    [{ workingDay: '0h' }, 'calendars.office.workingDay', 'write a time above zero, like 8h'],
  ])('%j is a fault', (change, key, message) => {
    expect(faultsOf(change)).toEqual([{ file: 'calendars.yaml', key, message }])
  })

  it('lists all faults of all calendars and files at once', () => {
    const { faults, calendars } = read(
      {
        a: { ...entry, zone: 'x', holidays: 'y', workingDay: '0s' },
        b: { ...entry, hours: { moon: ['09:00-10:00'], mon: ['09:00-10:00'] } },
        c: entry,
      },
      [{}],
    )
    expect(faults.map(({ file, key }) => `${file} ${key}`)).toEqual([
      'holidays.yaml id',
      'holidays.yaml source',
      'holidays.yaml years',
      'calendars.yaml calendars.a.zone',
      'calendars.yaml calendars.a.holidays',
      'calendars.yaml calendars.a.workingDay',
      'calendars.yaml calendars.b.hours.moon',
    ])
    expect([...calendars.keys()]).toEqual(['c'])
  })

  it('refuses unknown keys and wrong forms with the key they are at', () => {
    expect(faultsOf({ zone: 8 }).map(({ key }) => key)).toEqual(['calendars.office.zone'])
    expect(faultsOf({ colour: 'red' }).map(({ key }) => key)).toEqual(['calendars.office'])
    expect(faultsOf({ workingDay: '8' })[0]?.message).toContain('"8" is not a duration')
  })
})

describe('weekly hours', () => {
  it.each([
    ['mon', [1]],
    ['sun', [0]],
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['sat-mon', [6, 0, 1]],
    ['daily', [0, 1, 2, 3, 4, 5, 6]],
    ['monday', undefined],
    ['mon-', undefined],
    ['mon-tue-wed', undefined],
    ['x-fri', undefined],
  ])('%s names %j', (key, days) => {
    expect(parseDays(key)).toEqual(days)
  })

  it.each([
    ['09:00-13:00', { fromMinute: 540, toMinute: 780 }],
    ['22:30-06:15', { fromMinute: 1_350, toMinute: 1_815 }],
    ['00:00-24:00', { fromMinute: 0, toMinute: 1_440 }],
    ['18:00-00:00', { fromMinute: 1_080, toMinute: 1_440 }],
    ['09:00-09:00', undefined],
    ['24:00-06:00', undefined],
    ['09:00-24:01', undefined],
    ['9:00-13:00', undefined],
    ['09:00-13:60', undefined],
    ['09:00-25:00', undefined],
    ['x09:00-13:00', undefined],
    ['09:00-13:00x', undefined],
  ])('%s is %j', (text, opening) => {
    expect(parseOpening(text)).toEqual(opening)
  })

  it('adds up openings of several keys in the order of the day', () => {
    const { week, faults } = readWeek({ mon: ['14:00-18:00'], 'mon-tue': ['09:00-13:00'] })
    expect(faults).toEqual([])
    expect(week[1]).toEqual([
      { fromMinute: 540, toMinute: 780 },
      { fromMinute: 840, toMinute: 1_080 },
    ])
    expect(week[2]).toEqual([{ fromMinute: 540, toMinute: 780 }])
  })

  it.each([
    ['two on one day', { mon: ['09:00-13:00', '12:00-18:00'] }, 'mon'],
    ['a night and the next morning', { mon: ['22:00-06:00'], tue: ['05:00-09:00'] }, 'tue'],
    ['the night of Saturday and Sunday morning', { sat: ['22:00-06:00'], sun: ['05:00-09:00'] }, 'sun'],
    ['the same twice', { mon: ['09:00-13:00'], 'mon-wed': ['09:00-13:00'] }, 'mon'],
  ])('%s overlap, which is a fault', (_, hours, day) => {
    expect(readWeek(hours).faults).toEqual([{ day, message: 'an opening begins before the one before it has ended' }])
  })

  it('openings that touch do not overlap', () => {
    expect(readWeek({ daily: ['00:00-24:00'] }).faults).toEqual([])
    expect(
      readWeek({ mon: ['09:00-13:00', '13:00-14:00'], sat: ['22:00-06:00'], sun: ['06:00-07:00'] }).faults,
    ).toEqual([])
  })
})

describe('a duration in a configuration', () => {
  it('is parsed, or refused with the accepted forms', () => {
    expect(durationSchema.parse('10m')).toEqual({ amount: 10, unit: 'm' })
    expect(durationSchema.safeParse('10').error?.issues[0]?.message).toContain('write a number and s, m, h or wd')
  })
})

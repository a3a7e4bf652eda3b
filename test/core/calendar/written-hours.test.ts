import { describe, expect, it } from 'vitest'
import { parseDuration } from '../../../src/core/calendar/duration.ts'
import { parseDays, parseOpening, readWeek } from '../../../src/core/calendar/weekly-hours.ts'
import { offsetAt } from '../../../src/core/calendar/zone-offsets.ts'

// This file reads no configuration when it is loaded: a parser that breaks must fail a test here, not the loading of all.

describe('days as they are written', () => {
  it.each([
    ['daily', [0, 1, 2, 3, 4, 5, 6]],
    ['mon', [1]],
    ['sun', [0]],
    ['sat', [6]],
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['fri-mon', [5, 6, 0, 1]],
    ['tue-sun', [2, 3, 4, 5, 6, 0]],
    ['wed-wed', [3]],
    ['thu-thu', [4]],
  ])('%s', (key, days) => expect(parseDays(key)).toEqual(days))

  it.each(['', 'monday', 'mon-', '-mon', 'mon-fri-sat', 'x-mon', 'mon-x', 'Mon'])('"%s" is none', (key) =>
    expect(parseDays(key)).toBeUndefined(),
  )
})

describe('an opening as it is written', () => {
  it.each([
    ['09:00-13:00', 540, 780],
    ['00:00-24:00', 0, 1440],
    ['19:00-07:00', 1140, 1860],
    ['23:59-00:00', 1439, 1440],
    ['10:15-19:45', 615, 1185],
    ['20:30-21:31', 1230, 1291],
  ])('%s', (text, fromMinute, toMinute) => expect(parseOpening(text)).toEqual({ fromMinute, toMinute }))

  it.each([
    '9:00-13:00',
    '09:00',
    '24:00-25:00',
    '24:00-08:00',
    '09:60-10:00',
    '09:00-09:00',
    '09:00-24:01',
    '30:00-31:00',
    ' 09:00-13:00',
    '09:00-13:00x',
  ])('"%s" is none', (text) => expect(parseOpening(text)).toBeUndefined())
})

describe('a week', () => {
  it('puts each opening on its days, in the order of the day', () => {
    const { week, faults } = readWeek({ 'mon-tue': ['14:00-18:00', '09:00-13:00'], sat: ['09:00-13:00'] })
    const [morning, afternoon] = [
      { fromMinute: 540, toMinute: 780 },
      { fromMinute: 840, toMinute: 1080 },
    ]
    expect(faults).toEqual([])
    expect(week).toEqual([[], [morning, afternoon], [morning, afternoon], [], [], [], [morning]])
  })

  it('names what is no day and what is no opening', () => {
    expect(readWeek({ someday: ['09:00-13:00'], mon: ['noon'] }).faults).toEqual([
      { day: 'someday', message: '"someday" is not a day: write mon, mon-fri or daily' },
      { day: 'mon', message: '"noon" is not an opening: write 09:00-13:00' },
    ])
  })

  it.each([
    ['on one day', { tue: ['09:00-13:00', '12:59-14:00'] }, 'tue'],
    ['from one day into the next', { sun: ['22:00-06:00'], mon: ['05:00-09:00'] }, 'mon'],
    ['round the end of the week', { sat: ['22:00-06:00'], sun: ['05:59-09:00'] }, 'sun'],
    ['a night and the same night', { wed: ['19:00-07:00', '23:00-01:00'] }, 'wed'],
  ])('openings that overlap %s are a fault', (_how, hours, day) => {
    expect(readWeek(hours).faults).toEqual([{ day, message: 'an opening begins before the one before it has ended' }])
  })

  it('openings that touch are none', () => {
    expect(readWeek({ daily: ['00:00-12:00', '12:00-24:00'] }).faults).toEqual([])
    expect(readWeek({ sat: ['22:00-06:00'], sun: ['06:00-09:00'] }).faults).toEqual([])
    expect(readWeek({ mon: ['09:00-13:00'] }).faults).toEqual([])
    expect(readWeek({}).faults).toEqual([])
  })
})

describe('a duration as it is written', () => {
  it.each([
    ['90s', { amount: 90, unit: 's' }],
    ['10m', { amount: 10, unit: 'm' }],
    ['4h', { amount: 4, unit: 'h' }],
    ['2wd', { amount: 2, unit: 'wd' }],
    ['1.25h', { amount: 1.25, unit: 'h' }],
    [' 10m ', { amount: 10, unit: 'm' }],
  ])('%s', (text, duration) => expect(parseDuration(text)).toEqual(duration))

  it.each(['', '10', 'm', '1.h', '.5h', '10 m', '-1m', '10min', 'x10m'])('"%s" is none', (text) =>
    expect(() => parseDuration(text)).toThrow(
      `"${text}" is not a duration: write a number and s, m, h or wd, like 90s, 10m, 4h or 2wd`,
    ),
  )
})

describe('a zone', () => {
  it('that does not exist is named', () => {
    expect(() => offsetAt('Mars/Olympus', 0)).toThrow('"Mars/Olympus" is not an IANA zone')
  })
})

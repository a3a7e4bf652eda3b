import { describe, expect, it } from 'vitest'
import { parseDuration, workingTime } from '../../../src/core/calendar/duration.ts'
import { explainDue, localTime } from '../../../src/core/calendar/explain-due.ts'
import { runDue } from '../../../src/core/calendar/run-due.ts'
import { calendarOf, daily, hk, hkOffice, roundTheClock, sample } from './sample-calendars.ts'

const hours = 'Mon–Fri 09:00–13:00 and 14:00–18:00, Sat 09:00–13:00 Hong Kong time'

describe('the explanation of a deadline', () => {
  it('names the hours and the holidays that were skipped', () => {
    const { dueAt, internalDueAt, because, warnings } = explainDue(hkOffice, hk('2026-04-02T17:30'), 60)
    expect(dueAt).toEqual(hk('2026-04-08T09:30'))
    expect(internalDueAt).toEqual(hk('2026-04-08T09:24'))
    expect(because).toBe(
      `Wed 8 Apr 09:30 because ${hours}; skipped Good Friday (3 Apr), the day following Good Friday (4 Apr), ` +
        'the day following Ching Ming Festival (6 Apr), the day following Easter Monday (7 Apr)',
    )
    expect(warnings).toEqual([])
  })

  it('says nothing of holidays on which nobody would have worked, or outside the time', () => {
    const mondays = calendarOf(
      'Asia/Hong_Kong',
      [[], [{ fromMinute: 540, toMinute: 1_080 }], [], [], [], [], []],
      ['2026-03-03'],
    )
    expect(explainDue(mondays, hk('2026-03-02T17:00'), 120).because).toBe(
      'Mon 9 Mar 10:00 because Mon 09:00–18:00 Asia/Hong_Kong',
    )
    expect(explainDue(hkOffice, hk('2026-04-08T09:00'), 60).because).toBe(`Wed 8 Apr 10:00 because ${hours}`)
  })

  it('names six holidays and counts the rest', () => {
    const dates = Array.from({ length: 8 }, (_, index) => `2026-03-0${index + 1}`)
    const clock = calendarOf('Asia/Hong_Kong', daily([540, 600]), dates)
    const { because } = explainDue(clock, hk('2026-03-01T00:00'), 30)
    expect(because).toContain('Holiday 2026-03-06 (6 Mar) and 2 more')
    expect(because).not.toContain('Holiday 2026-03-07')
    const six = calendarOf('Asia/Hong_Kong', daily([540, 600]), dates.slice(0, 6))
    expect(explainDue(six, hk('2026-03-01T00:00'), 30).because).not.toContain('more')
  })

  it('names closures and pauses that cost working time, and only those', () => {
    const stops = {
      closures: [
        { startAt: hk('2026-07-20T12:20'), endAt: hk('2026-07-21T11:40'), reason: 'typhoon_signal_8' },
        { startAt: hk('2026-07-20T19:00'), endAt: hk('2026-07-20T20:00'), reason: 'black_rainstorm' },
        { startAt: hk('2026-07-24T09:00'), endAt: hk('2026-07-24T12:00') },
      ],
      pauses: [
        { startAt: hk('2026-07-21T12:00'), endAt: hk('2026-07-21T12:30'), reason: 'waiting_agreed_date' },
        { startAt: hk('2026-07-21T12:30'), endAt: hk('2026-07-21T12:45') },
      ],
    } as const
    expect(explainDue(hkOffice, hk('2026-07-20T11:00'), 240, stops).because).toBe(
      `Tue 21 Jul 16:05 because ${hours}; closed for typhoon signal 8 Mon 20 Jul 12:20 to Tue 21 Jul 11:40; ` +
        'waited for the agreed date Tue 21 Jul 12:00 to Tue 21 Jul 12:30; ' +
        'waited for the customer Tue 21 Jul 12:30 to Tue 21 Jul 12:45',
    )
  })

  it.each([
    ['black_rainstorm', 'closed for the black rainstorm signal'],
    ['extreme_conditions', 'closed for extreme conditions'],
    ['other', 'closed for a recorded closure'],
  ] as const)('puts the closure %s in words', (reason, words) => {
    const closures = [{ startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T11:00'), reason }]
    expect(explainDue(hkOffice, hk('2026-03-02T09:00'), 120, { closures }).because).toContain(words)
  })

  it('round the clock there is nothing to skip', () => {
    const closures = [{ startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T11:00') }]
    expect(explainDue(roundTheClock, hk('2026-03-02T09:00'), 120, { closures }).because).toBe(
      'Mon 2 Mar 11:00 because the clock runs round the clock',
    )
  })

  it('warns when it rests on a draft or on no table at all', () => {
    expect(explainDue(hkOffice, hk('2026-12-31T17:30'), 60).warnings).toEqual([
      'the 2027 holidays of hk are a draft nobody has confirmed',
    ])
    expect(explainDue(hkOffice, hk('2027-12-31T17:30'), 60).warnings).toEqual([
      'the 2027 holidays of hk are a draft nobody has confirmed',
      'the 2028 holidays of hk are missing, so none were skipped in it',
    ])
    expect(explainDue(roundTheClock, hk('2040-01-01T00:00'), 60).warnings).toEqual([])
  })

  it('describes nights and runs of days', () => {
    const nights = calendarOf('Asia/Hong_Kong', daily([1_320, 1_800]))
    expect(explainDue(nights, hk('2026-03-02T22:00'), 60).because).toContain('Mon–Sun 22:00–06:00')
    const two = calendarOf('Asia/Hong_Kong', [
      [],
      [{ fromMinute: 0, toMinute: 1_440 }],
      [],
      [{ fromMinute: 0, toMinute: 1_440 }],
      [],
      [],
      [],
    ])
    expect(explainDue(two, hk('2026-03-02T22:00'), 60).because).toContain(
      'because Mon 00:00–24:00, Wed 00:00–24:00 Asia',
    )
  })

  it('tells local time, with seconds only where there are any', () => {
    expect(localTime('Asia/Hong_Kong', hk('2026-09-06T00:05'))).toBe('Sun 6 Sep 00:05')
    expect(localTime('America/Chicago', new Date('2026-12-31T23:59:09Z'))).toBe('Thu 31 Dec 17:59:09')
  })
})

describe('durations', () => {
  it.each([
    ['90s', 1.5],
    ['10m', 10],
    ['4h', 240],
    ['2wd', 960],
    ['1.5h', 90],
    [' 0m ', 0],
  ])('%s is %d minutes on the office clock', (text, minutes) => {
    expect(workingTime(hkOffice, parseDuration(text))).toBe(minutes * 60_000)
  })

  it('a working day round the clock is 24 hours, and a bare number is minutes', () => {
    expect(workingTime(roundTheClock, parseDuration('1wd'))).toBe(86_400_000)
    expect(workingTime(roundTheClock, 7)).toBe(420_000)
  })

  it('two working days over a short Saturday are sixteen working hours', () => {
    const { dueAt } = explainDue(hkOffice, hk('2026-03-06T10:00'), parseDuration('2wd'))
    expect(dueAt).toEqual(hk('2026-03-09T15:00'))
  })

  it.each(['', '10', 'm', '10 m', '-1h', '1d', '1w', '2wds', 'x2h', '1.h', '1e3s'])('refuses "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow(`"${text}" is not a duration: write a number and s, m, h or wd`)
  })
})

describe('gatehouse due', () => {
  const ask = { calendar: 'hk-office', from: '2026-04-02T17:30', in: '60m' }

  it('answers in JSON and in words', () => {
    const output = runDue(sample.calendars, ask)
    expect(output).toMatchObject({
      ok: true,
      json: { dueAt: '2026-04-08T01:30:00.000Z', internalDueAt: '2026-04-08T01:24:00.000Z', warnings: [] },
    })
    if (!output.ok) throw new Error(output.message)
    expect(output.json.because).toMatch(/^Wed 8 Apr 09:30 because /)
    expect(output.text).toBe(
      `due       ${output.json.because}\ninternal  Wed 8 Apr 09:24 (90 % of the working time; never told to the customer)`,
    )
  })

  it('takes an instant with an offset as it is', () => {
    expect(runDue(sample.calendars, { ...ask, from: '2026-04-02T09:30:00Z' })).toEqual(runDue(sample.calendars, ask))
  })

  it('takes pauses, closures and warnings into account', () => {
    const pauses = ['2026-03-02T15:00/2026-03-04T10:00']
    const paused = runDue(sample.calendars, { ...ask, from: '2026-03-02T09:00', in: '480m', pauses })
    expect(paused).toMatchObject({ json: { dueAt: '2026-03-04T05:00:00.000Z' } })
    const closures = ['2026-07-20T12:20+08:00/2026-07-21T03:40Z']
    const closed = runDue(sample.calendars, { ...ask, from: '2026-07-20T11:00', in: '4h', closures })
    expect(closed).toMatchObject({ json: { dueAt: '2026-07-21T07:20:00.000Z' } })
    const draft = runDue(sample.calendars, { ...ask, from: '2027-02-05T17:30' })
    expect(draft).toMatchObject({ text: expect.stringMatching(/\nwarning {3}the 2027 holidays of hk are a draft/) })
  })

  it.each([
    [{ calendar: 'none' }, 'there is no calendar "none": choose one of hk-office, 24x7'],
    [{ from: 'soon' }, '"soon" is not an instant: write 2026-04-02T17:30 or 2026-04-02T09:30:00Z'],
    [{ in: '3x' }, '"3x" is not a duration: write a number and s, m, h or wd, like 90s, 10m, 4h or 2wd'],
    [{ in: '99999h' }, 'calendar hk-office is not open long enough in the five years after 2026-04-02T09:30:00.000Z'],
    [
      { pauses: ['2026-03-02T15:00'] },
      '"2026-03-02T15:00" is not an interval: write two instants with a slash between them',
    ],
    [
      { pauses: ['2026-03-02/2026-03-03/2026-03-04'] },
      '"2026-03-02/2026-03-03/2026-03-04" is not an interval: write two instants with a slash between them',
    ],
    [{ closures: ['2026-03-03/2026-03-02'] }, '"2026-03-03/2026-03-02" ends before it starts'],
  ])('says what is wrong with %j', (change, message) => {
    expect(runDue(sample.calendars, { ...ask, ...change })).toEqual({ ok: false, message })
  })
})

import { describe, expect, it } from 'vitest'
import { due, elapsed } from '../../../src/core/calendar/due.ts'
import { firstInstant } from '../../../src/core/calendar/wall-clock.ts'
import { hk, hkOffice } from './sample-calendars.ts'

describe('golden vectors on the Hong Kong office calendar', () => {
  const plain = [
    ['over Easter and Ching Ming, four holidays and a Sunday', '2026-04-02T17:30', 60, '2026-04-08T09:30'],
    ['asked on a holiday', '2026-04-03T10:00', 240, '2026-04-08T13:00'],
    ['over Lunar New Year 2027, whose second day is a Sunday', '2027-02-05T17:30', 60, '2027-02-10T09:30'],
    ['over Christmas and a short Saturday', '2025-12-24T16:00', 480, '2025-12-29T11:00'],
    ['an exact closing time stays and does not slip to the next day', '2026-09-25T17:00', 540, '2026-09-28T18:00'],
  ] as const
  it.each(plain)('%s', (_, from, minutes, expected) => {
    expect(due(hkOffice, hk(from), minutes)).toEqual(hk(expected))
    expect(elapsed(hkOffice, hk(from), hk(expected))).toBe(minutes * 60_000)
  })

  it('typhoon signal 8 from Monday 12:20 to Tuesday 11:40 postpones Monday 16:00 to Tuesday 15:20', () => {
    const closures = [
      { startAt: hk('2026-07-20T12:20'), endAt: hk('2026-07-21T11:40'), reason: 'typhoon_signal_8' },
    ] as const
    expect(due(hkOffice, hk('2026-07-20T11:00'), 240)).toEqual(hk('2026-07-20T16:00'))
    expect(due(hkOffice, hk('2026-07-20T11:00'), 240, { closures })).toEqual(hk('2026-07-21T15:20'))
  })

  it('waiting for the customer from Monday 15:00 to Wednesday 10:00 moves Monday 18:00 to Wednesday 13:00', () => {
    const pauses = [{ startAt: hk('2026-03-02T15:00'), endAt: hk('2026-03-04T10:00') }]
    expect(due(hkOffice, hk('2026-03-02T09:00'), 480)).toEqual(hk('2026-03-02T18:00'))
    expect(due(hkOffice, hk('2026-03-02T09:00'), 480, { pauses })).toEqual(hk('2026-03-04T13:00'))
  })
})

describe('golden vectors of a hand-over in Chicago', () => {
  it('02:30 does not exist on 9 March 2025, so it is the moment after the gap: 03:00 -05:00', () => {
    expect(new Date(firstInstant('America/Chicago', Date.parse('2025-03-09T02:30Z')))).toEqual(
      new Date('2025-03-09T03:00-05:00'),
    )
  })

  it('01:30 comes twice on 2 November 2025, so it is the first one: 01:30 -05:00', () => {
    expect(new Date(firstInstant('America/Chicago', Date.parse('2025-11-02T01:30Z')))).toEqual(
      new Date('2025-11-02T01:30-05:00'),
    )
  })
})

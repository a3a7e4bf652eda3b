import { describe, expect, it } from 'vitest'
import { throttledUntil } from '../../src/core/outbox/throttle.ts'

const start = new Date('2026-03-04T02:00:00Z')
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

describe('pages to one phone', () => {
  it('five in a quarter of an hour, then the next when the first of them is a quarter of an hour old', () => {
    expect(throttledUntil([at(0), at(1), at(2), at(3)], at(4))).toBeUndefined()
    expect(throttledUntil([at(0), at(1), at(2), at(3), at(4)], at(5))).toEqual(at(15))
    expect(throttledUntil([at(0), at(1), at(2), at(3), at(4)], at(15))).toBeUndefined()
  })

  it('eleven in an hour, twenty-one in three', () => {
    const every = (minutes: number, count: number) => Array.from({ length: count }, (_, i) => at(i * minutes))
    expect(throttledUntil(every(5, 10), at(50))).toBeUndefined()
    expect(throttledUntil(every(5, 11), at(55))).toEqual(at(60))
    expect(throttledUntil(every(8, 21), at(165))).toEqual(at(180))
  })

  it('in whatever order they are remembered', () => {
    expect(throttledUntil([at(4), at(0), at(3), at(1), at(2)], at(5))).toEqual(at(15))
  })
})

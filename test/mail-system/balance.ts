import { expect } from 'vitest'
import { type Desk, until } from './desk.ts'

/** Everything received has ended as one of the ways there are, and nothing went wrong on the way. */
export async function expectBalance(desk: Desk): Promise<void> {
  const counts = await until('everything read', async () => {
    const found = await desk.counts()
    return found.pending === 0 && found
  })
  const rows = (await desk.events()).filter(({ kind }) => kind === 'message')
  expect(counts.received).toBe(rows.length)
  expect(counts.onCase + counts.suppressed + counts.quarantined).toBe(counts.received)
  expect(desk.faults).toEqual([])
}

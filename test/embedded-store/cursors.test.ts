import { Long } from 'bson'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../src/embedded-store/bson-value.ts'
import { Cursors } from '../../src/embedded-store/cursors.ts'

const minute = 60_000
const request = { size: 2, deadline: Number.POSITIVE_INFINITY }

async function openCursor(cursors: Cursors): Promise<Long> {
  const results = [1, 2, 3, 4, 5].map((n) => encode({ n })).values()
  const reply = decode(await cursors.start({ namespace: 'db.rows', results, check: () => {} }, request, false))
  return (reply.cursor as { id: Long }).id
}

describe('a cursor', () => {
  it('is forgotten when nobody used it for ten minutes', async () => {
    const cursors = new Cursors()
    const id = await openCursor(cursors)
    cursors.forgetIdle(performance.now() + 11 * minute)
    await expect(cursors.continue(id, request)).rejects.toMatchObject({ code: 43 })
  })

  it('is kept while it is used, and gone when it is read to its end', async () => {
    const cursors = new Cursors()
    const id = await openCursor(cursors)
    cursors.forgetIdle(performance.now() + 9 * minute)
    const next = decode(await cursors.continue(id, { ...request, size: 10 })).cursor as {
      id: Long
      nextBatch: unknown[]
    }
    expect(next.nextBatch).toHaveLength(3)
    expect(next.id).toEqual(Long.ZERO)
    await expect(cursors.continue(id, request)).rejects.toMatchObject({ code: 43 })
  })
})

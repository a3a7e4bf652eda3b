import { Long } from 'bson'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../src/embedded-store/bson-value.ts'
import { Cursors } from '../../src/embedded-store/cursors.ts'

const minute = 60_000

async function openCursor(cursors: Cursors): Promise<Long> {
  const results = [1, 2, 3, 4, 5].map((n) => encode({ n })).values()
  const reply = decode(await cursors.start('db.rows', results, { size: 2, isSingle: false }))
  return (reply.cursor as { id: Long }).id
}

describe('a cursor', () => {
  it('is forgotten when nobody used it for ten minutes', async () => {
    const cursors = new Cursors()
    const id = await openCursor(cursors)
    cursors.forgetIdle(performance.now() + 11 * minute)
    await expect(cursors.continue(id, 2)).rejects.toMatchObject({ code: 43 })
  })

  it('is kept while it is used, and gone when it is read to its end', async () => {
    const cursors = new Cursors()
    const id = await openCursor(cursors)
    cursors.forgetIdle(performance.now() + 9 * minute)
    const next = decode(await cursors.continue(id, 10)).cursor as {
      id: Long
      nextBatch: unknown[]
    }
    expect(next.nextBatch).toHaveLength(3)
    expect(next.id).toEqual(Long.ZERO)
    await expect(cursors.continue(id, 2)).rejects.toMatchObject({ code: 43 })
  })
})

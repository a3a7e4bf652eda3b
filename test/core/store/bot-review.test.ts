import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BotReviewList } from '../../../src/core/bot-review.ts'
import { connect, type Database } from '../../../src/core/store/connect.ts'
import { storesOn } from '../../../src/core/store/stores.ts'

let database: Database
let directory: string
let list: BotReviewList

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-reviews-'))
  database = await connect({ dataDir: directory })
  list = storesOn(database.models).botReviews
})
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute))
const review = {
  caseId: 'GH-2026-000001',
  by: 'wong-siu-ming',
  words: 'where do you keep things people leave behind',
  heardAs: { kind: 'enquiry', category: 'suspicious_person' },
  shouldBe: 'lost-found-claim',
} as const

describe('what staff said the bot got wrong', () => {
  it('waits, oldest first, until somebody has looked; the same press again changes nothing', async () => {
    await list.propose({ ...review, id: 'press-2', at: at(2) })
    await list.propose({ ...review, id: 'press-1', at: at(1) })
    await list.propose({ ...review, id: 'press-1', at: at(5), shouldBe: 'something else' })
    expect(await list.open(10)).toEqual([
      { ...review, id: 'press-1', at: at(1) },
      { ...review, id: 'press-2', at: at(2) },
    ])
    expect(await list.open(1)).toHaveLength(1)

    expect(await list.settle('press-1', at(9))).toBe(true)
    expect(await list.settle('press-1', at(9)), 'twice').toBe(false)
    expect(await list.settle('press-3', at(9)), 'unknown').toBe(false)
    await list.propose({ ...review, id: 'press-1', at: at(1) })
    expect((await list.open(10)).map(({ id }) => id)).toEqual(['press-2'])
  })

  it('keeps no novel', async () => {
    await list.propose({ ...review, id: 'long', at: at(3), words: 'x'.repeat(5000) })
    const [, long] = await list.open(10)
    expect(long?.words).toHaveLength(500)
  })
})

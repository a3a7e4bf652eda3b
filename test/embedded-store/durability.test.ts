import { describe, expect, it } from 'vitest'
import { killRounds } from '../../scripts/store-kill-rounds.ts'

describe('after kill -9 under load', () => {
  it('no acknowledged write is lost and every index is consistent, in 5 rounds', async () => {
    const acknowledged = await killRounds(5, () => {})
    expect(acknowledged).toBeGreaterThan(100)
  }, 90_000)
})

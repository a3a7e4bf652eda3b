import { expect, it } from 'vitest'
import { killRounds } from './kill-rounds.ts'

/** `npx tsx scripts/nightly-kill.ts 25` does it more often. */
const rounds = Number(process.env.KILL_ROUNDS ?? 6)

it(`keeps every promise although it is killed ${rounds} times under load`, { timeout: 400_000 }, async () => {
  const { acknowledged, kills, faults } = await killRounds(rounds)
  expect(faults).toEqual([])
  expect(kills).toBe(rounds)
  expect(acknowledged).toBeGreaterThan(rounds)
})

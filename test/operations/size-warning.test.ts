import { expect, it } from 'vitest'
import type { Models } from '../../src/core/store/models.ts'
import { sizeWarning } from '../../src/operations/size-warning.ts'

const withCases = (count: number) =>
  ({ cases: { collection: { estimatedDocumentCount: async () => count } } }) as unknown as Models

it('a site that outgrows the embedded store is told how to move; one on MongoDB is left in peace', async () => {
  expect(await sizeWarning(withCases(199_999), true)).toBeUndefined()
  expect(await sizeWarning(withCases(200_000), true)).toMatch(/200000 cases .*gatehouse export/)
  expect(await sizeWarning(withCases(900_000), false)).toBeUndefined()
})

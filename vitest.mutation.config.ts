import { defineConfig } from 'vitest/config'

/** The fast unit tests of one folder of the core: `GATEHOUSE_MUTATE=calendar npx stryker run --mutate 'src/core/calendar/**'`. */
const folder = process.env.GATEHOUSE_MUTATE ?? '*'

export default defineConfig({
  test: { include: [`test/core/${folder}/**/*.test.ts`], environment: 'node', testTimeout: 60_000, pool: 'forks' },
})

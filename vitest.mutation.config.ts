import { configDefaults, defineConfig } from 'vitest/config'

/** The unit tests of one folder of the core: `GATEHOUSE_MUTATE=calendar npx stryker run --mutate 'src/core/calendar/*.ts'`. */
const folder = process.env.GATEHOUSE_MUTATE ?? '*'

/** They take seconds each, and a mutant that lives on is tried by all: `GATEHOUSE_MUTATE_SLOW=on` has them too. */
const slow = ['clock-oracle', 'rotation-invariants', 'sample-operator', 'case-properties', 'escalation-invariants']

export default defineConfig({
  test: {
    include: [`test/core/${folder}/**/*.test.ts`],
    exclude: [
      ...configDefaults.exclude,
      ...(process.env.GATEHOUSE_MUTATE_SLOW ? [] : slow.map((name) => `**/${name}.test.ts`)),
    ],
    environment: 'node',
    testTimeout: 60_000,
    pool: 'forks',
  },
})

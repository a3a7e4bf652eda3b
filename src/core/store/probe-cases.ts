import type { CaseStore } from '../ports.ts'
import { createCaseStore } from './case-store.ts'
import type { Models } from './models.ts'

export type ProbeCases = CaseStore & { readonly forget: (caseId: string) => Promise<void> }

/** Cases of probes: the same store as for customers' cases and the same outbox, in collections of their own. */
export function createProbeCases(models: Models): ProbeCases {
  const { probe_cases: cases, probe_events: events } = models
  return {
    ...createCaseStore({ ...models, cases, case_events: events }),
    forget: async (caseId) => {
      await Promise.all([
        cases.collection.deleteMany({ _id: caseId } as object),
        events.collection.deleteMany({ caseId }),
      ])
    },
  }
}

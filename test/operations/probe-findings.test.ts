import { describe, expect, it } from 'vitest'
import type { ProbeRecord } from '../../src/core/watch/probe.ts'
import { findingOf } from '../../src/operations/probe-findings.ts'

const at = new Date('2026-03-04T02:00:00Z')
const probe = { id: 'sms-1', site: 'tower' } as Parameters<typeof findingOf>[0]['probe']
const shown = (record?: ProbeRecord) => {
  const { ok, detail } = findingOf({ probe, record })
  return `${ok} ${detail}`
}

describe('what doctor says of a probe', () => {
  const round = { round: 3, askedAt: at, failures: 0 }
  const good = { ...round, goodAt: at, tookMs: 4_200 }

  it.each<[string, ProbeRecord | undefined]>([
    ['true has not been sent yet: it begins when Gatehouse runs', undefined],
    ['true is on its way for the first time', round],
    ['true came back at 2026-03-04T02:00:00.000Z, after 4.2 s', good],
    ['true came back at 2026-03-04T02:00:00.000Z, after 4.2 s', { ...good, failures: 1 }],
    ['false did not come back 2 times in a row; last: never', { ...round, failures: 2 }],
    [
      'false did not come back 5 times in a row; last: came back at 2026-03-04T02:00:00.000Z, after 4.2 s',
      { ...good, failures: 5 },
    ],
  ])('%s', (words, record) => expect(shown(record)).toBe(words))
})

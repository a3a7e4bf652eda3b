import { describe, expect, it } from 'vitest'
import { redactionRules } from '../../src/bot/advice.ts'
import { entityRules } from '../../src/bot/entities.ts'
import { spotRules } from '../../src/bot/heard.ts'
import { heatRules } from '../../src/bot/heat.ts'
import { itemRules } from '../../src/bot/items.ts'
import { jargonRules } from '../../src/bot/jargon.ts'
import { draftRules } from '../../src/bot/lint-reply.ts'
import { assentRules } from '../../src/bot/rules/assent.ts'
import { commandRules } from '../../src/bot/rules/commands.ts'
import { complaintRules } from '../../src/bot/rules/complaint.ts'
import { dangerChinese } from '../../src/bot/rules/danger-chinese.ts'
import * as context from '../../src/bot/rules/danger-context.ts'
import { dangerElsewhere } from '../../src/bot/rules/danger-elsewhere.ts'
import { dangerEnglish } from '../../src/bot/rules/danger-english.ts'
import { dangerScenes } from '../../src/bot/rules/danger-scenes.ts'
import { dangerBySigns } from '../../src/bot/rules/danger-signs.ts'
import { dangerUnsaid } from '../../src/bot/rules/danger-unsaid.ts'
import * as figures from '../../src/bot/rules/figures-of-speech.ts'
import { handoffRules } from '../../src/bot/rules/handoff.ts'
import * as harmless from '../../src/bot/rules/harmless.ts'
import { seriousRules } from '../../src/bot/rules/severity.ts'

const tables = [
  redactionRules,
  entityRules,
  heatRules,
  spotRules,
  itemRules,
  jargonRules,
  draftRules,
  assentRules,
  commandRules,
  complaintRules,
  dangerChinese,
  dangerElsewhere,
  dangerEnglish,
  dangerBySigns,
  dangerScenes,
  dangerUnsaid,
  figures,
  context,
  handoffRules,
  harmless,
  seriousRules,
]

/** Every expression anywhere inside a table of rules. */
function expressionsIn(value: unknown): RegExp[] {
  if (value instanceof RegExp) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : []
}

const all = [...new Map(tables.flatMap(expressionsIn).map((expression) => [expression.source, expression])).values()]

/** Words an expression itself hopes for, repeated: the texts most likely to make it wander. */
const provocations = (source: string): string[] =>
  [...new Set(source.match(/[a-z]{3,}|[\u3400-\u9fff]/g) ?? [])]
    .slice(0, 12)
    .map((word) => `${word} `.repeat(Math.ceil(5000 / (word.length + 1))))

describe('every expression', () => {
  it('is found by this test', () => expect(all.length).toBeGreaterThan(90))

  it('has no repetition inside a repetition', () => {
    const nested = all.filter(({ source }) => /\([^()]*[+*]\)[+*]|\([^()]*[+*]\)\{\d+,\}/.test(source))
    expect(nested.map(({ source }) => source)).toEqual([])
  })

  it('bounds its gaps', () => {
    const loose = all.filter(({ source }) => /(?<!\\)\.[*+]/.test(source))
    expect(loose.map(({ source }) => source)).toEqual([])
  })

  it('reads 5,000 provoking characters in time', () => {
    for (const expression of all) {
      for (const text of [
        'a'.repeat(5000),
        ' '.repeat(5000),
        '火'.repeat(5000),
        '1'.repeat(5000),
        ...provocations(expression.source),
      ]) {
        const from = process.cpuUsage().user
        expression.lastIndex = 0
        expression.test(text)
        expect(
          (process.cpuUsage().user - from) / 1000,
          `${expression.source.slice(0, 80)} on ${text.slice(0, 12)}`,
        ).toBeLessThan(200)
      }
    }
  })
})

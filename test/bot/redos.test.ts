import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { redactionRules } from '../../src/bot/advice.ts'
import { entityRules } from '../../src/bot/entities.ts'
import { spotRules } from '../../src/bot/heard.ts'
import { heatRules } from '../../src/bot/heat.ts'
import { itemRules } from '../../src/bot/items.ts'
import { jargonRules } from '../../src/bot/jargon.ts'
import { draftRules } from '../../src/bot/lint-reply.ts'

/** Whatever a file of rules exports, so that none is forgotten. */
const folder = join(import.meta.dirname, '../../src/bot/rules')
const ofRules: unknown[] = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file))))
const tables = [redactionRules, entityRules, heatRules, spotRules, itemRules, jargonRules, draftRules, ...ofRules]

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

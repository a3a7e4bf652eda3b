import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AST, RegExpParser } from '@eslint-community/regexpp'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../../src/bot/learn/linear-svm.ts'
import { taughtLines } from '../../../src/bot/learn/lines.ts'
import { ruleForm } from '../../../src/bot/rules/emergency.ts'
import { neededBy, sieve } from '../../../src/bot/rules/sieve.ts'
import { shippedContent } from '../shipped-content.ts'

const tables: unknown[] = await Promise.all(
  readdirSync(join(import.meta.dirname, '../../../src/bot/rules')).map(
    (file) => import(join(import.meta.dirname, '../../../src/bot/rules', file)),
  ),
)
const expressionsIn = (value: unknown): RegExp[] => {
  if (value instanceof RegExp) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : []
}
const all = [...new Map(tables.flatMap(expressionsIn).map(({ source, flags }) => [source, flags])).entries()].map(
  ([source, flags]) => new RegExp(source, flags.replace('g', '')),
)
const picked = sieve(all, (expression) => expression)

describe('what an expression needs', () => {
  it.each([
    ['smok\\w*', ['smok']],
    ['fire|火', ['fire', '火']],
    ['\\bon (fire|flames?)\\b', ['fire', 'flam']],
    ['(a|bb)?help', ['help']],
    ['[火煙]', ['火', '煙']],
    ['(?!never)now', ['now']],
    ['(?<!not )here', ['here']],
    ['ab+', ['a']],
    ['no.{0,3}water', ['wate']],
  ])('%s', (source, expected) => expect([...(neededBy(new RegExp(source)) ?? [])]).toEqual(expected))

  it.each(['\\d+', 'a?', '[a-z]', '[^火]', '(a|\\d)', '(?:)', '.{3}', '(x)?\\1'])('%s needs nothing', (source) =>
    expect(neededBy(new RegExp(source))).toBeUndefined(),
  )

  it('is not read from expressions that ignore case', () => expect(neededBy(/help/i)).toBeUndefined())
})

/** Some text that an expression describes, leaving out what stands around it. */
function sample(node: AST.Element | AST.Pattern, random: () => number): string {
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return oneOf(node.alternatives)
        .elements.map((element) => sample(element, random))
        .join('')
    case 'Quantifier': {
      const times = node.min + Math.floor(random() * 2 * Math.min(1, node.max - node.min))
      return Array.from({ length: times }, () => sample(node.element, random)).join('')
    }
    case 'Character':
      return String.fromCodePoint(node.value)
    case 'CharacterSet':
      return node.kind === 'digit' ? '7' : node.kind === 'space' ? ' ' : 'e'
    case 'CharacterClass': {
      const one = oneOf(node.elements)
      if (node.negate) return 'z'
      if (one.type === 'Character') return String.fromCodePoint(one.value)
      return one.type === 'CharacterClassRange' ? String.fromCodePoint(one.min.value) : ' '
    }
    default:
      return ''
  }
}

describe('a sieve', () => {
  it('keeps the order and what it cannot tell', () => {
    const rows = [/water/, /\d+/, /fire/, /火/]
    expect(sieve(rows, (row) => row)('a fire in the water')).toEqual([/water/, /\d+/, /fire/])
    expect(sieve(rows, (row) => row)('')).toEqual([/\d+/])
  })

  it('never leaves out what matches, in any rule, on texts made from the rules themselves', () => {
    const random = seeded(11)
    let matched = 0
    for (const expression of all) {
      const pattern = new RegExpParser().parsePattern(expression.source, 0, expression.source.length, {
        unicode: expression.flags.includes('u'),
      })
      for (let i = 0; i < 60; i++) {
        const text = sample(pattern, random)
        if (!expression.test(text)) continue
        matched++
        expect(picked(text), `${text} / ${expression.source.slice(0, 60)}`).toContain(expression)
      }
    }
    expect(matched).toBeGreaterThan(30 * all.length)
  })

  it('never leaves out what matches in what people write, and leaves out most', () => {
    const texts = taughtLines(shippedContent().content)
      .filter((_, i) => i % 17 === 0)
      .map(({ text }) => ruleForm(text))
    let tried = 0
    for (const text of texts) {
      const kept = new Set(picked(text))
      tried += kept.size
      const lost = all.filter((expression) => !kept.has(expression) && expression.test(text))
      expect(lost.map(({ source }) => source)).toEqual([])
    }
    expect(tried / texts.length).toBeLessThan(all.length / 3)
  })
})

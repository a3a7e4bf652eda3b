import type { AST } from '@eslint-community/regexpp'
import { RegExpParser } from '@eslint-community/regexpp'
import { mixed } from '../learn/hashing.ts'
import { placesIn } from '../learn/places.ts'

/** Picks, in their order, those of a table that a text could match at all. */
export type Sieve<Row> = (text: string) => Row[]

/**
 * A message matches a handful of several hundred expressions, and trying each of them costs more than everything else that is
 * asked of it. Every expression needs some letters to stand in the text ("smok", "火"); which, is read from the expression
 * itself, and an expression whose letters are all absent is not tried. Where nothing is surely needed, it always is.
 */
export function sieve<Row>(rows: readonly Row[], expressionOf: (row: Row) => RegExp): Sieve<Row> {
  const always: number[] = []
  const rowsOf = new Map<number, number[]>()
  rows.forEach((row, at) => {
    const needed = neededBy(expressionOf(row))
    if (needed === undefined) always.push(at)
    for (const key of new Set([...(needed ?? [])].map(keyOf))) rowsOf.set(key, [...(rowsOf.get(key) ?? []), at])
  })
  const placeOf = placesIn(Uint32Array.from(rowsOf.keys()))
  const rowsAt = [...rowsOf.values()]
  return (text) => {
    const tried = new Uint8Array(rows.length)
    for (const at of always) tried[at] = 1
    eachKey(text, (key) => {
      const place = placeOf(key)
      if (place !== -1) for (const at of rowsAt[place] as number[]) tried[at] = 1
    })
    return rows.filter((_, at) => tried[at] === 1)
  }
}

/** Four letters tell enough apart, and five no better. */
const longest = 4

/** The number of a beginning; another with the same number only costs a try. */
const keyOf = (letters: string): number => {
  let key = 0
  for (let i = 0; i < Math.min(longest, letters.length); i++) key = mixed(key, letters.charCodeAt(i))
  return key >>> 0
}

function eachKey(text: string, use: (key: number) => void): void {
  for (let from = 0; from < text.length; from++) {
    let key = 0
    for (let i = from; i < Math.min(text.length, from + longest); i++) {
      key = mixed(key, text.charCodeAt(i))
      use(key >>> 0)
    }
  }
}

/** Some of these must stand in every text that matches; undefined where none surely must. */
export function neededBy({ source, flags }: RegExp): ReadonlySet<string> | undefined {
  if (flags.includes('i')) return undefined
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') })
  return anyOf(pattern.alternatives.map(ofSequence))
}

type Needed = ReadonlySet<string> | undefined

/** Alternatives need one of what each of them needs. */
function anyOf(each: readonly Needed[]): Needed {
  const all = new Set<string>()
  for (const needed of each) {
    if (needed === undefined) return undefined
    for (const letters of needed) all.add(letters)
  }
  return all.size <= mostLetters ? all : undefined
}
const mostLetters = 400

/** A sequence needs all of its elements, so the one that tells most is enough. */
function ofSequence({ elements }: AST.Alternative): Needed {
  let best: Needed
  let run = ''
  const consider = (needed: Needed): void => {
    if (needed !== undefined && (best === undefined || worth(needed) > worth(best))) best = needed
  }
  for (const element of elements) {
    if (element.type === 'Character') {
      run += String.fromCodePoint(element.value)
      consider(new Set([run.slice(-longest)]))
    } else if (element.type !== 'Assertion') {
      run = ''
      consider(ofElement(element))
    }
  }
  return best
}

/** Long letters and few of them keep most texts out; one Chinese character says as much as four Latin letters. */
const worth = (needed: ReadonlySet<string>): number =>
  Math.min(...[...needed].map((letters) => (letters > '\u2fff' ? longest : letters.length))) - needed.size / mostLetters

function ofElement(element: AST.Element): Needed {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return anyOf(element.alternatives.map(ofSequence))
    case 'Quantifier':
      return element.min > 0 ? ofElement(element.element) : undefined
    case 'Character':
      return new Set([String.fromCodePoint(element.value)])
    case 'CharacterClass':
      return ofClass(element)
    default:
      return undefined
  }
}

/** Any of a few characters; a range or an escape may be anything. */
function ofClass({ negate, elements }: AST.CharacterClass): Needed {
  if (negate) return undefined
  return anyOf(
    elements.map((one) => (one.type === 'Character' ? new Set([String.fromCodePoint(one.value)]) : undefined)),
  )
}

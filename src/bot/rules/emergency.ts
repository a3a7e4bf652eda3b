import type { Category } from '../../core/case/taxonomy.ts'
import { hasChinese, toTraditional } from '../script.ts'
import { closingsOf } from './closed-records.ts'
import { dangerAccidents } from './danger-accidents.ts'
import { dangerCalls } from './danger-calls.ts'
import { dangerChinese } from './danger-chinese.ts'
import {
  allClear,
  comesBack,
  deniedAfter,
  deniedBefore,
  drill,
  gratitude,
  healthBefore,
  hoursAgo,
  hypothetical,
  past,
  present,
  presentTense,
  qualified,
  withoutClosing,
} from './danger-context.ts'
import { dangerElsewhere } from './danger-elsewhere.ts'
import { dangerEnglish } from './danger-english.ts'
import { dangerPeople } from './danger-people.ts'
import { dangerPeopleChinese } from './danger-people-chinese.ts'
import { dangerPlaces } from './danger-places.ts'
import { dangerPlacesChinese } from './danger-places-chinese.ts'
import { dangerScenes } from './danger-scenes.ts'
import { dangerBySigns } from './danger-signs.ts'
import { dangerUnsaid } from './danger-unsaid.ts'
import { figuresChinese, figuresEnglish } from './figures-of-speech.ts'
import { harmlessChinese, harmlessEnglish } from './harmless.ts'
import { asked, endsChinese, endsEnglish, over } from './harmless-ends.ts'
import { talkEnglish } from './harmless-talk.ts'
import { thingsChinese, thingsEnglish } from './harmless-things.ts'
import { merelyNames } from './names-of-danger.ts'
import { askedChinese, byTheClock, overChinese, quietChinese, settledChinese } from './quiet-chinese.ts'
import { sieve } from './sieve.ts'

/** `now`: danger now or soon · `told`: a danger that is over, told in a complaint or thanks · `none`. */
export type DangerFinding = {
  readonly when: 'now' | 'told' | 'none'
  readonly category?: Category
  readonly because: readonly string[]
  /** Where danger is only named ("fire", "bomb"), the sentences that do. Absent where anything says that it is here. */
  readonly named?: readonly string[]
}

/** Longest text the rules read; an emergency further down in a pasted novel is left to the model. */
const readableCharacters = 6000

/**
 * Finds danger to life by words alone, in English, Cantonese and written Chinese of either script, and by a few words of
 * other languages.
 * It stands alone: it needs no model, no content and no memory, so that the page goes out whatever else fails.
 */
export function findDanger(text: string): DangerFinding {
  const message = ruleForm(text)
  let told: DangerFinding | undefined
  let named: DangerFinding | undefined
  if (!mentionsDanger(message)) return { when: 'none', because: [] } // the common case, without the cost of each sentence
  const sentences = sentencesOf(message)
  for (const [at, sentence] of sentences.entries()) {
    const [before = '', after = ''] = [sentences[at - 1], sentences[at + 1]]
    const heard = dangerIn(sentence, {
      around: `${before} ${sentence} ${after}`,
      thanked: thanksFor(before) + withoutClosing(after),
      following: sentences.slice(at + 1, at + 3),
    })
    const found = heard && unlessClosed(heard, message, sentences.slice(at).join(''))
    if (found?.when !== 'now') told ??= found
    else if (found.named === undefined) return found
    else named = { ...found, ...named, named: [...(named?.named ?? []), ...found.named] }
  }
  return named ?? told ?? { when: 'none', because: [] }
}

/** The form rules read: one width, lower case, Traditional characters, plain apostrophes, "helppp" as "help". */
export function ruleForm(text: string): string {
  if (text !== lastRead.text) lastRead = { text, form: formOf(text) }
  return lastRead.form
}

/** Each of the many rules of one decision asks for the same form of the same text. */
let lastRead = { text: '', form: '' }

function formOf(text: string): string {
  const plain = text
    .slice(0, readableCharacters)
    .normalize('NFKC')
    .slice(0, readableCharacters) // one character may become eighteen

    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/([a-z])\1{2,}/g, '$1')
    .replace(misspelt, (word) => meant.get(word) ?? word)
    .replace(/\b n \b/g, ' and ')
    .replace(/🆘/gu, ' sos ')
  return hasChinese(plain) ? toTraditional(plain) : plain
}

/** How hurried thumbs write the words that matter most. */
const meant = new Map([
  ...['fiire', 'firee', 'fyre', 'ffire', 'fier'].map((word) => [word, 'fire'] as const),
  ...['stuk', 'stcuk', 'stuckk'].map((word) => [word, 'stuck'] as const),
  ...['colapsed', 'collapesd', 'collasped', 'colapse'].map((word) => [word, 'collapsed'] as const),
  ...['unconcious', 'unconsious', 'unconcius'].map((word) => [word, 'unconscious'] as const),
  ...['bleding', 'bleedin'].map((word) => [word, 'bleeding'] as const),
  ...['traped', 'trappd'].map((word) => [word, 'trapped'] as const),
  ...['ambulence', 'ambulanc', 'ambulace'].map((word) => [word, 'ambulance'] as const),
  ...['smoek', 'somke', 'smke'].map((word) => [word, 'smoke'] as const),
  ...['emergancy', 'emergeny'].map((word) => [word, 'emergency'] as const),
  ...[
    ['breth', 'breath'],
    ['smok', 'smoke'],
    ['sb', 'somebody'],
    ['sbdy', 'somebody'],
  ].map(([word = '', right = '']) => [word, right] as const),
])
const misspelt = new RegExp(`\\b(?:${[...meant.keys()].join('|')})\\b`, 'g')

export const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?。！？;；\n])(?![.!?。！？;；\n])/).filter((sentence) => sentence.trim() !== '')

/** The sentences next to one: all that may say when it was, what may be thanks for its end, and what is told after it. */
type Beside = { readonly around: string; readonly thanked: string; readonly following: readonly string[] }

/** Thanks before a danger are for something else, unless they speak of one: "Thank you for the party. A fire in the bin room." */
const thanksFor = (before: string): string => (before !== '' && mentionsDanger(before) ? `${before} ` : '')

function dangerIn(sentence: string, beside: Beside): DangerFinding | undefined {
  const hits = hitsIn(sentence)
  const [first] = hits
  if (first === undefined) return undefined
  const read = (text: string): string =>
    (first.category === 'missing_person' ? text.replace(hoursAgo, ' ') : text).replace(healthBefore, ' ')
  const oneDanger = hits.every(({ category }) => category === first.category)
  const { around, following } = beside
  const isEnded = oneDanger && !goesOn(around, following) && (isOver(sentence) || isSettled(following, first.category))
  const excuse =
    excuseFor(read(sentence), { ...beside, around: read(around) }, oneDanger) ?? (isEnded ? 'past' : undefined)
  const because = hits.map(({ category, word }) => `danger word "${word.trim()}" (${category})`)
  if (excuse === undefined) {
    const named = hits.every(({ word }) => merelyNames(word)) && !any(comesBack, sentence) ? { named: [sentence] } : {}
    return { when: 'now', category: first.category, because, ...named }
  }
  const when = excuse === 'past' || excuse === 'gratitude' ? 'told' : 'none'
  return { when, category: first.category, because: [...because, `but ${excuse}`] }
}

const unlessClosed = (found: DangerFinding, message: string, onward: string): DangerFinding =>
  found.when === 'now' && found.category !== undefined && isClosed(found.category, message, onward)
    ? { when: 'told', category: found.category, because: [...found.because, 'but closed'] }
    : found

/**
 * A report whose end stands in the same or a later sentence: of one danger only, told in the past up to its end, with nothing
 * of now anywhere and no danger after it.
 */
function isClosed(category: Category, message: string, onward: string): boolean {
  if (any(present, message)) return false
  return closingsOf(category, onward).some(
    ({ before, after }) => hitsIn(before).every((hit) => hit.category === category) && hitsIn(after).length === 0,
  )
}

function hitsIn(text: string): { category: Category; word: string }[] {
  const words = blankHarmless(text)
  return dangerFor(words).flatMap(([category, expression]) => {
    const match = expression.exec(words)
    return match && !isDenied(words, match) ? [{ category, word: match[0] }] : []
  })
}

/** Whether any danger word occurs at all, denied or not. */
function mentionsDanger(message: string): boolean {
  const words = blankHarmless(message)
  return dangerFor(words).some(([, expression]) => expression.test(words))
}

const danger = [
  ...[...dangerEnglish, ...dangerChinese, ...dangerAccidents, ...dangerCalls, ...dangerBySigns],
  ...[...dangerScenes, ...dangerUnsaid, ...dangerElsewhere],
  ...[...dangerPeople, ...dangerPlaces, ...dangerPeopleChinese, ...dangerPlacesChinese],
]
const dangerFor = sieve(danger, ([, expression]) => expression)
const harmless = [
  ...[...talkEnglish, ...endsEnglish, ...thingsEnglish, ...harmlessEnglish, ...figuresEnglish],
  ...[...endsChinese, ...thingsChinese, ...quietChinese, ...harmlessChinese, ...figuresChinese],
]
const harmlessFor = sieve(harmless, (expression) => expression)

const blankHarmless = (sentence: string): string =>
  harmlessFor(sentence).reduce((left, phrase) => left.replace(phrase, ' , '), sentence)

function isDenied(words: string, match: RegExpExecArray): boolean {
  const before = words.slice(Math.max(0, match.index - 24), match.index)
  const after = words.slice(match.index + match[0].length, match.index + match[0].length + 30)
  return any(deniedBefore, before) || any(deniedAfter, after)
}

type Excuse = 'past' | 'gratitude' | 'drill' | 'hypothetical'

const endings = [...over, ...overChinese]
const questions = [...asked, ...askedChinese]

/** Said to be over, with no danger named after that: one thing's end says nothing of another. */
const isOver = (sentence: string): boolean =>
  endings.some((expression) => {
    const match = expression.exec(sentence)
    return match !== null && hitsIn(sentence.slice(match.index + match[0].length)).length === 0
  })

const goesOn = (around: string, following: readonly string[]): boolean =>
  [around, ...following].some((text) => any(present, text.replace(byTheClock, ' ')))

/** Said in what follows to be over, by the end that belongs to this kind of danger, and nothing named after it. */
const isSettled = (following: readonly string[], category: Category): boolean =>
  settledChinese.some(([of, expression]) => {
    const rest = following.join(' ')
    const match = of === category ? expression.exec(rest) : null
    return match !== null && hitsIn(rest).length === 0
  })

/** "The fire was put out at 3 but smoke is coming from the ceiling." Only English says by its verbs that it is so now. */
function turnsBack(sentence: string): boolean {
  const turn = sentence.split(turning)[1] ?? ''
  return any(presentTense, turn) && hitsIn(turn).length > 0
}
const turning = /\b(?:but|yet|however)\b/

/** The reason not to treat a danger word as danger now, if the sentence (or, for time, its neighbours) gives one. */
function excuseFor(sentence: string, { around, thanked }: Beside, oneDanger: boolean): Excuse | undefined {
  if (any(allClear, sentence) && !any(qualified, sentence)) return 'past'
  const isPresent = any(present, sentence) || turnsBack(sentence)
  if (any(drill, sentence) && !isPresent) return 'drill'
  const isPlain = oneDanger && !any(present, around)
  if ((any(hypothetical, sentence) || (isPlain && any(questions, sentence))) && !isPresent) return 'hypothetical'
  if (any(past, sentence) && !isPresent) return 'past'
  if (any(gratitude, sentence) && !isPresent) return 'gratitude'
  if (isPresent || any(presentTense, sentence) || any(present, around)) return undefined
  if (any(past, around)) return 'past'
  if (any(gratitude, thanked)) return 'gratitude'
  return undefined
}

const any = (expressions: readonly RegExp[], text: string): boolean => expressions.some((e) => e.test(text))

import type { Named } from '../case/signals.ts'
import type { Staff, StaffMember } from './staff.ts'

/** Another form of the same words, e.g. Simplified for Traditional characters, so that a name is found in either script. */
export type Plain = (text: string) => string

/** The full names of a staff list, ready to be looked up; see `namedIn`. */
export type NameBook = ReadonlyMap<string, readonly StaffMember[]>

const han = '\\p{Script=Han}'
const isHan = new RegExp(`^${han}+$`, 'u')

/** A name of one word is a word as well (Grace, Hope), and a surname belongs to many: only full names count. */
export function nameBook(staff: Staff, plain: Plain): NameBook {
  const book = new Map<string, StaffMember[]>()
  const put = (key: string, member: StaffMember) => {
    const known = book.get(key) ?? []
    if (!known.includes(member)) book.set(key, [...known, member])
  }
  for (const member of staff.values()) {
    for (const key of keysOf(member.name)) put(key, member)
    const chinese = plain(member.nameZh ?? '')
    if (isHan.test(chinese) && chinese.length > 1) put(chinese, member)
  }
  return book
}

/** "Wong Siu Ming" and "Siu Ming Wong", without the gaps: given names are also written as one word or with a hyphen. */
function keysOf(name: string): readonly string[] {
  const words = name.toLowerCase().split(/[\s-]+/)
  if (words.length < 2) return []
  return [words.join(''), [...words.slice(1), words[0]].join('')]
}

/** Looks names up in the staff list as it is then; the book is made anew only when the list is another one. */
export function staffNamedBy(staff: () => Staff, plain: Plain): (words: string) => readonly Named[] {
  let known: { readonly staff: Staff; readonly book: NameBook } | undefined
  return (words) => {
    const now = staff()
    if (known?.staff !== now) known = { staff: now, book: nameBook(now, plain) }
    return namedIn(words, known.book, plain)
  }
}

/** More of a letter than anybody reads as an accusation. */
const longestRead = 20_000
const mostWords = 5

type Place = { readonly member: StaffMember; readonly start: number; readonly end: number }

/**
 * The members of staff whose full name stands in these words, in the order they are named; `isAddressed` where that is only
 * as the one who is written to or thanked. What is quoted from an earlier letter was said before, and whoever says their own
 * name may have the same one.
 */
export function namedIn(words: string, book: NameBook, plain: Plain): readonly Named[] {
  const text = plain(words.slice(0, longestRead).replace(/^>.*$/gm, ''))
  const places = [...inLatin(text, book), ...inChinese(text, book)].sort((a, b) => a.start - b.start)
  const found = new Map<string, Named>()
  for (const { member, ...place } of places) {
    if (isOwnName(text, place)) continue
    const { id, name } = member
    const isAddressed = found.get(id)?.isAddressed !== false && isAddress(text, place)
    found.set(id, { id, name, isAddressed })
  }
  return [...found.values()]
}

const around = (text: string, { start, end }: Omit<Place, 'member'>) => ({
  before: text.slice(Math.max(0, start - 60), start),
  after: text.slice(end, end + 20),
})

const ownName =
  /(?:my name is|\bi am|\bi['’]m|this is|\bname\s*[:：]|我(?:系|係|是|叫)|本人|姓名\s*[:：])\s*(?:(?:mr|mrs|ms|miss)\.?\s+)?$/iu

const signOff =
  /(?:regards|sincerely|faithfully|truly|yours|cheers|best|thanks|thank you|敬上|敬启|敬啟|谨启|謹啟|此致|多谢|多謝|谢谢|謝謝)[\s,.!，。！]*$/iu

/** "This is Chan Tai Man of 3B", or the name alone at the end of a letter. */
function isOwnName(text: string, place: Omit<Place, 'member'>): boolean {
  const { before, after } = around(text, place)
  if (ownName.test(before)) return true
  const isAlone = /[^:：\s]\s*\n\s*$/.test(before) && /^[^\S\n]*[.。]?[^\S\n]*(?:\n|$)/.test(after)
  return isAlone && (signOff.test(before) || text.slice(place.end).trim().length <= 1)
}

const greeting =
  /(?:^|[\n.!?,。！？，])\s*(?:dear|hi|hello|hey|to|attn|attention|good (?:morning|afternoon|evening)|thanks|thank you|many thanks|thx|致|亲爱的|親愛的|尊敬的|你好|您好|多谢|多謝|谢谢|謝謝|唔该|唔該)[\s,:：，、]*(?:(?:mr|mrs|ms|miss|officer)\.?\s+)?$/iu

/** "Dear Wong Siu Ming", "Wong Siu Ming, nobody came": the one who is written to, as our own words have named them. */
function isAddress(text: string, place: Omit<Place, 'member'>): boolean {
  const { before, after } = around(text, place)
  const isFirst = /(?:^|\n)\s*$/.test(before) && /^\s*(?:先生|小姐|女士)?\s*[,:：，、\n]/.test(after)
  return isFirst || greeting.test(before)
}

function inLatin(text: string, book: NameBook): Place[] {
  const words = [...text.matchAll(/[\p{Script=Latin}\p{M}'’]+/gu)].map(({ 0: word, index }) => ({
    word: word.replace(/['’]s?$/, ''),
    start: index,
    end: index + word.length,
  }))
  return words.flatMap(({ start }, i): Place[] => {
    for (let count = Math.min(mostWords, words.length - i); count > 1; count--) {
      const run = words.slice(i, i + count)
      if (!isTogether(text, run)) continue
      const members = book.get(run.map(({ word }) => word.toLowerCase()).join('')) ?? []
      const meant = members.filter(({ name }) => isSure(name, run))
      if (meant.length > 0) return meant.map((member) => ({ member, start, end: run.at(-1)?.end ?? start }))
    }
    return []
  })
}

type Word = { readonly word: string; readonly start: number; readonly end: number }

const isTogether = (text: string, run: readonly Word[]): boolean =>
  run.every(({ end }, i) => {
    const next = run[i + 1]
    return next === undefined || /^(?:[^\S\n]{1,2}|[-‐‑])$/u.test(text.slice(end, next.start))
  })

/** Two small words in a row may be just that ("mark down"): such a name counts only as a name is written. */
const isSure = (name: string, run: readonly Word[]): boolean =>
  name.split(/[\s-]+/).length > 2 || run.every(({ word }) => /^\p{Lu}/u.test(word))

const longestChinese = 4
/** Two characters may be part of another word: they count alone, or with what a person is called after them. */
const alone = /^(?:$|[^\p{Script=Han}]|先生|小姐|女士|太太|主任|主管|经理|經理|队长|隊長|保安|护卫|護衛)/u

function inChinese(text: string, book: NameBook): Place[] {
  const places: Place[] = []
  for (let start = 0; start < text.length; start++) {
    for (let length = longestChinese; length > 1; length--) {
      const members = book.get(text.slice(start, start + length)) ?? []
      const isName = length > 2 || (alone.test(text.slice(start + 2)) && !isHan.test(text.charAt(start - 1)))
      if (members.length === 0 || !isName) continue
      places.push(...members.map((member) => ({ member, start, end: start + length })))
      break
    }
  }
  return places
}

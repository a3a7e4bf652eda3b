import { matchForm } from '../match-form.ts'
import { hasChinese } from '../script.ts'

/** A concept and the words for it; an English word ending in * stands for every word that begins so. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>

/** Finds which concepts a text names, in either language: what makes "elevator" and "𨋢" one thing to the classifier. */
export type Concepts = { namedIn(matchText: string): string[] }

type Entry = { readonly concept: string; readonly words: readonly string[] }

/** Every form in match form with its concept: what is kept with a model, so that no start has to convert them again. */
export const matchedForms = (vocabulary: Vocabulary): Forms =>
  [...vocabulary].flatMap(([concept, forms]) => forms.map((form) => [matchForm(form), concept] as const))

export type Forms = readonly (readonly [form: string, concept: string])[]

/** Prepares a vocabulary for look-up; a text then costs time linear in its length. */
export function conceptsOf(forms: Forms): Concepts {
  const english = new Map<string, Entry[]>()
  const chinese = new Map<string, string[]>()
  for (const [form, concept] of forms)
    if (hasChinese(form)) append(chinese, form, concept)
    else append(english, form.split(' ')[0] ?? '', { concept, words: form.split(' ') })
  const longest = Math.max(1, ...[...chinese.keys()].map((form) => form.length))
  return {
    namedIn(matchText) {
      const named = new Set<string>()
      addEnglish(named, matchText.match(/[a-z0-9']+/g) ?? [], english)
      if (hasChinese(matchText)) addChinese(named, matchText, { chinese, longest })
      return [...named].sort()
    },
  }
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function addEnglish(named: Set<string>, words: readonly string[], english: ReadonlyMap<string, Entry[]>): void {
  for (let at = 0; at < words.length; at++)
    for (const key of keysOf(words[at] ?? ''))
      for (const entry of english.get(key) ?? [])
        if (entry.words.every((form, i) => isForm(words[at + i], form))) named.add(entry.concept)
}

/** The word itself and its beginnings, as they may stand in the vocabulary with a star. */
function* keysOf(word: string): Generator<string> {
  yield word
  for (let length = Math.min(word.length, 14); length >= 3; length--) yield `${word.slice(0, length)}*`
}

const isForm = (word: string | undefined, form: string): boolean =>
  word !== undefined && (form.endsWith('*') ? word.startsWith(form.slice(0, -1)) : word === form)

function addChinese(
  named: Set<string>,
  text: string,
  { chinese, longest }: { chinese: ReadonlyMap<string, string[]>; longest: number },
): void {
  for (let at = 0; at < text.length; at++)
    for (let length = Math.min(longest, text.length - at); length > 0; length--)
      for (const concept of chinese.get(text.slice(at, at + length)) ?? []) named.add(concept)
}

import { z } from 'zod'
import { outcomes } from '../core/case/signals.ts'
import { categories, kinds } from '../core/case/taxonomy.ts'
import type { Language } from '../core/message.ts'
import type { Fault } from './fault.ts'
import { placeholderFaults } from './placeholders.ts'
import { simplifiedCharacters, toSimplified } from './script.ts'

type Phrase = { readonly en: string; readonly 'zh-HK': string }

/** Every fixed text by occasion id; words that fill placeholders lie among them. */
export type Phrases = ReadonlyMap<string, Phrase>
export type Facts = Readonly<Record<string, string | undefined>>

const phraseSchema = z.strictObject({ en: z.string().trim().min(1), 'zh-HK': z.string().trim().min(1) })
const sections = ['customer', 'staff', 'texts', 'words'] as const

/** Occasions that must exist: the house cannot run without these texts. */
export const requiredOccasions = [
  ...[
    'received',
    'heard',
    'ask-where',
    'ask-when',
    'received-again',
    'safety',
    'answer',
    'answer-with-offer',
    'choices',
    'choices-none',
  ],
  ...['acknowledged', 'reply', 'closed', 'reopened', 'help', 'agent', 'stopped', 'started'],
  ...['status-open', 'status-owned', 'status-closed', 'status-unknown', 'status-with-bot'],
  ...['status-late', 'status-owned-late', 'status-choices', 'merged', 'held-up'],
  ...['page', 'emergency-page', 'emergency-again', 'chase', 'escalated', 'escalated-asked', 'escalated-lapsed'],
  ...['escalated-unreachable', 'level-empty', 'unreachable', 'page-failed', 'exhausted', 'still-red'],
  ...['taken', 'customer-wrote', 'owner-chase', 'owner-lapsed', 'delivery-failed', 'delivery-unknown'],
  ...['delivery-stopped', 'reachable-again', 'reachable-again-all', 'named-too'],
  ...['reopened-staff', 'closed-staff', 'file-kept', 'file-missed', 'next-step-read'],
  ...['ask', 'ask-again', 'promised', 'agreed', 'complex', 'resolved', 'split', 'status-waiting', 'status-resolved'],
  ...['assigned', 'assigned-desk', 'hand-over-offered', 'hand-over-declined', 'handed-over', 'person-paged'],
  ...['person-paged-desk', 'customer-silent', 'promised-desk', 'agreed-desk', 'reclassified', 'linked'],
  ...['unlinked', 'party-added', 'cleared', 'cleared-desk', 'resolved-staff', 'message-edited', 'message-deleted'],
  ...['shift-changed', 'offices-closed', 'offices-opened'],
  ...kinds.flatMap((kind) => [`what-${kind}`, `kind-${kind}`]),
  ...categories.map((category) => `category-${category}`),
  ...[1, 2, 3, 4, 'complex'].map((severity) => `severity-${severity}`),
  ...outcomes.map((outcome) => `outcome-${outcome}`),
]

/** Checks config/phrases.yaml (already parsed) and lists every fault at once: the caller refuses to start on any. */
export function readPhrases(file: string, parsed: unknown): { phrases: Phrases; faults: Fault[] } {
  const phrases = new Map<string, Phrase>()
  const faults: Fault[] = []
  for (const [key, occasion, value] of occasionsOf(parsed)) {
    const checked = phraseSchema.safeParse(value)
    if (!checked.success) faults.push({ file, key, message: 'needs a text in "en" and in "zh-HK", and nothing else' })
    else if (phrases.has(occasion)) faults.push({ file, key, message: `"${occasion}" is written twice` })
    else {
      phrases.set(occasion, { ...checked.data, 'zh-HK': unfolded(checked.data['zh-HK']) })
      faults.push(...phraseFaults(occasion, checked.data).map((message) => ({ file, key, message })))
    }
  }
  const missing = requiredOccasions.filter((occasion) => !phrases.has(occasion))
  faults.push(...missing.map((occasion) => ({ file, key: occasion, message: 'this text is missing' })))
  return { phrases, faults }
}

function* occasionsOf(parsed: unknown): Generator<[key: string, occasion: string, value: unknown]> {
  const whole = asRecord(parsed)
  for (const section of sections)
    for (const [occasion, value] of Object.entries(asRecord(whole[section])))
      yield [`${section}.${occasion}`, occasion, value]
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function phraseFaults(occasion: string, phrase: Phrase): string[] {
  const [en, zh] = [placeholders(phrase.en), placeholders(phrase['zh-HK'])]
  const faults: string[] = []
  if (en.join() !== zh.join()) faults.push(`placeholders differ: en {${en.join('} {')}}, zh-HK {${zh.join('} {')}}`)
  faults.push(...placeholderFaults(occasion, [...new Set([...en, ...zh])]))
  const simplified = simplifiedCharacters(phrase['zh-HK'])
  if (simplified.length > 0) faults.push(`Simplified characters in the Traditional text: ${simplified.join('')}`)
  return faults
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].map((p) => p.slice(1, -1)).sort()

/**
 * The text of an occasion with its facts filled in. A fact that is missing shows as "–" rather than stopping a page;
 * an unknown occasion is a programming fault and throws.
 */
export function say(phrases: Phrases, occasion: string, language: Language, facts: Facts = {}): string {
  const phrase = phrases.get(occasion)
  if (phrase === undefined) throw new Error(`phrases.yaml has no text for "${occasion}"`)
  const template = language === 'en' ? phrase.en : phrase['zh-HK']
  const inScript = language === 'zh-CN' ? toSimplified(template) : template
  return inScript.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '–')
}

/** YAML folds lines with a space, which Chinese does not want after its punctuation. */
const unfolded = (chinese: string): string => chinese.replace(/([。！？；，]) +/g, '$1')

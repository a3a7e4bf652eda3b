import type { Category, Kind, Severity } from '../core/case/taxonomy.ts'
import type { Language } from '../core/message.ts'
import type { Bot, BotDecision, BotTurn, Memory } from './bot.ts'
import { type Entities, entitiesIn } from './entities.ts'
import { type Heat, heatOf } from './heat.ts'
import { itemsOf } from './items.ts'

/** The object of `gatehouse bot --json`, one a message, and what it rests on. */
export type BotExplanation = {
  readonly text: string
  readonly language: Language
  readonly kind: Kind
  readonly category: Category
  readonly severity: Severity
  readonly emergency: boolean
  readonly complaint: boolean
  readonly handoff: boolean
  readonly decision: BotDecision['type']
  readonly intent: string | null
  readonly confidence: number
  readonly alternatives: readonly { readonly intent: string; readonly confidence: number }[]
  readonly ms: number
  readonly command?: string
  readonly entities: Entities
  readonly heat: Heat
  readonly items: readonly string[]
  readonly because: readonly string[]
  /** The authored answer or the titles of the choices that would be sent. */
  readonly wouldSend: readonly string[]
}

export type ExplainSettings = {
  readonly site: string
  readonly today: Date
  /** Milliseconds from any fixed point, for the time taken. The bot itself reads no clock. */
  readonly now: () => number
  readonly memory?: Partial<Memory>
}

/** Runs one message through the bot as the first of a conversation, and says what came of it and why. */
export function explainBot(bot: Bot, text: string, { site, today, now, memory }: ExplainSettings): BotExplanation {
  const from = now()
  const turn = bot.consider({ text }, { misses: 0, caseOpen: false, ...memory, site }, today)
  const ms = Math.round((now() - from) * 1000) / 1000
  const { language, kind, category, severity, emergency, complaint, handoff, confidence, alternatives, because } =
    turn.understanding
  const { decision } = turn
  return {
    text,
    language,
    kind,
    category,
    severity,
    emergency,
    complaint,
    handoff,
    decision: decision.type,
    intent: turn.understanding.intent ?? null,
    confidence,
    alternatives,
    ms,
    ...(decision.type === 'command' ? { command: decision.command } : {}),
    entities: entitiesIn(text),
    heat: heatOf(text),
    items: itemsOf(text),
    because,
    wouldSend: sent(bot, turn, { site, today }),
  }
}

function sent(bot: Bot, { understanding, decision }: BotTurn, about: { site: string; today: Date }): string[] {
  const show = (id: string) => bot.answer(id, { language: understanding.language, ...about })
  if (decision.type === 'answer') return [show(decision.answer)?.text ?? '']
  if (decision.type === 'choices') return decision.answers.map((id, i) => `${i + 1}. ${show(id)?.title ?? id}`)
  return []
}

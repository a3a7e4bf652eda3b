import type { Bot, BotDecision, Understanding } from '../../src/bot/bot.ts'
import { composeAnswer } from '../../src/bot/compose-answer.ts'
import type { BotContent } from '../../src/bot/content/read-content.ts'
import { decideTurn } from '../../src/bot/decide-turn.ts'
import { languageOf } from '../../src/bot/language.ts'
import { findDanger } from '../../src/bot/rules/emergency.ts'

const standard: Omit<Understanding, 'language'> = {
  kind: 'complaint',
  kindLead: 1,
  category: 'slow_response',
  severity: 3,
  emergency: false,
  complaint: true,
  complaintIsClear: true,
  handoff: false,
  confidence: 0,
  alternatives: [],
  because: ['scripted'],
}

/** What the bot makes of a text that contains these words; `decision` overrules what it would decide. */
export type Line = {
  readonly when: string
  readonly understood?: Partial<Understanding>
  readonly decision?: BotDecision
}

const plain = {
  kind: 'enquiry',
  category: 'general_info',
  severity: 4,
  complaint: false,
  complaintIsClear: false,
} as const

/** The lines every story may use. */
export const usualLines: readonly Line[] = [
  { when: 'bring my dog', understood: question('pets-rules') },
  {
    when: 'delivery',
    understood: { ...plain, kind: 'complaint', severity: 3, complaint: true },
    decision: { type: 'answer', answer: 'food-courier-delivery', alsoOffer: true },
  },
  { when: 'not what I asked', understood: { kind: 'complaint', complaint: true } },
  {
    when: 'which entrance',
    understood: plain,
    decision: { type: 'choices', answers: ['visitor-after-hours', 'tenant-after-hours'] },
  },
  { when: 'searched my bag', understood: { category: 'belongings_search', severity: 2 } },
  { when: 'thank', understood: { kind: 'feedback', severity: 4, complaint: false, complaintIsClear: false } },
  { when: 'AGENT', understood: { ...plain, handoff: true } },
]

function question(intent: string): Partial<Understanding> {
  return { ...plain, intent, confidence: 1 }
}

/**
 * A bot that understands exactly what the script says, with the real rules for danger, commands and turns and the real
 * answers, so that a story never depends on how well a model has learned.
 */
export function scriptedBot(content: BotContent, lines: readonly Line[] = usualLines): Bot {
  const answers = new Map(content.answers.map((answer) => [answer.id, answer]))
  return {
    consider: ({ text, action }, memory) => {
      const line = lines.find(({ when }) => text.includes(when))
      const danger = findDanger(text)
      const emergency = danger.when === 'now'
      const understanding: Understanding = {
        language: languageOf(text, memory.language),
        ...standard,
        ...(text.length <= 2 ? plain : line?.understood),
        ...(emergency && { emergency, kind: 'emergency', severity: 1, category: 'fire_smoke_gas' }),
      }
      const canAnswer = (id: string) => answers.has(id)
      const categoryOf = () => understanding.category
      const turn = { text, action, understanding, memory, sure: 0.9, canAnswer, categoryOf }
      const decided = decideTurn(turn)
      const decision = decided.type === 'emergency' || decided.type === 'command' ? decided : line?.decision
      return { understanding, decision: decision ?? decided }
    },
    answer: (id, { language, site }) => {
      const answer = answers.get(id)
      return answer && composeAnswer(answer, language, site)
    },
  }
}

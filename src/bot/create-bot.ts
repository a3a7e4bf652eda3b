import type { AnswerText, Bot, BotTurn } from './bot.ts'
import { composeAnswer } from './compose-answer.ts'
import { isExpired } from './content/lint-content.ts'
import type { BotContent } from './content/read-content.ts'
import type { Answer } from './content/schema.ts'
import { decideTurn } from './decide-turn.ts'
import { hashOf, type Model, trainModel } from './learn/model.ts'
import { understanding } from './understand.ts'

/**
 * Above this an answer is given whatever cross-validation says: it learns from a third fewer wordings than the bot has, so
 * it finds no line at all where the whole model is right. Every answer says how to object and how to reach a person.
 */
const sureEnough = 0.85

/**
 * A bot for this content. Without a model, or with one learned from other content, it learns first, which takes seconds:
 * pass the model packed at build time.
 */
export function createBot(content: BotContent, packed?: Model): Bot {
  const model = packed?.contentHash === hashOf(content) ? packed : trainModel(content)
  const understand = understanding(content, model)
  const answers = new Map<string, Answer>(content.answers.map((answer) => [answer.id, answer]))
  const usable = (id: string, today: Date): Answer | undefined => {
    const answer = answers.get(id)
    return answer && !isExpired(answer, today) ? answer : undefined
  }
  return {
    consider({ text, action }, memory, today): BotTurn {
      const understood = understand(text, memory.language)
      const canAnswer = (id: string) => usable(id, today) !== undefined
      const sure = Math.min(model.calibration.sure, sureEnough)
      return {
        understanding: understood,
        decision: decideTurn({ text, action, understanding: understood, memory, sure, canAnswer }),
      }
    },
    answer(id, { language, site, today }): AnswerText | undefined {
      const answer = usable(id, today)
      return answer && composeAnswer(answer, language, site)
    },
  }
}

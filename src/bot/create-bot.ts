import type { AnswerText, Bot, BotTurn } from './bot.ts'
import { composeAnswer } from './compose-answer.ts'
import { isExpired } from './content/lint-content.ts'
import type { BotContent } from './content/read-content.ts'
import { decideTurn } from './decide-turn.ts'
import { type Model, trainModel } from './learn/model.ts'
import { type Knowledge, packKnowledge, unpackKnowledge } from './learn/pack-model.ts'
import { mattersIn, type Part, partedInto } from './matters.ts'
import { understanding as understandingBy } from './understand.ts'

/**
 * Above this an answer is given whatever cross-validation says: it learns from a third fewer wordings than the bot has, so
 * it finds no line at all where the whole model is right. Every answer says how to object and how to reach a person.
 */
const sureEnough = 0.91

/** A bot for this content, which learns first: half a minute of work or more. A running desk uses knowledge packed at build time. */
export function createBot(content: BotContent, model: Model = trainModel(content)): Bot {
  const knowledge = unpackKnowledge(packKnowledge(model, content.answers, ''))
  if (knowledge === undefined) throw new Error('what was learned cannot be read back')
  return botFrom(knowledge)
}

/** A bot with this knowledge; nothing is computed first. */
export function botFrom({ model, answers }: Knowledge): Bot {
  const understand = understandingBy(model)
  const sure = Math.min(model.calibration.sure, sureEnough)
  const places = new Map(answers.list.map(({ id }, place) => [id, place]))
  const usable = (id: string, today: Date): number | undefined => {
    const place = places.get(id)
    const shelved = place === undefined ? undefined : answers.list[place]
    return shelved && !isExpired(shelved, today) ? place : undefined
  }
  const categoryOf = (id: string) => answers.list[places.get(id) ?? -1]?.category
  return {
    consider({ text, action }, memory, today): BotTurn {
      const canAnswer = (id: string) => usable(id, today) !== undefined
      // As for an answer by itself, two judges must agree: "What do you say to that?" in a complaint is no question of ours.
      const isAnswerable = ({ kind, category, intent, confidence, complaintIsClear }: Omit<Part, 'isAsked'>) =>
        kind === 'enquiry' &&
        !complaintIsClear &&
        intent !== undefined &&
        confidence >= sure &&
        categoryOf(intent) === category &&
        canAnswer(intent)
      const whole = understand(text, memory.language)
      const parts = whole.emergency ? [] : mattersIn(text).map(understand.part)
      const { understanding, beside } = partedInto(whole, parts, isAnswerable)
      const turn = { text, action, understanding, memory, sure, canAnswer, categoryOf, beside }
      return { understanding, decision: decideTurn(turn) }
    },
    answer(id, { language, site, today }): AnswerText | undefined {
      const place = usable(id, today)
      const answer = place === undefined ? undefined : answers.read(place)
      return answer && composeAnswer(answer, language, site)
    },
  }
}

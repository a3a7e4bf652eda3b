import type { Bot, BotDecision } from '../../src/bot/bot.ts'
import type { BotContent } from '../../src/bot/content/read-content.ts'
import { createBot } from '../../src/bot/create-bot.ts'
import { noIntent, type TaughtLine, taughtLines } from '../../src/bot/learn/lines.ts'
import { hasChinese } from '../../src/bot/script.ts'
import { figures, type Judged } from '../../test/bot/unseen/measure.ts'
import type { Pair } from '../../test/bot/unseen/read-pairs.ts'

const folds = 3
type Outcome = Judged & { readonly line: TaughtLine; readonly decision: BotDecision }

/** Each third of the authored lines judged by a whole bot (rules, model, thresholds) that learned from the other two. */
export function authoredFolds(content: BotContent) {
  const outcomes = Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const bot = createBot(without(content, fold))
    return taughtLines(only(content, fold))
      .filter(({ text }) => !content.background.includes(text))
      .map((line) => outcome(bot, line))
  })
  const asked = outcomes.filter(({ line }) => line.intent !== noIntent && line.intent !== '')
  const given = outcomes.filter(({ decision, line }) => decision.type === 'answer' && line.intent !== '')
  const right = given.filter(({ decision, line }) => decision.type === 'answer' && decision.answer === line.intent)
  return {
    total: figures(outcomes),
    english: figures(outcomes.filter(({ text }) => !hasChinese(text))),
    chinese: figures(outcomes.filter(({ text }) => hasChinese(text))),
    answers: {
      given: given.length,
      precisionFrom: thresholds.map((from) => [from, ...precisionFrom(given, from)] as const),
      right: right.length / Math.max(1, given.length),
      coverage: right.length / asked.length,
      offered: asked.filter(({ decision, line }) => offers(decision, line.intent)).length / asked.length,
    },
  }
}

const thresholds = [0.85, 0.88, 0.9, 0.92, 0.94, 0.96]

/** How many answers would have been given from this confidence on, and how often they were right. */
function precisionFrom(given: readonly Outcome[], from: number): [given: number, right: number] {
  const sure = given.filter(({ said }) => said.confidence >= from)
  const right = sure.filter(({ decision, line }) => decision.type === 'answer' && decision.answer === line.intent)
  return [sure.length, right.length / Math.max(1, sure.length)]
}

const offers = (decision: BotDecision, intent: string): boolean =>
  (decision.type === 'answer' && decision.answer === intent) ||
  (decision.type === 'choices' && decision.answers.includes(intent))

function outcome(bot: Bot, line: TaughtLine): Outcome {
  const { understanding, decision } = bot.consider(
    { text: line.text },
    { misses: 0, site: '', caseOpen: false },
    new Date(0),
  )
  const pair = {
    kind: line.kind,
    category: line.category,
    severity: understanding.severity,
    en: line.text,
    zh: line.text,
  } as Pair
  return { pair, text: line.text, said: understanding, line, decision }
}

const without = (content: BotContent, fold: number): BotContent => divide(content, (i) => i % folds !== fold)
const only = (content: BotContent, fold: number): BotContent => divide(content, (i) => i % folds === fold)

/** The utterances at the chosen places; the English and Chinese of one place stay on one side. */
function divide(content: BotContent, keep: (place: number) => boolean): BotContent {
  const some = (lines: readonly string[]) => lines.filter((_, i) => keep(i))
  return {
    ...content,
    answers: content.answers.map((answer) => ({
      ...answer,
      utterances: { en: some(answer.utterances.en), zh: some(answer.utterances.zh) },
    })),
    lessons: content.lessons.map((lesson) => ({ ...lesson, en: some(lesson.en), zh: some(lesson.zh) })),
  }
}

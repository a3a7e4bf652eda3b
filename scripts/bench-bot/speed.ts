import type { Bot } from '../../src/bot/bot.ts'
import type { BotContent } from '../../src/bot/content/read-content.ts'
import { conceptsOf, matchedForms } from '../../src/bot/learn/concepts.ts'
import { featuresOfAll, trainHeads } from '../../src/bot/learn/model.ts'
import { unseenPairs } from '../../test/bot/unseen/read-pairs.ts'

/** Milliseconds from message to decision over the unseen utterances, ten rounds after warming up. */
export function latencies(bot: Bot): { median: number; p95: number; processor: number } {
  const texts = unseenPairs().flatMap(({ en, zh }) => [en, zh])
  const taken: number[] = []
  const busy = process.cpuUsage().user
  for (let round = 0; round < 12; round++)
    for (const text of texts) {
      const from = performance.now()
      bot.consider({ text }, { misses: 0, site: 'jade-garden', caseOpen: false }, new Date(0))
      if (round >= 2) taken.push(performance.now() - from)
    }
  const processor = (process.cpuUsage().user - busy) / 1000 / (12 * texts.length)
  taken.sort((a, b) => a - b)
  return { median: taken[taken.length >> 1] ?? 0, p95: taken[Math.floor(taken.length * 0.95)] ?? 0, processor }
}

/** Milliseconds of processor time to learn 60 intents of 20 utterances in each language, each language an intent of its own. */
export function botSizedTraining(content: BotContent): number {
  const lines = content.answers.slice(0, 60).flatMap(({ id, utterances }) =>
    (['en', 'zh'] as const).flatMap((language) =>
      // Authored answers hold 15 or 16; the first ones again fill up to 20.
      [...utterances[language], ...utterances[language]]
        .slice(0, 20)
        .map((text) => ({ text, label: `${language}/${id}` })),
    ),
  )
  const from = process.cpuUsage().user
  const texts = featuresOfAll(
    lines.map(({ text }) => text),
    { concepts: conceptsOf(matchedForms(content.vocabulary)), classes: content.wordClasses },
  )
  trainHeads(texts, { intent: lines.map(({ label }) => label) })
  return (process.cpuUsage().user - from) / 1000
}

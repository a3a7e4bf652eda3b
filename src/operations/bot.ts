import { createInterface } from 'node:readline'
import { type BotExplanation, explainBot } from '../bot/explain-bot.ts'
import { builtModel, startBot } from '../start-bot.ts'
import { configured, withStores } from './configured.ts'
import { Refusal } from './refusal.ts'

/** `gatehouse bot`: explains one decision; with `--json` and no text it reads a message a line from standard input. */
export async function runBot(text: string | undefined, { json = false }: { json?: boolean }): Promise<void> {
  const config = configured()
  const bot = startBot(config, [config.environment.dataDir, builtModel])
  const site = config.places.file.defaultSite
  const explain = (message: string) =>
    explainBot(bot, message, { site, today: new Date(), now: () => performance.now() })
  if (text !== undefined) return console.log(json ? JSON.stringify(explain(text)) : inWords(explain(text)))
  if (!json) throw new Refusal('give a text, or --json and a message a line on standard input')
  for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(explain(line)))
}

const mostReviews = 200

/** `gatehouse bot --review`: what staff said the bot got wrong; `--reviewed ID` takes one off the list. */
export function runBotReview(reviewed: string | undefined): Promise<void> {
  return withStores(async ({ botReviews }) => {
    if (reviewed !== undefined) {
      if (!(await botReviews.settle(reviewed, new Date()))) throw new Refusal(`there is no open review ${reviewed}`)
      return console.log(`${reviewed} is off the list.`)
    }
    const open = await botReviews.open(mostReviews)
    if (open.length === 0) return console.log('Nothing to review.')
    for (const { id, at, by, caseId, words, heardAs, shouldBe } of open) {
      console.log(`${id}  ${at.toISOString().slice(0, 16)}  ${caseId}  ${by}`)
      console.log(`  "${words}"`)
      console.log(
        `  heard as ${heardAs.kind} / ${heardAs.category}${heardAs.answer ? `, answered ${heardAs.answer}` : ''}; should be: ${shouldBe}`,
      )
    }
  })
}

const percent = (share: number) => `${Math.round(share * 100)} %`

function inWords(told: BotExplanation): string {
  const { kind, category, severity, language, decision, intent, confidence, alternatives, because, wouldSend, ms } =
    told
  const flags = [told.emergency && 'EMERGENCY', told.complaint && 'complaint', told.handoff && 'wants a person'].filter(
    Boolean,
  )
  return [
    `${decision}   ${kind} / ${category}, severity ${severity}, ${language}${flags.length > 0 ? `   ${flags.join(', ')}` : ''}   (${ms} ms)`,
    `nearest answer   ${intent ?? 'none'} (${percent(confidence)})`,
    ...(alternatives.length > 0
      ? [`alternatives     ${alternatives.map((one) => `${one.intent} (${percent(one.confidence)})`).join(', ')}`]
      : []),
    ...because.map((reason) => `because          ${reason}`),
    ...wouldSend.flatMap((text) => ['', text]),
  ].join('\n')
}

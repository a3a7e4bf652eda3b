import { createInterface } from 'node:readline'
import { type BotExplanation, explainBot } from '../bot/explain-bot.ts'
import { builtModel, startBot } from '../start-bot.ts'
import { configured } from './configured.ts'
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

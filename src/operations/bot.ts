import { createInterface } from 'node:readline'
import type { Bot } from '../bot/bot.ts'
import { builtModel, startBot } from '../start-bot.ts'
import { configured } from './configured.ts'
import { Refusal } from './refusal.ts'

/** `gatehouse bot`: explains one decision; with `--json` and no text it reads a message a line from standard input. */
export async function runBot(text: string | undefined, { json = false }: { json?: boolean }): Promise<void> {
  const { content, places, environment } = configured()
  const bot = startBot(content, [environment.dataDir, builtModel])
  const explain = (message: string) => explained(bot, message, places.file.defaultSite)
  if (text !== undefined)
    return console.log(json ? JSON.stringify(explain(text)) : JSON.stringify(explain(text), null, 2))
  if (!json) throw new Refusal('give a text, or --json and a message a line on standard input')
  for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(explain(line)))
}

function explained(bot: Bot, text: string, site: string) {
  const today = new Date()
  const started = performance.now()
  const { understanding, decision } = bot.consider({ text }, { misses: 0, site, caseOpen: false }, today)
  const ms = Math.round((performance.now() - started) * 1_000) / 1_000
  const {
    language,
    kind,
    category,
    severity,
    emergency,
    complaint,
    handoff,
    intent,
    confidence,
    alternatives,
    because,
  } = understanding
  return {
    ...{ text, language, kind, category, severity, emergency, complaint, handoff },
    decision: decision.type,
    ...{ intent: intent ?? null, confidence, alternatives, ms, because },
  }
}

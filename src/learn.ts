import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from './config.ts'
import { builtModel, modelFile, startBot } from './start-bot.ts'

/*
 * Run by scripts/prepare.mjs after the build: learns from the answers that ship and keeps the result beside the compiled
 * code, so that the first start does not spend its first seconds learning. A configuration with faults is left to `check`.
 */
const { config } = loadConfig({ GATEHOUSE_CONFIG: process.argv[2] ?? './config' })
if (config !== undefined) {
  startBot(config, [builtModel])
  // As new as the answers, also where nothing had to be learned: its date tells the next start that nothing waits.
  const model = join(builtModel, modelFile)
  if (existsSync(model)) utimesSync(model, new Date(), new Date())
}

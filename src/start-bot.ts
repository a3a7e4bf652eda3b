import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Bot } from './bot/bot.ts'
import type { BotContent } from './bot/content/read-content.ts'
import { createBot } from './bot/create-bot.ts'
import { hashOf, type Model, trainModel } from './bot/learn/model.ts'
import { packModel, unpackModel } from './bot/learn/pack-model.ts'

const fileName = 'bot-model.bin'
/** Learned at build time from the configuration that ships; see scripts/prepare.mjs. */
export const builtModel = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, '..', 'dist')
  : import.meta.dirname

/** The bot for this content. Learning takes seconds, so what was learned is kept in a file and used while the content is the same. */
export function startBot(content: BotContent, directories: readonly string[]): Bot {
  const wanted = hashOf(content)
  for (const directory of directories) {
    const model = readModel(join(directory, fileName))
    if (model?.contentHash === wanted) return createBot(content, model)
  }
  const model = trainModel(content)
  const [first] = directories
  if (first !== undefined) keepModel(join(first, fileName), model)
  return createBot(content, model)
}

/** A damaged or older file only means learning again. */
function readModel(path: string): Model | undefined {
  if (!existsSync(path)) return undefined
  try {
    return unpackModel(readFileSync(path))
  } catch {
    return undefined
  }
}

/** Whole or not at all, because another process may be reading; where nothing can be written, the next start learns again. */
export function keepModel(path: string, model: Model): void {
  const draft = `${path}.${process.pid}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(draft, packModel(model))
    renameSync(draft, path)
  } catch {
    rmSync(draft, { force: true })
  }
}

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Bot } from './bot/bot.ts'
import type { BotContent } from './bot/content/read-content.ts'
import { botFrom } from './bot/create-bot.ts'
import { hashOf, type Model, trainModel } from './bot/learn/model.ts'
import { type Knowledge, packKnowledge, unpackKnowledge } from './bot/learn/pack-model.ts'
import { makeDirectory } from './core/make-directory.ts'
import { root } from './root.ts'

/** The name of the file that holds what was learned. */
export const modelFile = 'bot-model.bin'
/** Learned at build time from the configuration that ships; see scripts/prepare.mjs. */
export const builtModel = import.meta.filename.endsWith('.ts') ? join(root, '..', 'dist') : root

/** What the bot knows, or what it must learn from. */
export type BotSource = {
  /** Found already; see `keptKnowledge`. */
  readonly knowledge?: Knowledge
  /** Tells the state of the files in config/answers. */
  readonly answersDigest: string
  readonly content: BotContent
}

/** The bot for these answers. Learning takes up to a minute, so what was learned is kept and used while they are the same. */
export function startBot(source: BotSource, directories: readonly string[]): Bot {
  return botFrom(source.knowledge ?? keptKnowledge(source.answersDigest, directories) ?? learn(source, directories))
}

/** What was learned from exactly these files; then nobody needs to read them. Only content without a fault is ever kept. */
export const keptKnowledge = (digest: string, directories: readonly string[]): Knowledge | undefined =>
  firstKept(directories, ({ source }) => source === digest)

/** A new wording of an answer needs no new learning: what is said to us, not what we say, is learned. */
function learn({ content, answersDigest }: BotSource, directories: readonly string[]): Knowledge {
  const wanted = hashOf(content)
  const model = firstKept(directories, (kept) => kept.model.contentHash === wanted)?.model ?? learned(content)
  const bytes = packKnowledge(model, content.answers, answersDigest)
  const [first] = directories
  if (first !== undefined) keepFile(join(first, modelFile), bytes)
  const knowledge = unpackKnowledge(bytes)
  if (knowledge === undefined) throw new Error('what was learned cannot be read back')
  return knowledge
}

function learned(content: BotContent): Model {
  console.error('gatehouse: learning from config/answers; a minute or so, once for every change …')
  return trainModel(content)
}

function firstKept(directories: readonly string[], fits: (kept: Knowledge) => boolean): Knowledge | undefined {
  for (const directory of directories) {
    const path = join(directory, modelFile)
    // A damaged or older file only means learning again.
    const kept = existsSync(path) ? unpackKnowledge(readFileSync(path)) : undefined
    if (kept !== undefined && fits(kept)) return kept
  }
  return undefined
}

/** Whole or not at all, because another process may be reading; where nothing can be written, the next start learns again. */
function keepFile(path: string, bytes: Uint8Array): void {
  const draft = `${path}.${process.pid}`
  try {
    makeDirectory(dirname(path))
    writeFileSync(draft, bytes)
    renameSync(draft, path)
  } catch {
    rmSync(draft, { force: true })
  }
}

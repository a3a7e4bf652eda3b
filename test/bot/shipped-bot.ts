import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BotContent } from '../../src/bot/content/read-content.ts'
import { botFrom } from '../../src/bot/create-bot.ts'
import { hashOf, type Model, trainModel } from '../../src/bot/learn/model.ts'
import { type Knowledge, packKnowledge, unpackKnowledge } from '../../src/bot/learn/pack-model.ts'
import { builtModel, modelFile } from '../../src/start-bot.ts'
import { shippedContent } from './shipped-content.ts'

/** Answers may change without any new learning. */
const hashOfAnswers = ({ answers }: BotContent): string =>
  createHash('sha256').update(JSON.stringify(answers)).digest('hex').slice(0, 16)

/** What is learned from the shipped content; once per state of the content, kept between test files. */
export function shippedKnowledge(): Knowledge {
  const { content } = shippedContent()
  const folder = join(tmpdir(), 'gatehouse-test-models')
  const file = join(folder, `${hashOf(content)}-${hashOfAnswers(content)}.bin`)
  const kept = existsSync(file) ? unpackKnowledge(readFileSync(file)) : undefined
  if (kept) return kept
  const bytes = packKnowledge(builtFrom(content) ?? trainModel(content), content.answers, '')
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, bytes)
  renameSync(`${file}.${process.pid}`, file)
  return unpackKnowledge(bytes) as Knowledge
}

/** What the build learned, where it learned from this very content. */
function builtFrom(content: BotContent): Model | undefined {
  const file = join(builtModel, modelFile)
  const model = existsSync(file) ? unpackKnowledge(readFileSync(file))?.model : undefined
  return model?.contentHash === hashOf(content) ? model : undefined
}

export const shippedBot = () => botFrom(shippedKnowledge())
export const today = new Date('2026-12-01T00:00:00Z')
export const fresh = { misses: 0, site: 'harbour-view-tower', caseOpen: false } as const

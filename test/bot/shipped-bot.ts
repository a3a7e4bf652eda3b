import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBot } from '../../src/bot/create-bot.ts'
import { hashOf, type Model, trainModel } from '../../src/bot/learn/model.ts'
import { packModel, unpackModel } from '../../src/bot/learn/pack-model.ts'
import { shippedContent } from './shipped-content.ts'

/** The model of the shipped content; learned once per state of the content and kept between test files. */
export function shippedModel(): Model {
  const { content } = shippedContent()
  const folder = join(tmpdir(), 'gatehouse-test-models')
  const file = join(folder, `${hashOf(content)}.bin`)
  const kept = existsSync(file) ? unpackModel(readFileSync(file)) : undefined
  if (kept) return kept
  const model = trainModel(content)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, packModel(model))
  renameSync(`${file}.${process.pid}`, file)
  return model
}

export const shippedBot = () => createBot(shippedContent().content, shippedModel())
export const today = new Date('2026-12-01T00:00:00Z')
export const fresh = { misses: 0, site: 'harbour-view-tower', caseOpen: false } as const

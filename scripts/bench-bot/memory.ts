import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Megabytes a process grows by when it takes in the content, a packed model and a few messages; in a process of its own. */
export function memoryOfBot(packed: Uint8Array): number {
  const file = join(tmpdir(), `gatehouse-bench-${process.pid}.bin`)
  writeFileSync(file, packed)
  const self = fileURLToPath(import.meta.url)
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', self, file], {
    encoding: 'utf8',
  })
  rmSync(file)
  if (stdout === '') throw new Error(stderr)
  return Number(stdout)
}

const modelFile = process.argv[1] === fileURLToPath(import.meta.url) ? process.argv[2] : undefined
if (modelFile !== undefined) {
  await import('zod')
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const { botFrom } = await import('../../src/bot/create-bot.ts')
  const { unpackKnowledge } = await import('../../src/bot/learn/pack-model.ts')
  const knowledge = unpackKnowledge(readFileSync(modelFile))
  if (knowledge === undefined) throw new Error('the model cannot be read')
  const bot = botFrom(knowledge)
  for (let i = 0; i < 200; i++)
    bot.consider({ text: `how much is parking ${i}` }, { misses: 0, site: '', caseOpen: false }, new Date(0))
  globalThis.gc?.()
  console.log((process.memoryUsage().rss - before) / 2 ** 20)
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readContent } from '../../src/bot/content/read-content.ts'

/** The content in config/answers, read as the server reads it. */
export function shippedContent() {
  const folder = 'config/answers'
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
  return readContent(
    new Map(names.sort().map((name) => [name, parse(readFileSync(join(folder, name), 'utf8')) as unknown])),
  )
}

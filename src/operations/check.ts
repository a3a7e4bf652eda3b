import { lintContent } from '../bot/content/lint-content.ts'
import { faultLines, loadConfig } from '../config.ts'

/** `gatehouse check`: every fault of environment and configuration, and what the authored answers lack. Exit code 1 on any. */
export async function runCheck(): Promise<void> {
  const { config, faults } = loadConfig(process.env)
  const all = config === undefined ? faults : [...faults, ...lintContent(config.content, new Date())]
  if (all.length === 0) {
    console.log('The configuration is sound.')
    return
  }
  console.error(`${all.length} ${all.length === 1 ? 'fault' : 'faults'}:`)
  for (const line of faultLines(all)) console.error(`  ${line}`)
  process.exitCode = 1
}

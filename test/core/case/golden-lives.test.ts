import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/core/case/decide.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import { type CaseState, dueAtOf, noCase } from '../../../src/core/case/state.ts'
import { start } from './given.ts'
import { type Life, lives, worldOf } from './lives.ts'
import { livesOfDesk } from './lives-of-desk.ts'
import { livesOfTrouble } from './lives-of-trouble.ts'

const plain = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/"([\w-]+)":/g, '$1:')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => String((Date.parse(at) - start.getTime()) / 60_000))

/** Who was told what, under which key, when what is next: every word of what was decided. Times are minutes. */
function written(life: Life): string {
  const lines: string[] = [`# ${life.name}`]
  let state: CaseState = noCase
  for (const signal of life.signals) {
    const { events, commands } = decide(state, signal, worldOf(life))
    state = events.reduce(evolve, state)
    const due = dueAtOf(state)
    lines.push(
      `${plain(signal.at).slice(1, -1)} ${signal.type}: ${state.status}${due ? `, next ${plain(due).slice(1, -1)}` : ''}`,
    )
    for (const { at: _same, type, ...event } of events) lines.push(`  ${type} ${plain(event)}`)
    for (const { type, id, ...command } of commands) lines.push(`  > ${type} ${plain(id)} ${plain(command)}`)
  }
  return `${lines.join('\n')}\n= ${plain(state)}\n`
}

/** The recorded file was read against docs/escalation.md when it was made; where it changes, behaviour changes: read it again. */
describe('lives of cases, to the letter', () => {
  it('are those that were recorded', async () => {
    await expect([...lives, ...livesOfDesk, ...livesOfTrouble].map(written).join('\n')).toMatchFileSnapshot(
      'golden-lives.txt',
    )
  })
})

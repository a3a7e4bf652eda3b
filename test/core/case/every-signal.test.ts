import { describe, expect, it } from 'vitest'
import { dueAtOf } from '../../../src/core/case/state.ts'
import { everySignal, situations } from './every-signal.ts'
import { given, inWords, start } from './given.ts'

const minute = (at: Date | undefined) => (at === undefined ? 'never' : (at.getTime() - start.getTime()) / 60_000)

/** What one signal makes of a case in one situation, in a line. */
function line(situation: string, name: string): string {
  const before = situations[situation] ?? []
  const signal = everySignal[name]
  if (signal === undefined) throw new Error(`there is no "${name}"`)
  const { state, events, commands } = given(...before, signal)
  if (events.length === 0 && commands.length === 0) return `  ${name}: nothing`
  const said = [...events.map(({ type }) => type), ...commands.map((command) => `> ${inWords(command)}`)]
  return `  ${name}: ${state.status}, next ${minute(dueAtOf(state))}: ${said.join(', ')}`
}

const table = (): string =>
  Object.keys(situations)
    .map((situation) => [situation, ...Object.keys(everySignal).map((name) => line(situation, name))].join('\n'))
    .join('\n\n')

/** The recorded table was read when it was made; where it changes, behaviour changes: read it again. */
describe('everything that can reach a case, in every situation', () => {
  it('leads to what was recorded', async () => {
    await expect(`${table()}\n`).toMatchFileSnapshot('every-signal.txt')
  })
})

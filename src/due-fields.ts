import type { Config } from './config.ts'
import { explainDue } from './core/calendar/explain-due.ts'
import type { CaseState } from './core/case/state.ts'
import { isOpen, type Open } from './core/case/state.ts'
import type { Target } from './core/case/targets.ts'
import type { CardField } from './core/message.ts'

type Words = { readonly word: (key: string) => string; readonly time: (at: Date) => string }

/** For the desk only: every promise that is still open, why it falls due then, and our own target before it. */
export function dueFields(state: CaseState, config: Config, words: Words): readonly CardField[] {
  if (!isOpen(state)) return []
  const open = (state.targets?.list ?? []).filter(({ stage, name }) => stage !== 'met' && name !== 'acknowledge')
  return open.map((target) => ({
    label: `Due: ${words.word(`target-${target.name}`)}`,
    value: `${because(target, state, config, words)}; our own target ${words.time(target.internalAt)}`,
  }))
}

function because(target: Target, state: Open, config: Config, { time }: Words): string {
  const { site, severity, targets } = state
  const name = target.clock === 'always' ? undefined : config.policy.calendarOf(site, severity)
  const calendar = name === undefined ? undefined : config.calendars.get(name)
  if (calendar === undefined)
    return `${time(target.promisedAt)}, counted round the clock from ${time(target.startedAt)}`
  const pauses = (targets?.pauses ?? []).map((pause) => ({ ...pause, endAt: pause.endAt ?? pause.startAt }))
  return explainDue(calendar, target.startedAt, target.seconds / 60, { pauses }).because
}

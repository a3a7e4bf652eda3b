import type { Config } from './config.ts'
import { closuresFor } from './core/calendar/closures.ts'
import { type Policy, targetsFor, type World } from './core/case/policy.ts'
import type { CaseFile, CaseState } from './core/case/state.ts'
import { type Directory, personOf } from './core/duty/directory.ts'
import type { LiveDuty } from './core/duty/live-duty.ts'
import type { CaseNeeds } from './core/duty/may-receive.ts'
import { startGroup } from './core/duty/start-group.ts'
import type { EngineDeps } from './core/engine.ts'
import type { Policies } from './core/store/policy-store.ts'

type Parts = { readonly config: Config; readonly policies: Policies }

/** What is true outside a case: its own policy, the clock of its site, and who is on duty there, looked up only if asked. */
export const worldOf =
  ({ config, policies }: Parts, directory: Directory, live: LiveDuty): EngineDeps['worldFor'] =>
  async (state, signal): Promise<World> => {
    await live.fresh()
    const site = siteOf(state) ?? siteIn(signal) ?? ''
    const { due, between } = config.policy
    const policy = state.status === 'none' ? policies.current : policies.of(state.policyVersion)
    const closures = closuresFor(live.closures(), site, signal.at)
    return {
      policy,
      lastResort: config.policy.lastResort.flatMap((id) => directory.byId(id) ?? []).map(personOf),
      due: (at, seconds, severity, { clock, pauses = [] } = {}) => {
        const ended = pauses.map((pause) => ({ ...pause, endAt: pause.endAt ?? signal.at }))
        return due(site, at, seconds, severity, { closures, pauses: ended, ...(clock && { clock }) })
      },
      again: (setAt, dueAt, severity) =>
        due(site, setAt, between(site, setAt, dueAt, severity) / 1_000, severity, { closures }),
      targets: (file) => targetsFor(policy, file),
      startOf: (file) => startOf(file, policy, directory),
      isWalledOff: (file, person) => directory.isWalledOff(person, file),
      onDuty: (file) => {
        const groups = Object.entries(directory.onDuty(site, signal.at, needsOf(file, policy)))
        return Object.fromEntries(groups.map(([group, people]) => [group, people.map(personOf)]))
      },
    }
  }

const siteOf = (state: CaseState): string | undefined => (state.status === 'none' ? undefined : state.site)

type Signal = Parameters<EngineDeps['worldFor']>[1]

function siteIn(signal: Signal): string | undefined {
  if (signal.type === 'message') return signal.origin.site
  return signal.type === 'split-off' ? signal.opened.site : undefined
}

/** In danger everybody on duty is called, whatever they speak; only those the case is about are not. */
export function needsOf(
  { about = [], suspected = [], severity, category, language }: CaseFile,
  policy: Policy,
): CaseNeeds {
  if (severity === 1) return { about, suspected, severity }
  const { skills = [], training = [] } = policy.categories?.[category] ?? {}
  // Whoever writes Traditional Chinese reads Simplified, and it is converted for the customer.
  return { about, suspected, severity, skills, training, language: language === 'zh-CN' ? 'zh-HK' : language }
}

/** Where the ladder begins: at the category's own group, and always above those the case is about. */
function startOf({ about = [], severity, category, site }: CaseFile, policy: Policy, directory: Directory) {
  if (severity === 1) return undefined
  const begin = policy.categories?.[category]?.start
  const level = begin === undefined ? 1 : Number(/^level-(\d+)$/.exec(begin)?.[1])
  if (about.length === 0 || Number.isNaN(level)) return begin
  return startGroup(directory.duty(), { site, level, about })
}

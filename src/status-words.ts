import { say } from './bot/phrases.ts'
import type { Config } from './config.ts'
import type { StateOf } from './core/case/state.ts'
import type { Line } from './core/inbox/customer.ts'
import type { StatusWords } from './core/inbox/status.ts'
import { localTime } from './core/outbox/local-time.ts'

/** How a case stands, for a customer who is a party to it: promises only, and only names they were told before. */
export const statusWords =
  (config: Config): StatusWords =>
  (state, language, now) => {
    const zone = config.duty.rosters.sites.get(state.site)?.zone ?? 'Asia/Hong_Kong'
    const time = (at: Date) => localTime(at, language, zone)
    const word = (key: string) => say(config.phrases, key, language)
    const { caseId, status } = state
    if (status === 'closed') {
      const facts = { caseId, closedOn: time(state.closedAt), outcome: word(`outcome-${state.outcome}`) }
      return { occasion: 'status-closed', facts }
    }
    if (status === 'with-bot') return withBot(state)
    const { promisedBy } = state
    // A time that has passed is no promise any more, and must not be told as one.
    const isLate = promisedBy !== undefined && promisedBy <= now
    const by = promisedBy && { by: time(promisedBy) }
    if (status === 'owned') return owned(state, isLate, { caseId, name: state.owner.name, ...by })
    const team = config.places.teamName(state.site, language)
    const facts = { caseId, since: time(state.openedAt), team, nextStep: word('next-step-read'), ...by }
    return { occasion: isLate ? 'status-late' : 'status-open', facts }
  }

const withBot = ({ caseId, answered, offered }: StateOf<'with-bot'>): Line => ({
  occasion: !answered && offered.length > 0 ? 'status-choices' : 'status-with-bot',
  facts: { caseId },
})

function owned({ askedAt, promisedBy }: StateOf<'owned'>, isLate: boolean, facts: Line['facts']): Line {
  if (askedAt !== undefined) return { occasion: 'status-waiting', facts }
  if (promisedBy === undefined) return { occasion: 'status-resolved', facts }
  return { occasion: isLate ? 'status-owned-late' : 'status-owned', facts }
}

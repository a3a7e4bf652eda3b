import type { BotTurn, Memory } from '../../bot/bot.ts'
import type { Assessment } from '../case/signals.ts'
import { type CaseState, isOpen } from '../case/state.ts'

/** What the bot may remember of the conversation: all of it is in the case. */
export function memoryOf(state: CaseState, site: string): Memory {
  if (state.status === 'none') return { misses: 0, site, caseOpen: false }
  const { language, misses } = state
  const offered = state.status === 'with-bot' && state.offered.length > 0 ? { offered: state.offered } : {}
  return { language, misses, site: state.site, caseOpen: isOpen(state) && state.status !== 'with-bot', ...offered }
}

const shortEnoughForThanks = 80

/** The bot's turn as the case takes it. Only in a conversation that has a case can a message be a mere aside. */
export function assessmentOf({ understanding, decision }: BotTurn, text: string, hasCase: boolean): Assessment {
  const { language, kind, category, severity, complaint, complaintIsClear, handoff, emergency } = understanding
  const quiet = !complaint && !handoff && !emergency && kind === 'feedback' && text.length <= shortEnoughForThanks
  const { told = '', ask } = understanding.heard ?? {}
  const heard = { ...(told !== '' && { told }), ...(ask && { ask }) }
  const base = { language, kind, category, severity, complaint, handoff, ...heard }
  switch (decision.type) {
    case 'emergency':
      return { ...base, severity: 1, proposal: 'emergency', answers: [] }
    case 'answer':
      return {
        ...base,
        complaint: complaintIsClear || decision.alsoOffer,
        proposal: 'answer',
        answers: [decision.answer],
      }
    case 'choices':
      return { ...base, proposal: 'choices', answers: decision.answers }
    case 'command':
      return { ...base, handoff: decision.command === 'agent', proposal: 'case', answers: [] }
    case 'case':
      return { ...base, proposal: quiet && hasCase ? 'aside' : 'case', answers: [] }
  }
}

import type { Bot, BotTurn, Memory, Understanding } from './bot.ts'
import { decideTurn } from './decide-turn.ts'
import { languageOf } from './language.ts'
import { isMereAssent } from './rules/assent.ts'
import { soundsDissatisfied } from './rules/complaint.ts'
import { findDanger } from './rules/emergency.ts'
import { wantsPerson } from './rules/handoff.ts'
import { judgeSeverity } from './rules/severity.ts'

/**
 * What words alone say: danger, commands, complaints and the wish for a person. Needs no model and no content, so a
 * page goes out whatever else fails; everything that is neither danger nor a command becomes a case for people.
 */
export function considerByRules(text: string, memory: Memory): BotTurn {
  const understanding = understandByRules(text, memory)
  return {
    understanding,
    decision: decideTurn({ text, understanding, memory, sure: 1, canAnswer: () => false, categoryOf: () => undefined }),
  }
}

function understandByRules(text: string, memory: Memory): Understanding {
  const danger = findDanger(text)
  const emergency = danger.when === 'now'
  const dissatisfied = soundsDissatisfied(text)
  const calm = isMereAssent(text) ? 'feedback' : 'enquiry'
  const kind = emergency ? 'emergency' : dissatisfied !== undefined ? 'complaint' : calm
  const category = danger.category ?? 'general_info'
  const { severity, because } = judgeSeverity({ text, kind, category, dangerTold: danger.when === 'told' })
  return {
    ...{ kind, category, emergency, severity },
    kindLead: 1,
    language: languageOf(text, memory.language),
    complaint: dissatisfied !== undefined,
    complaintIsClear: dissatisfied !== undefined,
    handoff: wantsPerson(text) !== undefined,
    confidence: 0,
    alternatives: [],
    because: [...danger.because, ...because, 'by rules alone'],
  }
}

/** The bot, with the rules beneath it: whatever goes wrong in what was learned, danger is still heard. */
export function withRulesBeneath(bot: Bot, onFault: (error: unknown) => void): Bot {
  return {
    consider: (message, memory, today) => {
      try {
        return bot.consider(message, memory, today)
      } catch (error) {
        onFault(error)
        return considerByRules(message.text, memory)
      }
    },
    answer: (id, about) => bot.answer(id, about),
  }
}

/** Stands in where nothing could be learned at all. */
export const botByRules: Bot = {
  consider: ({ text }, memory) => considerByRules(text, memory),
  answer: () => undefined,
}

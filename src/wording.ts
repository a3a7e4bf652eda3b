import type { Bot } from './bot/bot.ts'
import { say } from './bot/phrases.ts'
import type { Config } from './config.ts'
import { type CaseState, isRestricted } from './core/case/state.ts'
import type { Channel } from './core/channel.ts'
import { cardOf } from './core/desk/card.ts'
import type { Directory } from './core/duty/directory.ts'
import type { Write } from './core/engine.ts'
import type { CustomerDeps } from './core/inbox/customer.ts'
import type { AnswerStaff } from './core/inbox/staff.ts'
import type { Address, CardView, InboundMessage, Language } from './core/message.ts'
import { localTime } from './core/outbox/local-time.ts'
import { write } from './core/outbox/write.ts'
import type { Clock, Outgoing } from './core/ports.ts'
import type { Policies } from './core/store/policy-store.ts'
import type { Stores } from './core/store/stores.ts'
import { dueFields } from './due-fields.ts'
import { statusWords } from './status-words.ts'

type Parts = {
  readonly config: Config
  readonly stores: Stores
  readonly policies: Policies
  readonly bot: Bot
  readonly clock: Clock
  readonly channels: readonly Channel[]
}

/** Where a site's cases are shown: its desks whose channel is on. With none of them on, all, for when one comes back. */
export function openDesks({ config, channels }: Pick<Parts, 'config' | 'channels'>, site: string): readonly Address[] {
  const all = config.places.placesOf(site)
  const open = all.filter((place) => channels.some(({ limits }) => place.channel in limits))
  return open.length > 0 ? open : all
}

const siteNamed = ({ duty }: Config, site: string, language: Language): string => {
  const found = duty.rosters.sites.get(site)
  return (language === 'en' ? found?.name : found?.nameZh) ?? found?.name ?? site
}

const zoneOf = ({ duty }: Config, site: string): string => duty.rosters.sites.get(site)?.zone ?? 'Asia/Hong_Kong'

/** Puts what a case wants done into the house's own words. */
export function wordsOf({ config, bot, clock, channels }: Parts, directory: Directory): Write {
  const { phrases, places } = config
  return (command, state) =>
    write(command, state, {
      directory,
      say: (occasion, language, facts) => say(phrases, occasion, language, facts),
      answerText: (id, language, site) => bot.answer(id, { language, site, today: clock.now() }),
      time: (at, language, site) => localTime(at, language, zoneOf(config, site)),
      siteName: (site, language) => siteNamed(config, site, language),
      teamName: places.teamName,
      placesOf: (site) => openDesks({ config, channels }, site),
    })
}

/** The card of a case as it stands now. Undefined for a case that does not exist. */
export function cardsFor({ config, stores, policies }: Parts) {
  return async (caseId: string, state: CaseState, version = 0): Promise<CardView | undefined> => {
    if (state.status === 'none') return undefined
    const [lastIn] = await stores.inbox.thread(caseId, 1)
    const [lastOut] = await stores.outbox.thread(caseId, 1)
    return cardOf(state, {
      version,
      steps: policies.of(state.policyVersion).ladders[state.severity].steps.length,
      siteName: siteNamed(config, state.site, 'en'),
      deskName: config.places.teamName(state.site, 'en'),
      word: (key, facts = {}) => say(config.phrases, key, 'en', facts),
      time: (at) => localTime(at, 'en', zoneOf(config, state.site)),
      due: dueFields(state, config, {
        word: (key) => say(config.phrases, key, 'en', {}),
        time: (at) => localTime(at, 'en', zoneOf(config, state.site)),
      }),
      ...(lastIn && { lastIn }),
      ...(lastOut && { lastOut }),
    })
  }
}

/** The same for a place that everybody at a site reads: of a case about members of staff it shows that it exists. */
export function sharedCardsFor(parts: Parts) {
  const card = cardsFor(parts)
  return async (caseId: string, state: CaseState, version = 0): Promise<CardView | undefined> => {
    const whole = await card(caseId, state, version)
    if (whole === undefined || state.status === 'none' || !isRestricted(state)) return whole
    const { quote: _words, replyRoute: _route, more: _more, ...rest } = whole
    const headline = 'Restricted: those who look after it work on it by direct message and by number.'
    return { ...rest, title: `${caseId} · restricted`, headline, fields: [], buttons: [] }
  }
}

type Notices = Pick<CustomerDeps, 'notice' | 'statusOf'> & { readonly answerStaff: AnswerStaff }

/** Answers that belong to no case: HELP, STATUS, STOP and what staff text us. */
export function noticesFrom(parts: Parts, onQueued: () => void): Notices {
  const { config, stores, clock } = parts
  const queue = async (message: InboundMessage, { id, text, audience }: Words): Promise<void> => {
    const { from, to, conversation } = message
    const outgoing: Outgoing = {
      message: { id, audience, to: from, from: to, conversation, text, automatic: true },
      purpose: { type: 'notice', occasion: id },
      urgent: false,
    }
    await stores.outbox.add([outgoing], clock.now())
    onQueued()
  }
  return {
    statusOf: statusWords(config),
    notice: (message, { id, language, lines }) => {
      const operator = config.places.operatorName(language)
      const told = lines.map(({ occasion, facts }) => say(config.phrases, occasion, language, { operator, ...facts }))
      return queue(message, { id, text: told.join('\n'), audience: 'customer' })
    },
    answerStaff: (message, text) => queue(message, { id: `${message.id}:answer`, text, audience: 'staff' }),
  }
}

type Words = { readonly id: string; readonly text: string; readonly audience: 'customer' | 'staff' }

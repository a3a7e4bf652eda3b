import type { Command, Facts } from '../case/commands.ts'
import { type CaseState, isRestricted, type Open, type StateOf } from '../case/state.ts'
import { routeWords } from '../desk/card.ts'
import { addressesOf, type Directory } from '../duty/directory.ts'
import type { Address, Language, Option, OutboundMessage } from '../message.ts'
import type { Outgoing } from '../ports.ts'

type Known = Open | StateOf<'closed'>

/** The words and addresses a command needs; everything in it is a look-up, nothing waits. */
export type WriteDeps = {
  readonly directory: Directory
  readonly say: (occasion: string, language: Language, facts: Facts) => string
  /** An authored answer; undefined when it has expired since it was chosen. */
  readonly answerText: (
    id: string,
    language: Language,
    site: string,
  ) => { readonly title: string; readonly text: string } | undefined
  readonly time: (at: Date, language: Language, site: string) => string
  readonly siteName: (site: string, language: Language) => string
  readonly teamName: (site: string, language: Language) => string
  readonly placesOf: (site: string) => readonly Address[]
}

/** Turns what the case wants done into messages; none where nobody is there to be written to. */
export function write(command: Command, state: CaseState, deps: WriteDeps): readonly Outgoing[] {
  if (state.status === 'none') return []
  switch (command.type) {
    case 'tell':
      return [tell(command, state, deps)]
    case 'page':
    case 'inform':
      return staff(command, state, deps)
    case 'announce':
      // A channel is read by everybody at a site, also by those who must keep out of this case.
      return isRestricted(state) ? [] : deps.placesOf(state.site).map((place) => announce(command, state, place, deps))
  }
}

function tell(command: Extract<Command, { type: 'tell' }>, state: Known, deps: WriteDeps): Outgoing {
  const { language, site } = state
  const answer = command.facts.answer === undefined ? undefined : deps.answerText(command.facts.answer, language, site)
  if (command.facts.answer !== undefined && answer === undefined)
    throw new Error(`the answer ${command.facts.answer} has expired since it was chosen`)
  const told = factsFor({ ...promiseOf(state), ...command.facts }, state, language, deps)
  const facts = answer === undefined ? told : { ...told, answer: answer.text }
  const options = optionsOf(command.facts.answers, state, deps)
  // The ends of a case carry words that are called `told` too; only the receipt says back what was understood.
  const heard = command.occasion === 'received' ? heardLines(facts, language, deps) : []
  return {
    message: {
      ...{ id: command.id, caseId: state.caseId, audience: 'customer', to: state.customer, from: state.via },
      conversation: state.conversation,
      text: [deps.say(command.occasion, language, facts), ...heard].join('\n'),
      ...(options.length > 0 && { options }),
      ...(command.files && { files: command.files }),
      ...(!writtenByPeople.has(command.occasion) && { automatic: true }),
    },
    purpose: { type: 'tell', occasion: command.occasion },
    urgent: command.occasion === 'safety',
  }
}

/** Says back what was understood, and asks for the one thing that is missing. */
function heardLines({ told, ask, summary }: Facts, language: Language, { say }: WriteDeps): string[] {
  return [
    ...(told === undefined ? [] : [say('heard', language, { told, summary: summary ?? '' })]),
    ...(ask === undefined ? [] : [say(`ask-${ask}`, language, {})]),
  ]
}

/** Everything else leaves without anybody having decided to write it. */
const writtenByPeople: ReadonlySet<string> = new Set(['reply', 'closed', 'merged'])

function optionsOf(answers: string | undefined, { language, site }: Known, deps: WriteDeps): Option[] {
  if (answers === undefined) return []
  const offered = answers.split(' ').flatMap((id) => {
    const answer = deps.answerText(id, language, site)
    return answer === undefined ? [] : [{ id, label: answer.title }]
  })
  return [...offered, { id: 'none', label: deps.say('choices-none', language, {}) }]
}

type ToStaff = Extract<Command, { type: 'page' | 'inform' }>

function staff(command: ToStaff, state: Known, deps: WriteDeps): Outgoing[] {
  const member = deps.directory.byId(command.person)
  const { method } = command
  const to = member && addressesOf(member)[method]
  if (member === undefined || to === undefined) return []
  const { type, person, occasion } = command
  const purpose =
    type === 'page'
      ? ({ type, person, method, epoch: state.epoch, occasion } as const)
      : ({ type, person, method, occasion } as const)
  const language = member.preferredLanguage
  const facts = factsFor({ ...targetOf(state), ...command.facts }, state, language, deps)
  const text = tidy(deps.say(wordsFor(occasion, state), language, facts))
  const message: OutboundMessage = {
    ...{ id: command.id, caseId: state.caseId, audience: 'staff', to, text },
    // Danger has a lane of its own, so that it never waits behind anything else.
    conversation: `${state.severity === 1 ? 'urgent' : type}:${to.channel}:${to.id}`,
  }
  return [{ message, purpose, urgent: state.severity === 1 || (type === 'page' && state.severity === 2) }]
}

/** A fact that is empty leaves a gap of two spaces behind. */
const tidy = (text: string): string => text.replace(/ {2,}/g, ' ')

/** The same page reads differently when life is at stake. */
const wordsFor = (occasion: string, { severity, kind }: Known): string =>
  occasion === 'page' && severity === 1 && kind === 'emergency' ? 'emergency-page' : occasion

type Announce = Extract<Command, { type: 'announce' }>

function announce(command: Announce, state: Known, to: Address, deps: WriteDeps): Outgoing {
  const { caseId } = state
  const facts = factsFor({ ...targetOf(state), ...command.facts }, state, 'en', deps)
  const text = tidy(deps.say(command.occasion, 'en', facts))
  return {
    message: {
      ...{ id: `${command.id}@${to.channel}:${to.id}`, caseId, audience: 'staff', to, text },
      conversation: `card:${caseId}:${to.channel}:${to.id}`,
    },
    purpose: { type: 'announce', occasion: command.occasion },
    urgent: false,
  }
}

/** A customer hears of promises only, never of the internal target that lies before them. */
const promiseOf = ({ promisedBy }: Known): Facts => (promisedBy ? { by: promisedBy.toISOString() } : {})

/** Staff hear of the internal target, and an owner also of what the customer was promised. */
const targetOf = (state: Known): Facts =>
  state.status === 'closed'
    ? {}
    : { by: state.dueAt.toISOString(), promised: (state.promisedBy ?? state.dueAt).toISOString() }

const instants = ['by', 'until', 'promised', 'written'] as const

/** Everything a text may mention about a case, in the reader's language; instants become local times. */
function factsFor(given: Facts, state: Known, language: Language, deps: WriteDeps): Facts {
  const { caseId, site, kind, category, severity, complex } = state
  const word = (key: string) => deps.say(key, language, {})
  const times = instants.flatMap((name) => {
    const at = given[name]
    return at === undefined ? [] : [[name, deps.time(new Date(at), language, site)]]
  })
  return {
    caseId,
    site: deps.siteName(site, language),
    team: deps.teamName(site, language),
    what: word(`what-${kind}`),
    kind: word(`kind-${kind}`),
    severity: `${severity} (${word(`severity-${severity}`)}${complex ? `, ${word('severity-complex')}` : ''})`,
    summary: word(`category-${category}`),
    nextStep: word('next-step-read'),
    to: routeWords(state.customer),
    reason: '',
    ...given,
    ...(given.outcome !== undefined && { outcome: word(`outcome-${given.outcome}`) }),
    ...(given.target !== undefined && { target: word(`target-${given.target}`) }),
    ...Object.fromEntries(times),
  }
}

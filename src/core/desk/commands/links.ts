import { type LinkKind, mirrored } from '../../case/links.ts'
import type { Signal } from '../../case/signals.ts'
import {
  command,
  type DeskCommand,
  handlers,
  isCase,
  type Known,
  leaders,
  otherCase,
  type Step,
  type When,
  words,
} from '../command.ts'

/** The other case's side, under an id of its own: repeated after a crash, it is found done or done then. */
const otherSide = (when: When, from: Known, to: Known, how: LinkKind): Step => ({
  caseId: to.caseId,
  signal: {
    ...{ type: 'link', ...when, id: `${when.id}:other`, link: { caseId: from.caseId, how: mirrored[how] } },
    ...(how === 'merged-into' && owedIn(from, `${when.id}:closed`)),
  },
})

/** What its customer is owed. Repeated after a crash this very merge has closed it, and it remembers what that ended. */
function owedIn(from: Known, mergedBy: string) {
  const { promisedBy, givenWord, keptWord } = from
  const word = givenWord ?? (keptWord?.messageId === mergedBy ? keptWord.until : undefined)
  return {
    ...(from.status === 'owned' && promisedBy && { promisedBy }),
    ...(word && { givenWord: word }),
  }
}

const joined = (when: When, state: Known, other: Known | undefined, make: (to: Known) => Signal, how: LinkKind) => {
  if (other === undefined) return 'case: there is no such case'
  if (other.caseId === state.caseId) return 'case: must be another case'
  return [{ caseId: state.caseId, signal: make(other) }, otherSide(when, state, other, how)]
}

/** The same person, as far as their addresses tell: only then may one case take in the words of another. */
export function sameCustomer(one: Known, other: Known): boolean {
  const ids = ({ customer, contact }: Known) =>
    [customer.id, contact.phone, contact.email].filter((id) => id !== undefined)
  return ids(one).some((id) => ids(other).includes(id))
}

export const linkCommands: readonly DeskCommand[] = [
  command({
    name: 'link',
    label: 'Link a case',
    help: 'Say that this case belongs with another one. The customers learn nothing of each other.',
    roles: handlers,
    offered: isCase,
    fields: [otherCase('With which case')],
    form: { title: 'Link a case', submit: 'Link' },
    otherCase: 'case',
    steps: (_args, when, { state, other }) =>
      joined(
        when,
        state,
        other,
        (to) => ({ type: 'link', ...when, link: { caseId: to.caseId, how: 'related' } }),
        'related',
      ),
  }),
  command({
    name: 'unlink',
    label: 'Unlink a case',
    help: 'Remove a link with another case.',
    roles: handlers,
    offered: (state) => state.status !== 'none' && (state.links ?? []).length > 0,
    fields: [{ kind: 'choice', name: 'case', label: 'Which link', required: true, options: [], from: 'links' }],
    form: { title: 'Unlink a case', submit: 'Unlink' },
    otherCase: 'case',
    steps: (_args, when, { state, other }) => {
      if (other === undefined) return 'case: there is no such case'
      const here: Signal = { type: 'unlink', ...when, other: other.caseId }
      const there: Signal = { type: 'unlink', ...when, id: `${when.id}:other`, other: state.caseId }
      return [
        { caseId: state.caseId, signal: here },
        { caseId: other.caseId, signal: there },
      ]
    },
  }),
  command({
    name: 'merge',
    label: 'Merge into a case',
    help: 'The same customer wrote about the same thing twice: go on under the other number. This case closes.',
    roles: leaders,
    fields: [otherCase('Into which case'), words('told', 'What the customer is told', { maxLength: 1_300 })],
    form: {
      title: 'Merge into a case',
      submit: 'Preview',
      preview: { title: 'Merge and close?', submit: 'Merge', field: 'told' },
    },
    otherCase: 'case',
    steps: ({ told: said = '' }, when, { state, other }) => {
      if (other !== undefined && !sameCustomer(state, other))
        return 'case: is of another customer. Link the two, or close this one as a duplicate.'
      if (other?.status === 'closed') return 'case: is closed. Reopen it first.'
      const link = (to: Known) => ({ caseId: to.caseId, how: 'merged-into' as const })
      return joined(
        when,
        state,
        other,
        (to) => ({ type: 'close-as', ...when, link: link(to), told: said }),
        'merged-into',
      )
    },
  }),
  command({
    name: 'duplicate',
    label: 'Mark as duplicate',
    help: 'The same matter is handled under another number, perhaps for somebody else. This case closes.',
    roles: handlers,
    fields: [otherCase('Of which case'), words('told', 'What the customer is told', { maxLength: 1_300 })],
    form: {
      title: 'Mark as duplicate',
      submit: 'Preview',
      intro: 'Do not name the other customer.',
      preview: { title: 'Close as duplicate?', submit: 'Close case', field: 'told' },
    },
    otherCase: 'case',
    steps: ({ told: said = '' }, when, { state, other }) => {
      const link = (to: Known) => ({ caseId: to.caseId, how: 'duplicate-of' as const })
      return joined(
        when,
        state,
        other,
        (to) => ({ type: 'close-as', ...when, link: link(to), told: said }),
        'duplicate-of',
      )
    },
  }),
  command({
    name: 'split',
    label: 'Split off a case',
    help: 'One message, two matters: the second gets a number of its own, and you have it.',
    roles: handlers,
    opensCase: true,
    fields: [words('text', 'What the new case is about', { maxLength: 600, hint: 'The customer reads this.' })],
    form: {
      title: 'Split off a case',
      submit: 'Preview',
      preview: { title: 'Split off?', submit: 'Split off', field: 'text' },
    },
    steps: ({ text: about = '' }, when, { state, newCaseId = '' }) => {
      const { site, customer, contact, via, conversation, severity, kind, category, language } = state
      const opened = { caseId: newCaseId, site, customer, contact, via, conversation }
      const from = { caseId: state.caseId, severity, kind }
      const here: Signal = { type: 'link', ...when, link: { caseId: newCaseId, how: 'split-into' } }
      const there: Signal = {
        ...{ type: 'split-off', ...when, id: `${when.id}:other`, opened, from, category, language, about },
      }
      return [
        { caseId: state.caseId, signal: here },
        { caseId: newCaseId, signal: there },
      ]
    },
  }),
]

import { type Outcome, untold } from '../../case/signals.ts'
import type { Option } from '../../message.ts'
import { command, type DeskCommand, handlers, oneStep, reason, words } from '../command.ts'
import type { FormField } from '../forms.ts'

/** How a case can end; an end without one of these is refused. */
const outcomeOptions: readonly (Option & { readonly id: Outcome })[] = [
  { id: 'resolved', label: 'Resolved' },
  { id: 'not_resolved', label: 'Could not be resolved' },
  { id: 'duplicate', label: 'Duplicate of another case' },
  { id: 'not_for_us', label: 'Not for us' },
  { id: 'withdrawn', label: 'Withdrawn by the customer' },
  { id: 'unreachable', label: 'The customer cannot be reached' },
  { id: 'no_case', label: 'No case: spam, a test, a wrong number' },
]

const outcome = (options: readonly Option[]): FormField => ({
  ...{ kind: 'choice', name: 'outcome', label: 'Outcome', required: true, options },
})

const isTold = ({ id }: { readonly id: Outcome }) => !untold.includes(id)

/** With the words around them they fit in one SMS of 1,600 characters. */
const longestClosing = 1_300
export const told = (label = 'What the customer is told', hint?: string): FormField =>
  words('told', label, { maxLength: longestClosing, required: false, ...(hint !== undefined && { hint }) })

export const endingCommands: readonly DeskCommand[] = [
  command({
    name: 'resolve',
    label: 'Resolve',
    help: 'Done: the customer is told the outcome and may object. Without an objection the case closes by itself.',
    roles: handlers,
    offered: (state) => state.status !== 'none' && state.status !== 'closed' && !('resolved' in state),
    fields: [
      outcome(outcomeOptions.filter((one) => isTold(one) && one.id !== 'duplicate')),
      words('told', 'What the customer is told', { maxLength: longestClosing }),
    ],
    form: {
      title: 'Resolve the case',
      submit: 'Preview',
      preview: { title: 'Resolve this case?', submit: 'Resolve', field: 'told' },
    },
    steps: oneStep(({ outcome: end, told: said = '' }, when) => ({
      ...{ type: 'resolve', ...when, outcome: end as Outcome, told: said },
    })),
  }),
  command({
    name: 'close',
    label: 'Close',
    help: 'Close now, with an outcome and the words the customer is told.',
    roles: handlers,
    place: 'card',
    style: 'danger',
    fields: [
      outcome(outcomeOptions),
      told(undefined, 'Required, unless the customer cannot be reached or it is no case.'),
    ],
    form: {
      title: 'Close the case',
      submit: 'Preview',
      preview: { title: 'Close this case?', submit: 'Close case', field: 'told' },
    },
    steps: oneStep(({ outcome: end, told: said = '' }, when) => {
      const mustTell = !untold.includes(end as Outcome)
      if (mustTell && said === '') return 'told: must not be empty: the customer is told how their case ended'
      return { type: 'close', ...when, outcome: end as Outcome, told: mustTell ? said : '' }
    }),
  }),
  command({
    name: 'reopen',
    label: 'Reopen',
    help: 'Open a closed case again, with the reason, and the ladder starts anew; or take a resolution back.',
    roles: handlers,
    place: 'card',
    offered: (state) => state.status === 'closed' || 'resolved' in state,
    fields: [reason],
    form: { title: 'Reopen the case', submit: 'Reopen' },
    steps: oneStep(({ reason: why = '' }, when) => ({ type: 'reopen', ...when, reason: why })),
  }),
]

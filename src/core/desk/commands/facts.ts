import { isRestricted } from '../../case/state.ts'
import { type Category, categories, type Kind, kinds, type Severity } from '../../case/taxonomy.ts'
import { holds } from '../../duty/directory.ts'
import type { Role, StaffMember } from '../../duty/staff.ts'
import {
  command,
  type DeskCommand,
  handlers,
  isCase,
  type Look,
  leaders,
  oneStep,
  person,
  reason,
  words,
} from '../command.ts'
import type { FormField } from '../forms.ts'

const spoken = (id: string): string => id.replace(/_/g, ' ')
const choice = (name: string, label: string, ids: readonly string[]): FormField => ({
  ...{ kind: 'choice', name, label, required: true, options: ids.map((id) => ({ id, label: spoken(id) })) },
})

const severities: FormField = {
  ...{ kind: 'choice', name: 'severity', label: 'Severity', required: true },
  options: [
    { id: '1', label: '1, life or safety now' },
    { id: '2', label: '2, serious' },
    { id: '3', label: '3, standard' },
    { id: '4', label: '4, routine' },
  ],
}

const complexity: FormField = {
  ...{ kind: 'choice', name: 'complex', label: 'Is it complex?', required: false },
  options: [
    { id: 'no', label: 'No' },
    { id: 'yes', label: 'Yes, more involved than most' },
  ],
  hint: 'For supervisors. If so, it may take longer, and the customer is told by when at the latest.',
}

const seniors: readonly Role[] = ['manager', 'administrator']

/** Whether this person is anywhere above the member in the line. */
function worksUnder(member: StaffMember, person: string, staff: Look['staff']): boolean {
  const passed = new Set<string>()
  for (let above = member.reportsTo; above !== undefined && !passed.has(above); above = staff(above)?.reportsTo) {
    if (above === person) return true
    passed.add(above)
  }
  return false
}

export const factCommands: readonly DeskCommand[] = [
  command({
    name: 'note',
    label: 'Note',
    help: 'Write for the file. The customer never sees it.',
    roles: [...handlers, 'auditor'],
    place: 'card',
    shortcut: 'message',
    offered: isCase,
    fields: [words('text', 'Note', { maxLength: 3_000 })],
    form: { title: 'Add a note', submit: 'Save note', intro: 'Notes are internal. The customer never sees them.' },
    steps: oneStep(({ text = '' }, when) => ({ type: 'note', ...when, text })),
  }),
  command({
    name: 'set-kind',
    label: 'Set the kind',
    help: 'Say what the person wants: enquiry, complaint, incident report, service request, feedback or emergency.',
    roles: handlers,
    aliases: ['kind'],
    offered: isCase,
    fields: [choice('kind', 'Kind', kinds)],
    form: { title: 'Set the kind', submit: 'Set' },
    steps: oneStep(({ kind }, when) => ({ type: 'set-kind', ...when, kind: kind as Kind })),
  }),
  command({
    name: 'set-category',
    label: 'Set the category',
    help: 'Say what it is about.',
    roles: handlers,
    aliases: ['category'],
    offered: isCase,
    fields: [choice('category', 'Category', categories)],
    form: { title: 'Set the category', submit: 'Set' },
    steps: oneStep(({ category }, when) => ({ type: 'set-category', ...when, category: category as Category })),
  }),
  command({
    name: 'set-severity',
    label: 'Set the severity',
    help: 'Raise or lower the severity. Lowering needs a reason; a case of severity 1 only a supervisor can lower. A supervisor may also say that it is complex: then it may take longer, and the customer is told by when at the latest.',
    roles: handlers,
    aliases: ['severity'],
    fields: [
      severities,
      words('reason', 'Reason', {
        required: false,
        hint: 'Internal. Required when you lower it, or say that it is complex.',
      }),
      complexity,
    ],
    form: { title: 'Set the severity', submit: 'Set', intro: 'Another severity is another ladder and another clock.' },
    steps: oneStep(({ severity, reason = '', complex = '' }, when, { state, member }) => {
      const wanted = Number(severity) as Severity
      const judged =
        complex === '' || (complex === 'yes') === (state.complex === true) ? {} : { complex: complex === 'yes' }
      if ('complex' in judged && !holds(member, state.site, leaders))
        return 'Only a supervisor, manager or administrator can say whether a case is complex.'
      if (judged.complex && wanted <= 2) return 'complex: severity 1 and 2 have times of their own'
      if (judged.complex && reason === '') return 'reason: must not be empty when the case is said to be complex'
      if (wanted > state.severity && reason === '') return 'reason: must not be empty when the severity is lowered'
      if (wanted > state.severity && state.severity === 1 && !holds(member, state.site, leaders))
        return 'Only a supervisor, manager or administrator can lower severity 1.'
      return { type: 'set-severity', ...when, severity: wanted, reason, ...judged }
    }),
  }),
  command({
    name: 'about-staff',
    label: 'It is about staff',
    help: 'The case is about a member of staff: it goes to the level above them, and is hidden from them and the line next to them.',
    roles: leaders,
    aliases: ['about'],
    offered: isCase,
    fields: [person('Whom it is about')],
    form: {
      ...{ title: 'It is about a member of staff', submit: 'Restrict' },
      intro: 'Whoever must keep out of it loses it, and the level above is paged at once.',
    },
    steps: oneStep(({ person: id = '' }, when, { staff }) =>
      staff(id) === undefined ? `person: "${id}" is not in the staff list` : { type: 'wall', ...when, about: [id] },
    ),
  }),
  command({
    name: 'not-about',
    label: 'It is not about them',
    help: 'The case is kept from a member of staff by mistake: they may get and see it again. The reason stays in the log. Nobody can do this for themselves or for somebody they work under; what about-staff said, only a manager or administrator takes back.',
    roles: leaders,
    aliases: ['clear'],
    offered: (state) => state.status !== 'none' && isRestricted(state),
    fields: [
      { kind: 'choice', name: 'person', label: 'Whom it is not about', required: true, options: [], from: 'kept-out' },
      reason,
    ],
    form: {
      ...{ title: 'It is not about them', submit: 'Open to them' },
      intro: 'They may be given the case and see all of it. Words that name them later are looked at anew.',
    },
    steps: oneStep(({ person: id = '', reason: why = '' }, when, { state, member, staff }) => {
      const isCertain = state.about?.includes(id) === true
      const guessed = state.suspected?.find((one) => one.id === id)
      if (!isCertain && guessed === undefined) return `person: the case is not kept from "${id}"`
      if (id === member.id || worksUnder(member, id, staff))
        return 'person: somebody must say so who is neither this person nor works under them'
      if (isCertain && !holds(member, state.site, seniors))
        return 'person: what about-staff said, only a manager or administrator takes back'
      const person = { id, name: staff(id)?.name ?? guessed?.name ?? id }
      return { type: 'clear', ...when, person, reason: why }
    }),
  }),
  command({
    name: 'add-party',
    label: 'Add a party',
    help: 'Record somebody else whom the case concerns, e.g. a witness or a relative.',
    roles: handlers,
    aliases: ['party'],
    offered: isCase,
    fields: [
      words('name', 'Name', { lines: 'one', maxLength: 100 }),
      words('role', 'Who they are', { lines: 'one', maxLength: 60, hint: 'E.g. witness, relative, neighbour.' }),
      words('contact', 'How to reach them', { lines: 'one', maxLength: 200, required: false }),
    ],
    form: { title: 'Add a party', submit: 'Add', intro: 'Internal. They are not written to.' },
    steps: oneStep(({ name = '', role = '', contact = '' }, when) => ({
      ...{ type: 'add-party', ...when },
      party: { name, role, ...(contact !== '' && { contact }) },
    })),
  }),
]

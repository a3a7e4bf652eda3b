import { holds } from '../../duty/directory.ts'
import type { StaffMember } from '../../duty/staff.ts'
import {
  command,
  type DeskCommand,
  handlers,
  isOpenCase,
  type Look,
  leaders,
  oneStep,
  person,
  reason,
  words,
} from '../command.ts'

const note = words('note', 'What they should know', { required: false })

/** The staff member an argument names, when they may work on this case; else why not. */
export function colleague({ staff, state, isWalledOff }: Look, id: string): StaffMember | string {
  const found = staff(id)
  if (found === undefined) return `"${id}" is not in the staff list.`
  if (isWalledOff(found.id)) return `${found.name} must keep out of this case.`
  return holds(found, state.site, handlers) ? found : `${found.name} may not work on cases of this site.`
}

const actorOf = ({ id, name }: StaffMember) => ({ id, name })

export const ownershipCommands: readonly DeskCommand[] = [
  command({
    name: 'acknowledge',
    label: 'Acknowledge',
    help: 'Take the case: you become its owner and nobody else is chased.',
    roles: handlers,
    aliases: ['ack', 'take', '收到', '接手'],
    place: 'card',
    style: 'primary',
    shortcut: 'message',
    offered: (state) => isOpenCase(state) && state.status !== 'owned',
    steps: oneStep((_args, when) => ({ type: 'acknowledge', ...when })),
  }),
  command({
    name: 'accept',
    label: 'Accept',
    help: 'Accept a case that was offered to you: from then on it is yours.',
    roles: handlers,
    place: 'card',
    style: 'primary',
    offered: (state) => state.status === 'owned' && state.offeredTo !== undefined,
    steps: oneStep((_args, when) => ({ type: 'accept-hand-over', ...when })),
  }),
  command({
    name: 'decline',
    label: 'Decline',
    help: 'Decline a case that was offered to you; it stays with whoever has it.',
    roles: handlers,
    place: 'card',
    offered: (state) => state.status === 'owned' && state.offeredTo !== undefined,
    fields: [reason],
    form: { title: 'Decline', submit: 'Decline', intro: 'The case stays with whoever has it.' },
    steps: oneStep(({ reason: why = '' }, when) => ({ type: 'decline-hand-over', ...when, reason: why })),
  }),
  command({
    name: 'assign',
    label: 'Assign',
    help: 'Give the case to somebody. They must soon show that they know, or others are paged.',
    roles: leaders,
    fields: [person('Who gets it'), note],
    form: { title: 'Assign the case', submit: 'Assign', intro: 'They have it at once, and the customer is told.' },
    steps: oneStep(({ person: id = '', note: said = '' }, when, look) => {
      const to = colleague(look, id)
      return typeof to === 'string' ? to : { type: 'assign', ...when, to: actorOf(to), note: said }
    }),
  }),
  command({
    name: 'hand-over',
    label: 'Hand over',
    help: 'Offer the case to somebody. It stays yours until they accept.',
    roles: handlers,
    aliases: ['handover'],
    offered: ({ status }) => status === 'owned',
    fields: [person('Who should take it'), note],
    form: { title: 'Hand over', submit: 'Offer', intro: 'You stay responsible until they accept.' },
    steps: oneStep(({ person: id = '', note: said = '' }, when, look) => {
      const { state, member } = look
      if (state.status === 'owned' && state.owner.id !== member.id && !holds(member, state.site, leaders))
        return `Only ${state.owner.name} or a supervisor can hand this case over.`
      const to = colleague(look, id)
      return typeof to === 'string' ? to : { type: 'offer-hand-over', ...when, to: actorOf(to), note: said }
    }),
  }),
]

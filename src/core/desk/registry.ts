import { z } from 'zod'
import { type Actor, outcomes, type Signal } from '../case/signals.ts'
import type { CaseState } from '../case/state.ts'
import type { Role } from '../duty/staff.ts'

type When = { readonly id: string; readonly at: Date; readonly by: Actor }

/** One thing staff can do to a case, the same from every desk and the API. */
export type DeskCommand = {
  readonly name: string
  /** On a button; at most 24 characters. */
  readonly label: string
  readonly help: string
  readonly roles: readonly Role[]
  readonly args: z.ZodType<Record<string, string>>
  /** Names of the arguments, for help and `GET /api/v1/commands`. */
  readonly argNames: readonly string[]
  /** Whether the desk must show what will happen, or ask for arguments, before it happens. */
  readonly form: boolean
  readonly style?: 'primary' | 'danger'
  /** Where it makes sense; elsewhere the button is not shown and pressing an old one is answered with words. */
  readonly offered: (state: CaseState) => boolean
  readonly signal: (args: Record<string, string>, when: When) => Signal
}

const text = (max: number) =>
  z.string().trim().min(1, 'must not be empty').max(max, `must be at most ${max} characters`)
const handlers: readonly Role[] = ['officer', 'supervisor', 'manager', 'administrator']
const open = ({ status }: CaseState) => status !== 'none' && status !== 'closed'

type Shape = Record<string, z.ZodType<string>>
const command = (
  spec: Omit<DeskCommand, 'args' | 'argNames' | 'form'> & { readonly args?: Shape; readonly form?: boolean },
): DeskCommand => {
  const shape = spec.args ?? {}
  return {
    ...spec,
    args: z.object(shape) as never,
    argNames: Object.keys(shape),
    form: spec.form ?? Object.keys(shape).length > 0,
  }
}

/** Every command staff can give. Buttons, forms, typed commands, the API and the help text are derived from this. */
export const deskCommands: readonly DeskCommand[] = [
  command({
    name: 'acknowledge',
    label: 'Acknowledge',
    help: 'Take the case: you become its owner and nobody else is chased.',
    roles: handlers,
    style: 'primary',
    offered: (state) => open(state) && state.status !== 'owned',
    signal: (_args, when) => ({ type: 'acknowledge', ...when }),
  }),
  command({
    name: 'reply',
    label: 'Reply',
    help: 'Write to the customer. You see what will be sent before it is sent.',
    roles: handlers,
    args: { text: text(1500) },
    offered: open,
    signal: ({ text = '' }, when) => ({ type: 'reply', ...when, text }),
  }),
  command({
    name: 'note',
    label: 'Note',
    help: 'Write for the file. The customer never sees it.',
    roles: [...handlers, 'auditor'],
    args: { text: text(3000) },
    offered: ({ status }) => status !== 'none',
    signal: ({ text = '' }, when) => ({ type: 'note', ...when, text }),
  }),
  command({
    name: 'escalate',
    label: 'Escalate',
    help: 'Page the next level now, with the reason.',
    roles: handlers,
    args: { reason: text(1000) },
    offered: open,
    signal: ({ reason = '' }, when) => ({ type: 'escalate', ...when, reason }),
  }),
  command({
    name: 'close',
    label: 'Close',
    help: 'Close with an outcome and the words the customer is told.',
    roles: handlers,
    style: 'danger',
    args: {
      outcome: z.enum(outcomes, `must be one of ${outcomes.join(', ')}`),
      told: z.string().trim().max(1300, 'must be at most 1300 characters').default(''),
    },
    offered: open,
    signal: ({ outcome, told = '' }, when) => ({
      type: 'close',
      ...when,
      outcome: z.enum(outcomes).parse(outcome),
      told,
    }),
  }),
  command({
    name: 'reopen',
    label: 'Reopen',
    help: 'Open a closed case again, with the reason. The ladder starts anew.',
    roles: handlers,
    args: { reason: text(1000) },
    offered: ({ status }) => status === 'closed',
    signal: ({ reason = '' }, when) => ({ type: 'reopen', ...when, reason }),
  }),
]

const aliases: Readonly<Record<string, string>> = {
  ack: 'acknowledge',
  take: 'acknowledge',
  收到: 'acknowledge',
  接手: 'acknowledge',
}

/** Finds a command by its name or a short form of it. */
export const commandNamed = (name: string): DeskCommand | undefined => {
  const wanted = name.trim().toLowerCase()
  return deskCommands.find((one) => one.name === (aliases[wanted] ?? wanted))
}

/** The list a staff member sees for `help`, from the registry itself. */
export const helpText = (): string =>
  deskCommands.map(({ name, argNames, help }) => `${[name, 'GH-…', ...argNames].join(' ')}: ${help}`).join('\n')

import { z } from 'zod'
import { mostFiles } from '../attachments/outgoing.ts'
import type { Asked } from '../case/desk-signals.ts'
import type { Actor, Signal } from '../case/signals.ts'
import type { CaseState } from '../case/state.ts'
import type { Role, StaffMember } from '../duty/staff.ts'
import type { FileRef } from '../message.ts'
import type { DeskDeps } from './desk-deps.ts'
import type { FormField, FormSpec } from './forms.ts'
import type { CommandRequest, Performed } from './performed.ts'

export type Args = Readonly<Record<string, string>>
export type When = { readonly id: string; readonly at: Date; readonly by: Actor; readonly asked: Asked }
export type Known = Exclude<CaseState, { readonly status: 'none' }>

/** What a command may look at while it becomes a signal; nothing in it waits. */
export type Look = {
  readonly state: Known
  readonly member: StaffMember
  readonly staff: (id: string) => StaffMember | undefined
  /** Whether the case must be kept from this person. */
  readonly isWalledOff: (person: string) => boolean
  /** One of our authored texts in the customer's language. */
  readonly text: (id: string) => string | undefined
  /** The case named by `DeskCommand.otherCase`. */
  readonly other?: Known
  /** What was attached, checked. */
  readonly files: readonly FileRef[]
  /** The number kept for a case that this command opens. */
  readonly newCaseId?: string
}

/** A signal for one case; the first is for the case the command is about. */
export type Step = { readonly caseId: string; readonly signal: Signal }

/** One thing staff can do, the same from every desk and the API: the same effect, permission and audit. */
export type DeskCommand = {
  readonly name: string
  /** On a button; at most 24 characters. */
  readonly label: string
  readonly help: string
  readonly roles: readonly Role[]
  /** `desk`: needs no case. */
  readonly about: 'case' | 'desk'
  readonly aliases?: readonly string[]
  /** `card`: a button of its own; `menu`: behind "more"; `typed`: only typed, as a shortcut, and by the API. */
  readonly place: 'card' | 'menu' | 'typed'
  readonly style?: 'primary' | 'danger'
  readonly shortcut?: 'global' | 'message'
  readonly fields: readonly FormField[]
  /** Absent where nothing needs to be asked. */
  readonly form?: FormSpec
  /** `form`: asked for its arguments first; `preview`: what the customer will read is shown as well. */
  readonly confirmation: 'none' | 'form' | 'preview'
  readonly args: z.ZodType<Args>
  /** Where it makes sense; elsewhere it is not offered and an old button is answered with words. */
  readonly offered: (state: CaseState) => boolean
  /** The argument that names another case, which the person must be allowed to work on too. */
  readonly otherCase?: string
  readonly opensCase?: true
  /** What it does to cases, or in words why it cannot be done. */
  readonly steps?: (args: Args, when: When, look: Look) => readonly Step[] | string
  /** What it does otherwise: answers a question, changes a rota, releases a message. */
  readonly run?: (request: CommandRequest, args: Args, desk: DeskDeps) => Promise<Performed>
}

export const handlers: readonly Role[] = ['officer', 'supervisor', 'manager', 'administrator']
export const leaders: readonly Role[] = ['supervisor', 'manager', 'administrator']
export const everybody: readonly Role[] = ['officer', 'supervisor', 'manager', 'auditor', 'administrator']

export const isOpenCase = ({ status }: CaseState): boolean => status !== 'none' && status !== 'closed'
export const isCase = ({ status }: CaseState): boolean => status !== 'none'

type Spec = Omit<DeskCommand, 'fields' | 'form' | 'confirmation' | 'args' | 'about' | 'place' | 'offered'> &
  Partial<Pick<DeskCommand, 'fields' | 'about' | 'place' | 'offered'>> & {
    readonly form?: Omit<FormSpec, 'fields'>
  }

/** Completes a command: its arguments are checked by the fields that ask for them. */
export function command({ form, ...spec }: Spec): DeskCommand {
  const fields = spec.fields ?? []
  const confirmation = form === undefined ? 'none' : form.preview === undefined ? 'form' : 'preview'
  return {
    ...{ about: 'case', place: 'menu', offered: isOpenCase, ...spec, fields, confirmation },
    ...(form && { form: { ...form, fields } }),
    args: argsOf(fields),
  }
}

/** A command on one case that is nothing but a signal. */
export const oneStep =
  (make: (args: Args, when: When, look: Look) => Signal | string): NonNullable<DeskCommand['steps']> =>
  (args, when, look) => {
    const signal = make(args, when, look)
    return typeof signal === 'string' ? signal : [{ caseId: look.state.caseId, signal }]
  }

const argsOf = (fields: readonly FormField[]): z.ZodType<Args> =>
  z.object(Object.fromEntries(fields.map((field) => [field.name, argOf(field)])))

const longestOther = 300

function argOf(field: FormField): z.ZodType<string> {
  const most = field.kind === 'text' ? field.maxLength : longestOther
  const text = z.string().trim().max(most, `must be at most ${most} characters`).default('')
  const given = field.required ? text.refine((value) => value !== '', 'must not be empty') : text
  if (field.kind !== 'choice' || field.from !== undefined) return given
  const ids = field.options.map(({ id }) => id)
  const isOne = (value: string) => ids.includes(value) || (value === '' && !field.required)
  return text.refine(isOne, `must be one of ${ids.join(', ')}`)
}

type Size = { readonly lines?: 'one' | 'many'; readonly maxLength?: number; readonly required?: boolean }

/** A field for words. */
export const words = (name: string, label: string, size: Size & { readonly hint?: string } = {}): FormField => ({
  ...{ kind: 'text', name, label, required: size.required ?? true },
  ...{ lines: size.lines ?? 'many', maxLength: size.maxLength ?? 1_000 },
  ...(size.hint !== undefined && { hint: size.hint }),
})

export const reason = words('reason', 'Reason')
export const person = (label: string): FormField => ({
  ...{ kind: 'choice', name: 'person', label, required: true, options: [], from: 'people' },
})
/** Files for the customer, beside words. */
export const filesField: FormField = {
  ...{ kind: 'files', name: 'files', label: 'Files', required: false, options: [], from: 'files', most: mostFiles },
}
/** What a signal says of them: nothing where there are none. */
export const enclosing = ({ files }: Pick<Look, 'files'>) => (files.length === 0 ? {} : { files })
export const otherCase = (label: string): FormField =>
  words('case', label, {
    lines: 'one',
    maxLength: 40,
    hint: 'A case number like GH-2026-000123, or 123 for this year.',
  })

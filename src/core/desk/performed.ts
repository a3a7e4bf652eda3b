import type { CaseState } from '../case/state.ts'
import type { Shown } from '../channel.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { FileRef } from '../message.ts'

/** A command as any surface hands it in. `id` makes a second delivery of the same press harmless. */
export type CommandRequest = {
  readonly id: string
  readonly at: Date
  readonly by: StaffMember
  readonly command: string
  /** Empty where the command is about no case. */
  readonly caseId: string
  readonly args: Readonly<Record<string, string>>
  /** What came with the command itself, under the ids by which it will be kept. */
  readonly files?: readonly FileRef[]
  /** Where it was asked: slack, teams, api, sms … */
  readonly desk: string
}

export type Because = 'unknown-command' | 'no-case' | 'not-allowed' | 'bad-arguments'

/** `answer` is for the person who asked, in plain words, whatever happened. */
export type Performed =
  | { readonly outcome: 'done'; readonly answer: string; readonly state: CaseState }
  /** Nothing to do: somebody was faster, or it is so already. */
  | { readonly outcome: 'unchanged'; readonly answer: string; readonly state: CaseState }
  /** A question was answered, or something was done that concerns no case. */
  | { readonly outcome: 'answered'; readonly answer: string; readonly shown?: Shown; readonly caseId?: string }
  | { readonly outcome: 'refused'; readonly because: Because; readonly answer: string; readonly field?: string }

export const refuse = (because: Because, answer: string, field?: string): Performed => ({
  ...{ outcome: 'refused', because, answer },
  ...(field !== undefined && { field }),
})

import { type CommandOutput, runDue } from '../core/calendar/run-due.ts'
import { runDuty } from '../core/duty/run-duty.ts'
import { configured } from './configured.ts'
import { Refusal } from './refusal.ts'

export type DutyOptions = { readonly site: string; readonly at?: string; readonly json?: boolean }
export type DueOptions = {
  readonly calendar: string
  readonly from: string
  readonly in: string
  readonly pause?: readonly string[]
  readonly json?: boolean
}

/** `gatehouse duty`: the resolver that pages, asked by a person. */
export async function showDuty({ site, at = new Date().toISOString(), json }: DutyOptions): Promise<void> {
  show(runDuty(configured().duty, { site, at }), json)
}

/** `gatehouse due`: both deadlines and why. */
export async function showDue({ pause, json, ...args }: DueOptions): Promise<void> {
  show(runDue(configured().calendars, { ...args, ...(pause && { pauses: pause }) }), json)
}

function show<T>(output: CommandOutput<T>, json = false): void {
  if (!output.ok) throw new Refusal(output.message)
  console.log(json ? JSON.stringify(output.json) : output.text)
}

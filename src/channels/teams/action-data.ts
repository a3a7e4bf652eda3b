import { z } from 'zod'
import type { ReplyRoute } from '../../core/message.ts'

export type Args = Readonly<Record<string, string>>

/**
 * What a button or a form of ours carries and Teams hands back: which command on which case. A hint only; the core
 * checks who may do what.
 */
export type ActionData = {
  readonly command: string
  readonly caseId: string
  readonly route?: ReplyRoute | undefined
  /** What was typed or filled in already. */
  readonly args?: Args | undefined
  /** `form` is carried out when submitted; `preview` only leads to a `send` form that shows what will happen, `back` from it. */
  readonly step?: 'form' | 'preview' | 'send' | 'back' | undefined
}

const data = z.object({
  command: z.string().min(1).max(60),
  caseId: z.string().max(60),
  route: z.object({ to: z.string(), as: z.string() }).optional(),
  args: z.record(z.string(), z.string()).optional(),
  step: z.enum(['form', 'preview', 'send', 'back']).optional(),
})

/** The data of one of our buttons or forms; undefined for anything else. */
export function actionDataIn(value: unknown): ActionData | undefined {
  return z.object({ gatehouse: data }).safeParse(value).data?.gatehouse
}

const option = z.object({ gatehouseOption: z.object({ id: z.string().min(1), label: z.string() }) })

/** An answer that the assistant offered to a customer. */
export const optionData = (id: string, label: string) => ({ gatehouseOption: { id, label } })

export function optionIn(value: unknown): { readonly id: string; readonly label: string } | undefined {
  return option.safeParse(value).data?.gatehouseOption
}

/** What was filled into the inputs of a form, by their names, without what is empty. */
export function inputsIn(value: unknown): Args {
  const read = z.record(z.string(), z.unknown()).safeParse(value).data ?? {}
  const filled = Object.entries(read).filter(([name]) => name !== 'gatehouse' && name !== 'msteams')
  return Object.fromEntries(
    filled.flatMap(([name, text]) => (typeof text === 'string' && text !== '' ? [[name, text]] : [])),
  )
}

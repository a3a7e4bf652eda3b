import { z } from 'zod'
import type { DeskReads } from '../../core/channel.ts'
import type { CardView, DeskList } from '../../core/message.ts'
import { adaptiveCard, attached, type CardAttachment, heading, words } from './adaptive-card.ts'
import { clip, shownText } from './plain-text.ts'
import { buttonsIn } from './render.ts'
import { choiceDialog, saidDialog, type TaskAnswer } from './task-module.ts'

type Person = { readonly channel: 'teams'; readonly id: string }
type Desk = DeskReads | undefined

/** What the box above a conversation shows: results that can be put into it, or a sentence. */
export type Found = { readonly composeExtension: object }

const query = z.object({
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() })).optional(),
  queryOptions: z.object({ skip: z.number(), count: z.number() }).optional(),
})
const mostResults = 25
const stranger = 'You are not in the staff list. Ask an administrator to add you.'

/** `composeExtension/query`: cases by number, telephone number or address; before anything is typed, one's own and what is due. */
export async function foundCases(value: unknown, user: Person, desk: Desk): Promise<Found> {
  const { parameters = [], queryOptions } = query.safeParse(value).data ?? {}
  const typed = parameters.find(({ name }) => name === 'q')?.value
  const asked = typeof typed === 'string' ? typed.trim() : ''
  // A page further on is empty: the list is never longer than one.
  if ((queryOptions?.skip ?? 0) > 0) return results([])
  const lists = (await listsFor(asked, user, desk)) ?? []
  if (lists.length === 0) return said(stranger)
  const items = lists.flatMap((list) => list.items)
  const distinct = [...new Map(items.map((item) => [item.caseId ?? item.title, item])).values()]
  return distinct.length === 0 ? said(lists[0]?.empty ?? 'Nothing found.') : results(distinct.slice(0, mostResults))
}

async function listsFor(q: string, user: Person, desk: Desk): Promise<readonly DeskList[] | undefined> {
  if (q === '') return desk?.home(user)
  const found = await desk?.find(user, q)
  return found === undefined ? undefined : [found]
}

const said = (text: string): Found => ({ composeExtension: { type: 'message', text } })

const results = (items: readonly DeskList['items'][number][]): Found => ({
  composeExtension: { type: 'result', attachmentLayout: 'list', attachments: items.map(resultOf) },
})

/**
 * What is put into a conversation says only which case is meant, because anybody may be in there; whoever presses a
 * button of it is asked who they are. The line in the list, which one person sees, says a little more.
 */
function resultOf({ caseId = '', title, detail }: DeskList['items'][number]): CardAttachment & { preview: object } {
  const name = clip(shownText(title), 200)
  const buttons = [
    { command: 'show', label: 'Show everything', form: false },
    { command: 'acknowledge', label: 'Acknowledge', form: false },
    { command: 'reply', label: 'Reply', form: true },
  ]
  const card = adaptiveCard([heading(name)], caseId === '' ? [] : buttonsIn(buttons, { caseId }), name)
  const content = { title: name, text: clip(shownText(detail), 300) }
  return { ...attached(card), preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content } }
}

const caseNumber = /\bGH-\d{4}-\d{6,9}\b/

/** `composeExtension/fetchTask` on a message: what can be done now to the case that the message names. */
export async function caseDialog(value: unknown, user: Person, desk: Desk): Promise<TaskAnswer> {
  const payload = (value as { messagePayload?: unknown } | undefined)?.messagePayload
  const [caseId] = caseNumber.exec(JSON.stringify(payload ?? '')) ?? []
  if (caseId === undefined) return saidDialog('This message names no case.')
  const card = await desk?.card(user, caseId)
  if (card === undefined) return saidDialog(`There is no case ${caseId} that you can see.`)
  return choiceDialog(card.title, [words([{ text: clip(shownText(card.headline), 600) }])], actionsOn(card))
}

const actionsOn = ({ caseId, buttons, more = [] }: CardView) =>
  [...buttons, ...more].map(({ command, label }) => ({
    ...{ type: 'Action.Submit', title: clip(shownText(label), 75) },
    data: { gatehouse: { command, caseId } },
  }))

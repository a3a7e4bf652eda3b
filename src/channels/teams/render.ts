import type { CardButton, CardView, DeskList, OutboundMessage } from '../../core/message.ts'
import { type ActionData, optionData } from './action-data.ts'
import {
  adaptiveCard,
  attached,
  type CardAttachment,
  type CardPart,
  cardSchemaVersion,
  heading,
  lines,
  words,
} from './adaptive-card.ts'
import { type PictureAttachment, picturesOf } from './pictures.ts'
import { clip, printable, shownText } from './plain-text.ts'

/** What the connector is given besides the conversation. `summary` is what notifications show of a card. */
export type Rendered = {
  readonly type: 'message'
  readonly text?: string
  readonly textFormat?: 'plain'
  readonly summary?: string
  readonly attachments?: readonly (CardAttachment | PictureAttachment)[]
}

/** Shorter than Teams allows, because a card is read at a glance; the rest is in the case. */
const shown = {
  title: 200,
  headline: 600,
  label: 60,
  value: 300,
  fields: 2500,
  quote: 2500,
  route: 500,
  button: 75,
  summary: 300,
}
const cut = '… (see all)'

/** Renderers draw five or six actions in a row and drop the others, so the rest is behind a button of its own. */
const inTheRow = 5
const mostActions = 40

/** A state is said in words; the coloured sign only repeats it, for those who see colours. */
const states: Readonly<Record<CardView['colour'], { readonly sign: string; readonly words: string }>> = {
  red: { sign: '🔴', words: 'Needs a person now' },
  amber: { sign: '🟠', words: 'Waiting for somebody' },
  green: { sign: '🟢', words: 'Owned and on time' },
  grey: { sign: '⚪', words: 'Closed' },
}

/** One case card, the same in every place that shows it. */
export function renderCard(card: CardView): Rendered {
  const state = states[card.colour]
  const headline = clip(shownText(card.headline), shown.headline)
  const title = clip(shownText(card.title), shown.title)
  const summary = clip(`${state.sign} ${state.words}: ${title} – ${headline}`, shown.summary)
  const body = [
    heading(title),
    words([{ text: `${state.sign} ${state.words}. `, bold: true }, { text: headline }]),
    ...fieldLines(card),
    ...quotation(card.quote),
    ...routeLine(card),
  ]
  return { type: 'message', summary, attachments: [attached(adaptiveCard(body, buttonsOf(card), summary))] }
}

/** A message of ours: its words, then the buttons of the card or the options it offers. */
export function renderMessage(message: OutboundMessage): Rendered {
  const text = printable(message.text)
  const { card, options } = message
  const plain = { type: 'message', text: shownText(text), textFormat: 'plain' } as const
  const summary = clip(text, shown.summary)
  if (card !== undefined) {
    const title = clip(shownText(card.title), shown.title)
    const below = adaptiveCard([heading(title), ...routeLine(card)], buttonsOf(card), title)
    return { ...plain, summary, attachments: [attached(below)] }
  }
  const pictures = picturesOf(message.enclosures)
  if (pictures.length > 0) return { ...plain, summary, attachments: pictures }
  if (options === undefined || options.length === 0) return plain
  const buttons = options.slice(0, mostActions).map((option): CardPart => {
    const label = clip(shownText(option.label), shown.button)
    return { type: 'Action.Submit', title: label, data: optionData(option.id, label) }
  })
  return { ...plain, summary, attachments: [attached(adaptiveCard([], buttons, summary))] }
}

/** Words alone, for answers to one person. */
export function renderWords(text: string): Rendered {
  return { type: 'message', text: shownText(text), textFormat: 'plain' }
}

/** One button that opens the form of a typed command, which only a press can do in Teams. */
export function renderFormButton(title: string, data: ActionData): Rendered {
  const about = data.caseId === '' ? title : `${title}: ${data.caseId}`
  const open = formAction({ command: data.command, label: clip(title, shown.button), form: true }, data)
  return { type: 'message', summary: about, attachments: [attached(adaptiveCard([heading(about)], [open], about))] }
}

function fieldLines(card: CardView): readonly CardPart[] {
  const rows: CardPart[] = []
  let room = shown.fields
  for (const field of card.fields) {
    const label = clip(shownText(field.label), shown.label)
    const value = clip(shownText(field.value), shown.value).replaceAll('\n', ' ')
    room -= label.length + value.length
    if (room < 0) return [...rows, words([{ text: cut }], { spacing: 'Small' })]
    rows.push(words([{ text: `${label}: `, bold: true }, { text: value }], { spacing: 'Small' }))
  }
  return rows
}

function quotation(quote: string | undefined): readonly CardPart[] {
  if (quote === undefined) return []
  const text = clip(shownText(quote), shown.quote, cut)
  return [{ type: 'Container', style: 'emphasis', spacing: 'Medium', items: lines(text) }]
}

function routeLine({ replyRoute: route }: CardView): readonly CardPart[] {
  if (route === undefined) return []
  const texts = [`Replies go to ${shownText(route.to)}`, `In the name of ${shownText(route.as)}`]
  return texts.map((text) => words([{ text: clip(text, shown.route), subtle: true }], { spacing: 'Small' }))
}

function buttonsOf(card: CardView): readonly CardPart[] {
  const all = [...card.buttons, ...(card.more ?? [])]
  const distinct = [...new Map(all.map((button) => [button.command, button])).values()].slice(0, mostActions)
  const { caseId, replyRoute: route } = card
  const actions = buttonsIn(distinct, { caseId, ...(route && { route }) })
  const room = Math.min(card.buttons.length, inTheRow)
  if (actions.length <= Math.max(room, 1)) return actions
  const shownFirst = actions.slice(0, room === inTheRow ? room - 1 : room)
  return [...shownFirst, moreAction(actions.slice(shownFirst.length))]
}

/** Buttons that carry which case they are about. */
export const buttonsIn = (
  buttons: readonly CardButton[],
  about: Pick<ActionData, 'caseId' | 'route'>,
): readonly CardPart[] =>
  buttons.map((button) => {
    const data: ActionData = { command: button.command, ...about }
    return button.form ? formAction(button, data) : pressAction(button, data)
  })

/** Rows of actions that unfold under the card. */
function moreAction(actions: readonly CardPart[]): CardPart {
  const rows = Array.from({ length: Math.ceil(actions.length / inTheRow) }, (_row, index): CardPart => {
    return { type: 'ActionSet', actions: actions.slice(index * inTheRow, (index + 1) * inTheRow) }
  })
  return {
    type: 'Action.ShowCard',
    title: 'More…',
    card: { type: 'AdaptiveCard', version: cardSchemaVersion, body: rows },
  }
}

const styles = { primary: 'positive', danger: 'destructive' } as const

const labelled = ({ label, style }: CardButton) => ({
  title: clip(shownText(label), shown.button),
  ...(style && { style: styles[style] }),
})

/** Carried out at once. Clients that do not know `Action.Execute` send the same data as a message. */
function pressAction(button: CardButton, data: ActionData): CardPart {
  const named = labelled(button)
  const submit = { type: 'Action.Submit', ...named, data: { gatehouse: data } }
  return { type: 'Action.Execute', ...named, verb: button.command, data: { gatehouse: data }, fallback: submit }
}

/** Asks for the form first; Teams opens one only for an `Action.Submit` with this mark. */
function formAction(button: CardButton, data: ActionData): CardPart {
  return { type: 'Action.Submit', ...labelled(button), data: { msteams: { type: 'task/fetch' }, gatehouse: data } }
}

/** A case in a list, and beside it the button that opens it for this person alone. */
function withOpen(runs: Parameters<typeof words>[0], caseId: string): CardPart {
  const open = buttonsIn([{ command: 'show', label: 'Open', form: false }], { caseId })
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [words(runs)] },
      { type: 'Column', width: 'auto', items: [{ type: 'ActionSet', actions: open }] },
    ],
  }
}

const mostItems = 40
/** A message of Teams has 80 KB; what is due last is opened by its number. */
const mostWithButton = 20

/** Lists of cases and the like, for one person. */
export function renderLists(lists: readonly DeskList[]): Rendered {
  const body = lists.flatMap(({ title, items, empty }): CardPart[] => [
    heading(clip(shownText(title), shown.title)),
    ...(items.length === 0 ? [words([{ text: shownText(empty), subtle: true }])] : []),
    ...items.slice(0, mostItems).map((item, index) => {
      const name =
        item.caseId === undefined || item.title.includes(item.caseId) ? item.title : `${item.caseId} ${item.title}`
      const runs = [
        { text: `${clip(shownText(name), shown.title)}  `, bold: true },
        { text: clip(shownText(item.detail), shown.value) },
      ]
      return item.caseId === undefined || index >= mostWithButton
        ? words(runs, { spacing: 'Small' })
        : withOpen(runs, item.caseId)
    }),
    ...(items.length > mostItems ? [words([{ text: `… and ${items.length - mostItems} more`, subtle: true }])] : []),
  ])
  const summary = clip(lists.map(({ title }) => title).join(', '), shown.summary)
  return { type: 'message', summary, attachments: [attached(adaptiveCard(body, [], summary))] }
}

import type { types } from '@slack/bolt'
import type { CardButton, CardView, OutboundMessage, ReplyRoute } from '../../core/message.ts'
import { clip, escapeMarkup, pieces, printable } from './plain-text.ts'

export type Block = types.KnownBlock
/** What chat.postMessage takes besides the channel; `text` is what notifications and screen readers get. */
export type Rendered = { readonly text: string; readonly blocks: Block[]; readonly metadata: types.MessageMetadata }

/** Slack's documented limits, in UTF-16 units and items. Source: https://docs.slack.dev/reference/block-kit/blocks */
const limits = {
  header: 150,
  section: 3000,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  actions: 25,
  options: 100,
  optionValue: 75,
  context: 500,
}

/** Shorter than Slack allows, because a card is read at a glance; the rest is in the case. */
const shown = { headline: 600, label: 60, value: 300, fields: 2500, quote: 2500, fallback: 300 }
const cut = '… (see all)'

/** A state is said in words; the coloured sign only repeats it, for those who see colours. */
const states: Readonly<Record<CardView['colour'], { readonly sign: string; readonly words: string }>> = {
  red: { sign: '🔴', words: 'Needs a person now' },
  amber: { sign: '🟠', words: 'Waiting for somebody' },
  green: { sign: '🟢', words: 'Owned and on time' },
  grey: { sign: '⚪', words: 'Closed' },
}

export const replyRouteBlock = 'reply_route'
const routeWords = { to: 'Replies go to ', as: 'In the name of ' }

/** One case card. All text is plain_text or rich_text, in which Slack gives no character a meaning. */
export function renderCard(card: CardView): Rendered {
  const state = states[card.colour]
  const headline = clip(shownText(card.headline), shown.headline)
  const fallback = `${state.sign} ${state.words}: ${shownText(card.title)} – ${headline}`
  const blocks: (Block | undefined)[] = [
    { type: 'header', text: plain(clip(shownText(card.title), limits.header)) },
    richText([bold(`${state.sign} ${state.words}. `), { type: 'text', text: headline }]),
    fieldLines(card),
    card.quote === undefined ? undefined : quotation(card.quote),
    routeLine(card.replyRoute),
    buttonRow(card),
  ]
  return {
    text: escapeMarkup(clip(fallback, shown.fallback)),
    blocks: blocks.filter((block) => block !== undefined),
    metadata: { event_type: 'gatehouse_card', event_payload: { id: card.caseId, version: card.version } },
  }
}

/** A message of ours: its words, then the buttons of the card or the options it offers. */
export function renderMessage(message: OutboundMessage): Rendered {
  const text = shownText(message.text)
  const words = pieces(text, limits.section).map((piece): Block => ({ type: 'section', text: plain(piece) }))
  const { card } = message
  const below = card === undefined ? [optionRow(message)] : [routeLine(card.replyRoute), buttonRow(card)]
  return {
    text: escapeMarkup(text),
    blocks: [...words, ...below.filter((block) => block !== undefined)],
    metadata: { event_type: 'gatehouse_message', event_payload: { id: message.id } },
  }
}

/** Reads back, from the blocks of a pressed card, where its reply would go. */
export function replyRouteOf(blocks: readonly { readonly elements: readonly string[] }[]): ReplyRoute | undefined {
  const texts = blocks.flatMap((block) => block.elements)
  const to = texts.find((text) => text.startsWith(routeWords.to))?.slice(routeWords.to.length)
  const as = texts.find((text) => text.startsWith(routeWords.as))?.slice(routeWords.as.length)
  return to === undefined || as === undefined ? undefined : { to, as }
}

/** Slack refuses empty texts, so an absent one is a dash. */
export function shownText(text: string): string {
  const clean = printable(text)
  return clean.trim() === '' ? '–' : clean
}

/** `emoji: false` keeps `:fire:` the text it was written as. */
export function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false }
}

function fieldLines(card: CardView): Block | undefined {
  const lines: types.RichTextText[] = []
  let room = shown.fields
  for (const field of card.fields) {
    const label = clip(shownText(field.label), shown.label)
    const value = clip(shownText(field.value), shown.value)
    room -= label.length + value.length
    if (room < 0) return richText([...lines, { type: 'text', text: cut }])
    lines.push(bold(`${label}: `), { type: 'text', text: `${value}\n` })
  }
  return lines.length === 0 ? undefined : richText(lines)
}

function quotation(quote: string): Block {
  const text = clip(shownText(quote), shown.quote, cut)
  return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }] }
}

function routeLine(route: ReplyRoute | undefined): Block | undefined {
  if (route === undefined) return undefined
  const texts = [`${routeWords.to}${shownText(route.to)}`, `${routeWords.as}${shownText(route.as)}`]
  return {
    type: 'context',
    block_id: replyRouteBlock,
    elements: texts.map((text) => plain(clip(text, limits.context))),
  }
}

/** Everything that can be done and has no button of its own. */
export const moreMenu = 'more'

function menuOf(card: CardView): types.StaticSelect | undefined {
  const distinct = [...new Map((card.more ?? []).map((button) => [button.command, button])).values()]
  const options = distinct.slice(0, limits.options).map((button) => ({
    text: plain(clip(shownText(button.label), limits.buttonText)),
    value: clip(`${button.command} ${card.caseId}`, limits.optionValue),
  }))
  if (options.length === 0) return undefined
  return { type: 'static_select', action_id: moreMenu, placeholder: plain('More…'), options }
}

function buttonRow(card: CardView): Block | undefined {
  const distinct = [...new Map(card.buttons.map((button) => [button.command, button])).values()]
  const menu = menuOf(card)
  const room = limits.actions - (menu === undefined ? 0 : 1)
  const buttons = distinct.slice(0, room).map((button) => cardButton(button, card.caseId))
  const elements = [...buttons, ...(menu === undefined ? [] : [menu])]
  return elements.length === 0 ? undefined : { type: 'actions', elements }
}

function cardButton(button: CardButton, caseId: string): types.Button {
  const label = clip(shownText(button.label), limits.buttonText)
  return {
    type: 'button',
    action_id: clip(button.command, limits.actionId),
    value: clip(caseId, limits.buttonValue),
    text: plain(label),
    // Several cards in a channel carry the same words; a screen reader must hear which case this one is for.
    accessibility_label: clip(`${label} ${caseId}`, limits.buttonText),
    ...(button.style === undefined ? {} : { style: button.style }),
  }
}

export const optionPrefix = 'option:'

function optionRow(message: OutboundMessage): Block | undefined {
  const options = message.options?.slice(0, limits.actions) ?? []
  const elements = options.map((option, index): types.Button => {
    const text = plain(clip(shownText(option.label), limits.buttonText))
    return { type: 'button', action_id: `${optionPrefix}${index}`, value: clip(option.id, limits.buttonValue), text }
  })
  return elements.length === 0 ? undefined : { type: 'actions', elements }
}

function richText(elements: types.RichTextText[]): Block {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

const bold = (text: string): types.RichTextText => ({ type: 'text', text, style: { bold: true } })

import { describe, expect, it } from 'vitest'
import { homeView, listBlocks } from '../../../src/channels/slack/lists.ts'
import { formView, previewView } from '../../../src/channels/slack/modals.ts'
import { renderCard, renderMessage } from '../../../src/channels/slack/render.ts'
import { commandWords, forms } from '../../../src/core/desk/forms.ts'
import { blockKit } from './block-kit.ts'
import { card, message } from './desk.ts'

const blocks = blockKit('KnownBlock')
const views = blockKit('View')

const faultsIn = (all: readonly object[]) =>
  all.flatMap((block) => (blocks.isValid(block) ? [] : [JSON.stringify(blocks.isValid.errors).slice(0, 300)]))
const faultsOf = (view: object) => (views.isValid(view) ? [] : [JSON.stringify(views.isValid.errors).slice(0, 600)])

const long = '漢😀 <!channel> & '.repeat(800)
const menu = commandWords.map(({ name, label }) => ({ command: name, label, form: true }))
const items = Array.from({ length: 30 }, (_, i) => ({ caseId: `GH-2026-00012${i}`, title: long, detail: long }))
const list = { title: long, items, empty: 'None.' }
const origin = { caseId: 'GH-2026-000123', place: 'C0HARBOUR:1763700000.000001', route: { to: long, as: long } }

describe('the schema made from Slack’s types', () => {
  it('has understood the limits that stand there in words', () => {
    expect(blocks.limits).toBeGreaterThan(60)
    expect(blocks.isValid({ type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3001) } })).toBe(false)
    expect(blocks.isValid({ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } })).toBe(false)
    const button = { type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'x'.repeat(76) } }
    expect(blocks.isValid({ type: 'actions', elements: [button] })).toBe(false)
    expect(blocks.isValid({ type: 'divider', colour: 'red' })).toBe(false)
  })
})

describe('what we show in Slack is Block Kit', () => {
  it('cards, with every command in their menu and with words without end', () => {
    const full = card({ more: menu, title: long, headline: long, quote: long, fields: [{ label: long, value: long }] })
    for (const one of [card(), card({ more: menu }), full]) expect(faultsIn(renderCard(one).blocks)).toEqual([])
  })

  it('messages and the options they offer', () => {
    const options = Array.from({ length: 5 }, (_, i) => ({ id: `o${i}`, label: long }))
    for (const one of [message(), message({ text: long, options }), message({ card: card({ more: menu }) })])
      expect(faultsIn(renderMessage(one).blocks)).toEqual([])
  })

  it('lists and the app’s own page, also with more than they can hold', () => {
    expect(faultsIn(listBlocks(list))).toEqual([])
    for (const lists of [[], [list], Array.from({ length: 6 }, () => list)]) {
      const view = homeView(lists, commandWords)
      expect(faultsOf(view)).toEqual([])
      expect(view.blocks.length).toBeLessThanOrEqual(100)
    }
  })

  it.each(Object.entries(forms))('the form of %s, empty, filled in and with its choices', (command, form) => {
    const options = Array.from({ length: 150 }, (_, i) => ({ id: `person-${i}`, label: long }))
    const chosen = {
      ...form,
      fields: form.fields.map((one) => (one.kind === 'choice' || one.kind === 'files' ? { ...one, options } : one)),
    }
    const args = Object.fromEntries(form.fields.map(({ name }) => [name, long]))
    for (const one of [form, chosen]) {
      expect(faultsOf(formView(command, one, origin))).toEqual([])
      expect(faultsOf(formView(command, one, origin, args))).toEqual([])
    }
    const short = Object.fromEntries(form.fields.map(({ name }) => [name, 'A word.']))
    const preview = previewView(
      command,
      form,
      { caseId: origin.caseId, args: short },
      { told: [long, 'And this.'], files: [long] },
    )
    if (form.preview !== undefined) expect(faultsOf(preview ?? {})).toEqual([])
  })
})

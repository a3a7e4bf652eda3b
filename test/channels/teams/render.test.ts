import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CardAttachment } from '../../../src/channels/teams/adaptive-card.ts'
import {
  type Rendered,
  renderCard,
  renderFormButton,
  renderLists,
  renderMessage,
} from '../../../src/channels/teams/render.ts'
import { formDialog, previewDialog } from '../../../src/channels/teams/task-module.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'
import type { CardView } from '../../../src/core/message.ts'
import { faultsIn } from './card-parser.ts'
import { card, message } from './desk.ts'

const cardsIn = ({ attachments = [] }: Rendered) =>
  attachments.flatMap((one) => ('content' in one ? [one.content] : []))
const onlyCard = (rendered: Rendered) => {
  const [first] = cardsIn(rendered)
  if (first === undefined) throw new Error('no card')
  return first
}
/** Teams counts UTF-16. */
const bytesOf = (value: unknown): number => 2 * JSON.stringify(value).length
const mostBytes = 80 * 1024

/** Every part of a card, however deep. */
function partsOf(value: unknown): readonly Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(partsOf)
  if (typeof value !== 'object' || value === null) return []
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(partsOf)]
}

describe('the parser that judges cards', () => {
  it('finds what is wrong', () => {
    const bad = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlok', text: 'x' }, { type: 'Input.Text' }],
    }
    expect(faultsIn(bad).length).toBeGreaterThanOrEqual(2)
  })
})

describe('a case card', () => {
  it('is a card of schema 1.5 that Microsoft’s renderer takes as it is', () => {
    const shown = onlyCard(renderCard(card()))
    expect(shown.version).toBe('1.5')
    expect(faultsIn(shown)).toEqual([])
  })

  it('says the state in words, whose turn it is, what was said and where a reply would go', () => {
    const text = JSON.stringify(renderCard(card()))
    for (const words of [
      'Waiting for somebody',
      'acknowledge by 14:35',
      'Nobody came',
      'WhatsApp •••• 1234',
      'Harbour View Tower Security',
    ])
      expect(text).toContain(words)
  })

  it('carries out what needs no form by Action.Execute, and by Action.Submit in clients that do not know it', () => {
    const [acknowledge, reply] = onlyCard(renderCard(card())).actions ?? []
    expect(acknowledge).toMatchObject({
      type: 'Action.Execute',
      fallback: { type: 'Action.Submit' },
      style: 'positive',
    })
    expect(acknowledge).toMatchObject({ fallback: { data: acknowledge?.data } })
    expect(reply).toMatchObject({ type: 'Action.Submit', data: { msteams: { type: 'task/fetch' } } })
  })

  it.each([
    [3, 4],
    [5, 5],
    [6, 5],
    [0, 1],
  ])('with %i buttons and many more shows %i, the last of which unfolds the rest', (first, shownAtOnce) => {
    const buttons = Array.from({ length: 26 }, (_each, index) => ({
      command: `c${index}`,
      label: `Do ${index}`,
      form: index % 2 === 0,
    }))
    const shown = onlyCard(renderCard(card({ buttons: buttons.slice(0, first), more: buttons.slice(first) })))
    expect(shown.actions).toHaveLength(shownAtOnce)
    const offered = partsOf(shown).filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit')
    for (const { command } of buttons) expect(JSON.stringify(offered)).toContain(`"command":"${command}"`)
    expect(faultsIn(shown)).toEqual([])
  })

  it('gives no character of a customer a meaning: no Markdown, no link, no mention', () => {
    const quote = '[your bank](http://evil.example.test) **now** <at>everybody</at> {{DATE(2026-01-01)}}\n# big'
    const shown = onlyCard(renderCard(card({ quote, headline: quote, fields: [{ label: quote, value: quote }] })))
    const withQuote = partsOf(shown).filter((part) => JSON.stringify(part.text ?? '').includes('your bank'))
    expect(withQuote.length).toBeGreaterThan(0)
    for (const part of withQuote) expect(part.type).toBe('TextRun')
    for (const part of partsOf(shown)) expect(part.type).not.toBe('mention')
  })

  it('stays below 80 KB and well-formed whatever stands in it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 9_000 })
    const field = fc.record({ label: text, value: text })
    const any: fc.Arbitrary<CardView> = fc
      .record({
        title: text,
        headline: text,
        quote: text,
        fields: fc.array(field, { maxLength: 60 }),
        to: text,
        as: text,
      })
      .map(({ to, as, ...rest }) => card({ ...rest, replyRoute: { to, as } }))
    fc.assert(
      fc.property(any, (view) => {
        const buttons = commandWords.map(({ name, label }) => ({ command: name, label, form: true }))
        const rendered = renderCard({ ...view, buttons, more: buttons })
        expect(bytesOf(rendered)).toBeLessThan(mostBytes)
        expect(faultsIn(onlyCard(rendered))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('messages, lists and forms', () => {
  it('plain words stay plain', () => {
    expect(renderMessage(message({ text: '**x** [a](http://b)' }))).toEqual({
      type: 'message',
      text: '**x** [a](http://b)',
      textFormat: 'plain',
    })
  })

  it('the longest page with the largest card stays below 80 KB', () => {
    const long = '保'.repeat(20_000)
    const rendered = renderMessage(message({ text: long, card: card({ quote: long, title: long, headline: long }) }))
    expect(bytesOf(rendered)).toBeLessThan(mostBytes)
    expect(faultsIn(onlyCard(rendered))).toEqual([])
  })

  it('offers a customer choices as buttons', () => {
    const options = [
      { id: 'hours', label: 'Opening hours' },
      { id: 'none', label: 'None of these' },
    ]
    const shown = onlyCard(renderMessage(message({ audience: 'customer', options })))
    expect(shown.actions?.map(({ title }) => title)).toEqual(['Opening hours', 'None of these'])
    expect(faultsIn(shown)).toEqual([])
  })

  it('lists what there is, and says so when there is nothing', () => {
    const items = [{ caseId: 'GH-2026-000001', title: 'Jade Garden', detail: 'due 14:35' }]
    const shown = onlyCard(
      renderLists([
        { title: 'My cases', items, empty: '-' },
        { title: 'Due soon', items: [], empty: 'Nothing is due.' },
      ]),
    )
    expect(faultsIn(shown)).toEqual([])
    expect(JSON.stringify(shown)).toContain('Nothing is due.')
  })

  it('the longest list stays below 80 KB and says how much it leaves out', () => {
    const long = '保'.repeat(5_000)
    const items = Array.from({ length: 200 }, (_each, index) => ({
      caseId: `GH-2026-${index}`,
      title: long,
      detail: long,
    }))
    const rendered = renderLists([{ title: long, items, empty: '-' }])
    expect(bytesOf(rendered)).toBeLessThan(mostBytes)
    expect(faultsIn(onlyCard(rendered))).toEqual([])
    expect(JSON.stringify(rendered)).toContain('and 160 more')
  })

  const withForms = commandWords.flatMap(({ name, label, form }) =>
    form === undefined ? [] : [[name, label, form] as const],
  )

  it.each(withForms)(
    'the form of %s, empty, refused and previewed, is a card that Microsoft’s renderer takes',
    (command, label, form) => {
      const data = { command, caseId: 'GH-2026-000123', route: { to: 'SMS •••• 0123', as: 'Harbour View' } }
      const args = Object.fromEntries(
        form.fields.map((field) => [field.name, field.kind === 'choice' ? (field.options[0]?.id ?? 'x') : 'words']),
      )
      const dialogs = [formDialog(form, data), formDialog(form, { ...data, args }, 'Too long.')]
      if (form.preview) dialogs.push(previewDialog(form, { told: ['**Dear** customer'], data: { ...data, args } }))
      for (const dialog of dialogs) {
        const shown = (dialog as { task: { value: { title: string; card: CardAttachment } } }).task.value
        expect(faultsIn(shown.card.content)).toEqual([])
        expect(bytesOf(shown)).toBeLessThan(mostBytes)
      }
      expect(faultsIn(onlyCard(renderFormButton(label, data)))).toEqual([])
    },
  )
})

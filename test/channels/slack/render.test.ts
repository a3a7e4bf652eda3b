import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formView, previewView } from '../../../src/channels/slack/modals.ts'
import { escapeMarkup, unescapeMarkup } from '../../../src/channels/slack/plain-text.ts'
import { renderCard, renderMessage } from '../../../src/channels/slack/render.ts'
import { forms } from '../../../src/core/desk/forms.ts'
import type { CardView } from '../../../src/core/message.ts'
import { blockFaults, viewFaults } from '../../../src/simulator/slack/blocks.ts'
import { card, message } from './desk.ts'

const hostile = '<!channel> <@U1> <http://evil.example|your bank> *bold* _it_ `code` :fire: &amp; ‮txet'

/** Every text that Slack would read as markup: `mrkdwn` objects, and the top-level text. */
function markup(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markup)
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(markup)
  return 'type' in value && value.type === 'mrkdwn' ? [String((value as { text?: string }).text), ...inside] : inside
}

const unit = fc.constantFrom('grapheme', 'binary') as fc.Arbitrary<'grapheme' | 'binary'>
const text = unit.chain((kind) =>
  fc.oneof(fc.string({ unit: kind }), fc.string({ unit: kind, minLength: 3_500, maxLength: 9_000, size: 'max' })),
)
const cards: fc.Arbitrary<CardView> = fc.record(
  {
    caseId: text,
    version: fc.nat(),
    title: text,
    colour: fc.constantFrom('red', 'amber', 'green', 'grey'),
    headline: text,
    fields: fc.array(fc.record({ label: text, value: text }), { maxLength: 40 }),
    quote: text,
    replyRoute: fc.record({ to: text, as: text }),
    buttons: fc.array(
      fc.record(
        {
          command: fc.string({ minLength: 1, maxLength: 300 }),
          label: text,
          style: fc.constantFrom('primary', 'danger'),
          form: fc.boolean(),
        },
        { requiredKeys: ['command', 'label', 'form'] },
      ),
      { maxLength: 40 },
    ),
  },
  { requiredKeys: ['caseId', 'version', 'title', 'colour', 'headline', 'fields', 'buttons'] },
)

describe('a card', () => {
  it('says its state in words, not only by colour', () => {
    const words = {
      red: 'Needs a person now',
      amber: 'Waiting for somebody',
      green: 'Owned and on time',
      grey: 'Closed',
    }
    for (const [colour, said] of Object.entries(words)) {
      const shown = renderCard(card({ colour: colour as CardView['colour'] }))
      expect(JSON.stringify(shown.blocks)).toContain(said)
      expect(shown.text).toContain(said)
    }
  })

  it('leaves what customers write as they wrote it: no mention, no link, no formatting', () => {
    const shown = renderCard(
      card({ title: hostile, headline: hostile, quote: hostile, fields: [{ label: 'x', value: hostile }] }),
    )
    expect(markup(shown.blocks)).toEqual([])
    expect(shown.text).not.toMatch(/<[!@#h]/)
    expect(shown.text).toContain('&lt;!channel&gt;')
    const types = [...JSON.stringify(shown.blocks).matchAll(/"type":"(\w+)"/g)].map((match) => match[1])
    expect(types).not.toContain('link')
    expect(JSON.stringify(shown.blocks)).not.toContain('"emoji":true')
    expect(JSON.stringify(shown.blocks)).not.toContain('‮')
  })

  it('carries the case and the command on every button', () => {
    const row = renderCard(card()).blocks.at(-1)
    if (row?.type !== 'actions') throw new Error('no buttons')
    expect(row.elements).toMatchObject([
      {
        action_id: 'acknowledge',
        value: 'GH-2026-000123',
        style: 'primary',
        accessibility_label: 'Acknowledge GH-2026-000123',
      },
      { action_id: 'reply' },
      { action_id: 'close', style: 'danger' },
    ])
  })

  it('says that there is more when it cuts', () => {
    expect(JSON.stringify(renderCard(card({ quote: 'x'.repeat(10_000) })).blocks)).toContain('… (see all)')
    const fields = Array.from({ length: 60 }, (_, index) => ({ label: `Field ${index}`, value: 'v'.repeat(100) }))
    expect(JSON.stringify(renderCard(card({ fields })).blocks)).toContain('… (see all)')
  })

  it('stays within Slack’s limits, whatever the case holds', () => {
    fc.assert(
      fc.property(cards, (view) => {
        const shown = renderCard(view)
        expect(blockFaults(shown.blocks, 50)).toEqual([])
        expect(shown.text.length).toBeGreaterThan(0)
        expect(shown.text.length).toBeLessThan(40_000)
        // JSON writes half characters as escapes, whole ones as themselves.
        expect(JSON.stringify(shown.blocks)).not.toMatch(/\\ud[89a-f]/)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a message', () => {
  it('stays within Slack’s limits, whatever its text', () => {
    fc.assert(
      fc.property(text, cards, (said, view) => {
        expect(blockFaults(renderMessage(message({ text: said, card: view })).blocks, 50)).toEqual([])
        const options = view.buttons.map((button, index) => ({ id: `${index}`, label: button.label }))
        expect(blockFaults(renderMessage(message({ text: said, options })).blocks, 50)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('keeps its words whole when it is split', () => {
    const said = '大堂😀'.repeat(1_333)
    const shown = renderMessage(message({ text: said }))
    const texts = shown.blocks.map((block) => (block.type === 'section' ? (block.text?.text ?? '') : ''))
    expect(texts.join('')).toBe(said)
    expect(texts.length).toBeGreaterThan(1)
  })
})

describe('a form', () => {
  const origin = {
    caseId: 'GH-2026-000123',
    place: 'C0HARBOUR:1763700000.000001',
    route: { to: 'SMS', as: 'Security' },
  }

  it.each(Object.keys(forms))('%s is within Slack’s limits', (command) => {
    const form = forms[command]
    if (form === undefined) throw new Error('no form')
    expect(
      viewFaults(formView(command, form, origin, { text: 'x'.repeat(9_000), reason: '😀'.repeat(3_000) })),
    ).toEqual([])
  })

  it('its preview is within Slack’s limits, or there is none', () => {
    fc.assert(
      fc.property(text, (said) => {
        const form = forms.reply
        const view = form && previewView('reply', form, { ...origin, args: { text: said } }, { told: [said] })
        if (view !== undefined) expect(viewFaults(view)).toEqual([])
        if (said.length < 500) expect(view).toBeDefined()
      }),
      { numRuns: 40 },
    )
  })
})

describe('Slack’s markup', () => {
  it('comes back as it was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        expect(unescapeMarkup(escapeMarkup(typed))).toBe(typed)
      }),
    )
  })

  it.each([
    ['see <https://a.example/x?a=1&amp;b=2>', 'see https://a.example/x?a=1&b=2'],
    ['see <https://a.example|our page>', 'see our page (https://a.example)'],
    ['mail <mailto:a@b.example|a@b.example>', 'mail a@b.example'],
    ['ask <@U123> in <#C1|lobby> <!here>', 'ask @U123 in #lobby @here'],
    ['1 &lt; 2 &amp;amp; 3', '1 < 2 &amp; 3'],
  ])('%s reads as %s', (marked, read) => {
    expect(unescapeMarkup(marked)).toBe(read)
  })
})

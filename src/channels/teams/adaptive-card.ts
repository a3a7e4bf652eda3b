/** An element or an action of an Adaptive Card, as JSON. */
export type CardPart = Readonly<Record<string, unknown>> & { readonly type: string }

/** Teams renders schema 1.5 and nothing newer. Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference */
export const cardSchemaVersion = '1.5'

export type AdaptiveCard = {
  readonly type: 'AdaptiveCard'
  readonly $schema: string
  readonly version: typeof cardSchemaVersion
  readonly body: readonly CardPart[]
  readonly actions?: readonly CardPart[]
  readonly fallbackText: string
  readonly msteams: { readonly width: 'Full' }
}

export type CardAttachment = {
  readonly contentType: 'application/vnd.microsoft.card.adaptive'
  readonly content: AdaptiveCard
}

/** `fallbackText` is what a client shows that cannot draw the card. */
export function adaptiveCard(
  body: readonly CardPart[],
  actions: readonly CardPart[],
  fallbackText: string,
): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: cardSchemaVersion,
    body,
    ...(actions.length > 0 && { actions }),
    fallbackText,
    msteams: { width: 'Full' },
  }
}

export const attached = (content: AdaptiveCard): CardAttachment => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content,
})

type Run = { readonly text: string; readonly bold?: boolean; readonly subtle?: boolean }

/**
 * Words as they were written. A TextBlock reads Markdown, so that `[bank](http://evil)` of a customer would become a link;
 * the runs of a RichTextBlock give no character a meaning.
 */
export function words(runs: readonly Run[], more: Readonly<Record<string, unknown>> = {}): CardPart {
  const inlines = runs.map(({ text, bold = false, subtle = false }) => ({
    type: 'TextRun',
    text,
    ...(bold && { weight: 'Bolder' }),
    ...(subtle && { isSubtle: true }),
  }))
  return { type: 'RichTextBlock', inlines, ...more }
}

/** A heading that screen readers find; only a TextBlock can be one, so its Markdown is escaped. */
export function heading(text: string): CardPart {
  return {
    type: 'TextBlock',
    text: escapeMarkdown(text),
    size: 'Medium',
    weight: 'Bolder',
    wrap: true,
    style: 'heading',
  }
}

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()<>#!|~]/g, '\\$&').replaceAll('\n', ' ')

/** Text of several lines: a run does not break at a line end, so each line is a block of its own. */
export function lines(text: string, more: Readonly<Record<string, unknown>> = {}): readonly CardPart[] {
  const all = text.split('\n')
  const kept = all.length > mostLines ? [...all.slice(0, mostLines - 1), all.slice(mostLines - 1).join(' ')] : all
  return kept.map((line) => words([{ text: line === '' ? ' ' : line }], { spacing: 'None', ...more }))
}

const mostLines = 40

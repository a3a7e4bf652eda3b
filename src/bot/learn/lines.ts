import type { BotContent } from '../content/read-content.ts'

/** One authored line with everything it teaches. */
export type TaughtLine = {
  readonly text: string
  readonly kind: string
  readonly category: string
  /** The answer's id; `none` where no answer settles it; empty where one might, but nobody has said which. */
  readonly intent: string
  readonly complaint: 'yes' | 'no'
  readonly emergency: 'yes' | 'no'
  /** Lines of one group stay together in cross-validation: they may be translations of each other. */
  readonly group: string
}

export const noIntent = 'none'

/** Every authored line, in the order of the files. */
export function taughtLines(content: BotContent): TaughtLine[] {
  return [...answerLines(content), ...lessonLines(content), ...backgroundLines(content)]
}

const answerLines = ({ answers }: BotContent): TaughtLine[] =>
  answers.flatMap(({ id, category, utterances }) =>
    [utterances.en, utterances.zh].flatMap((list) =>
      list.map((text, i) => line(text, { kind: 'enquiry', category, intent: id, group: `${id}/${i}` })),
    ),
  )

const lessonLines = ({ lessons }: BotContent): TaughtLine[] =>
  lessons.flatMap(({ kind, category, en, zh }, lesson) =>
    [en, zh].flatMap((list) =>
      list.map((text, i) =>
        line(text, { kind, category, intent: isOpen(kind) ? '' : noIntent, group: `${lesson}/${i}` }),
      ),
    ),
  )

/** A question or request may well be one that an answer settles: it must teach neither yes nor no. */
const isOpen = (kind: string): boolean => kind === 'enquiry' || kind === 'service_request'

const backgroundLines = ({ background }: BotContent): TaughtLine[] =>
  background.map((text, i) =>
    line(text, { kind: 'enquiry', category: 'general_info', intent: noIntent, group: `background/${i}` }),
  )

function line(text: string, about: Pick<TaughtLine, 'kind' | 'category' | 'intent' | 'group'>): TaughtLine {
  const complaint = about.kind === 'complaint' ? 'yes' : 'no'
  const emergency = about.kind === 'emergency' ? 'yes' : 'no'
  return { text, ...about, complaint, emergency }
}

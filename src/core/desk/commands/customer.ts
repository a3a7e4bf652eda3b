import { command, type DeskCommand, enclosing, filesField, handlers, oneStep, words } from '../command.ts'
import type { FormField } from '../forms.ts'

/** With the words around them they fit in one SMS of 1,600 characters. */
const longestReply = 1_500
const longestQuestion = 1_400
const mostDaysAhead = 30
const dayMs = 86_400_000

const texts: FormField = {
  ...{ kind: 'choice', name: 'template', label: 'Text', required: true, options: [], from: 'texts' },
}

export const customerCommands: readonly DeskCommand[] = [
  command({
    name: 'reply',
    label: 'Reply',
    help: 'Write to the customer. You see what will be sent before it is sent.',
    roles: handlers,
    place: 'card',
    shortcut: 'message',
    fields: [words('text', 'Reply', { maxLength: longestReply }), filesField],
    form: {
      title: 'Reply to the customer',
      submit: 'Preview',
      intro: 'Nothing is sent yet. The next step shows what the customer will read.',
      preview: { title: 'Send this reply?', submit: 'Send', field: 'text' },
    },
    steps: oneStep(({ text = '' }, when, look) => ({ type: 'reply', ...when, text, ...enclosing(look) })),
  }),
  command({
    name: 'reply-with',
    label: 'Reply with a text',
    help: 'Send the customer one of our prepared texts, in their language. You see it before it is sent.',
    roles: handlers,
    fields: [texts, filesField],
    form: {
      title: 'Reply with a text',
      submit: 'Preview',
      intro: 'Nothing is sent yet. The next step shows what the customer will read.',
      preview: { title: 'Send this reply?', submit: 'Send', field: 'template' },
    },
    steps: oneStep(({ template = '' }, when, look) => {
      const text = look.text(template)
      if (text === undefined) return `There is no text "${template}".`
      return { type: 'reply', ...when, text, ...enclosing(look) }
    }),
  }),
  command({
    name: 'ask',
    label: 'Ask the customer',
    help: 'Ask the customer something. The clock waits for the answer, except in serious cases. You see it before it is sent.',
    roles: handlers,
    fields: [words('text', 'Question', { maxLength: longestQuestion }), filesField],
    form: {
      title: 'Ask the customer',
      submit: 'Preview',
      intro: 'Nothing is sent yet. Once it is sent, the clock waits for the answer (severity 3 and 4).',
      preview: { title: 'Send this question?', submit: 'Send', field: 'text' },
    },
    steps: oneStep(({ text = '' }, when, look) => ({ type: 'ask', ...when, text, ...enclosing(look) })),
  }),
  command({
    name: 'promise',
    label: 'Promise an update',
    help: 'Tell the customer by when they hear from us again. You are reminded before that. If they agreed to wait until then, the clock waits too.',
    roles: handlers,
    fields: [
      { kind: 'time', name: 'by', label: 'By when', required: true, hint: 'E.g. 17:30, 2026-03-04 17:30 or 2h.' },
      {
        ...{ kind: 'choice', name: 'agreed', label: 'Did the customer agree to wait?', required: false },
        options: [
          { id: 'no', label: 'No' },
          { id: 'yes', label: 'Yes, we agreed on this time' },
        ],
        hint: 'No, if left out.',
      },
    ],
    form: {
      title: 'Promise an update',
      submit: 'Preview',
      intro: 'If they agreed to wait, the time to resolve stands still until then (severity 3 and 4).',
      preview: { title: 'Promise this?', submit: 'Promise', field: 'by' },
    },
    steps: oneStep(({ by: until = '', agreed = '' }, when) => {
      const aheadMs = new Date(until).getTime() - when.at.getTime()
      if (!(aheadMs > 0)) return 'by: must lie ahead'
      if (aheadMs > mostDaysAhead * dayMs) return `by: must lie within ${mostDaysAhead} days`
      return { type: 'promise', ...when, until: new Date(until), agreed: agreed === 'yes' }
    }),
  }),
]

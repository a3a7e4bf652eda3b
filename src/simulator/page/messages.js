import { drawBlocks, drawMarkup } from './blocks.js'
import { h, showList } from './dom.js'
import { dayOf, timeOf } from './times.js'

/** Draws a list of Slack messages; `around` says what a press does, what people are called and how a thread opens. */
export function showMessages(list, messages, around) {
  showList(list, withDays(messages), {
    key: ({ message }) => message.ts,
    look: ({ message, day }) => JSON.stringify([message.text, message.blocks, message.isEdited, message.replies, day]),
    draw: ({ message, day }) => drawMessage(message, day, around),
  })
}

function withDays(messages) {
  return messages.map((message, index) => {
    const before = messages[index - 1]
    const isSameDay = before !== undefined && dayOf(before.at) === dayOf(message.at)
    return { message, day: isSameDay ? undefined : dayOf(message.at) }
  })
}

function drawMessage(message, day, around) {
  const { author, at, isEdited, isPrivate } = message
  const classes = [author.isApp ? 'app' : 'person', isPrivate ? 'private' : ''].join(' ')
  return h(
    'li',
    { class: classes },
    day === undefined ? undefined : h('p', { class: 'day' }, day),
    h('span', { class: 'face', 'aria-hidden': 'true' }, initials(author)),
    h(
      'div',
      { class: 'said' },
      isPrivate ? h('p', { class: 'only-you' }, 'Only visible to you') : undefined,
      h(
        'p',
        { class: 'by' },
        h('b', {}, author.name),
        author.isApp ? h('span', { class: 'tag' }, 'App') : undefined,
        h('time', {}, timeOf(at)),
        isEdited && !author.isApp ? h('span', {}, '(edited)') : undefined,
      ),
      ...contentOf(message, around),
      threadButton(message, around),
    ),
  )
}

function contentOf({ blocks, text, ts }, { press, nameOf }) {
  if (blocks.length === 0) return [drawMarkup(text, nameOf)]
  return drawBlocks(blocks, { nameOf, press: (pressed) => press({ ...pressed, ts }) })
}

function threadButton({ ts, replies, isPrivate }, { openThread }) {
  if (openThread === undefined || isPrivate) return undefined
  const label = replies === 0 ? 'Reply in thread' : replies === 1 ? '1 reply' : `${replies} replies`
  const onclick = () => openThread(ts)
  return h('button', { type: 'button', class: 'to-thread', 'data-part': 'thread', onclick }, label)
}

const initials = ({ name, isApp }) =>
  isApp
    ? 'G'
    : name
        .split(' ')
        .map((part) => part[0])
        .slice(0, 2)
        .join('')

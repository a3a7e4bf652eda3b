import { act } from './api.js'
import { byId, sendOnEnter } from './dom.js'
import { showMessages } from './messages.js'
import { drawing, me, toMe } from './staff-view.js'

/** The thread beside the conversation. What is written there is internal. */
export function createThread(slack) {
  const thread = { ts: undefined, place: undefined, ephemerals: [] }
  byId('thread-form').onsubmit = (event) => {
    event.preventDefault()
    write(slack, thread)
  }
  sendOnEnter(byId('thread-form'), byId('thread-text'))
  const close = () => shut(thread)
  byId('thread-close').onclick = () => {
    const { ts } = thread
    close()
    byId('messages')
      .querySelector(`[data-key="${CSS.escape(ts ?? '')}"] .to-thread`)
      ?.focus()
  }
  return {
    open(ts) {
      thread.ts = ts
      draw(slack, thread)
      byId('thread-text').focus()
    },
    close,
    update(place, { ephemerals }) {
      Object.assign(thread, { place, ephemerals })
      draw(slack, thread)
    },
  }
}

function shut(thread) {
  thread.ts = undefined
  byId('thread').hidden = true
  byId('slack').classList.remove('with-thread')
}

function draw(slack, { ts, place, ephemerals }) {
  if (ts === undefined || place === undefined) return
  byId('thread').hidden = false
  byId('slack').classList.add('with-thread')
  const written = place.messages.filter((each) => each.ts === ts || each.threadTs === ts)
  showMessages(byId('thread-messages'), [...written, ...toMe(ephemerals, place.id, ts)], drawing(slack, place))
}

async function write(slack, { ts, place }) {
  const box = byId('thread-text')
  const text = box.value.trim()
  if (text === '') return
  const isDone = await slack.attempt(() => act('thread', { user: me(), channel: place.id, ts, text }))
  if (isDone) box.value = ''
}

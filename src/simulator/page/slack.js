import { act } from './api.js'
import { byId, fillSelect, h, sendOnEnter, showBadge, showList } from './dom.js'
import { showMessages } from './messages.js'
import { createModal } from './modal.js'
import { drawing, me, toMe } from './staff-view.js'
import { createThread } from './thread.js'

/** Slack as one staff member sees it: channels, one conversation, one thread, a form. */
export function createSlack(cast, { attempt, announce }) {
  const slack = { cast, attempt, announce, place: undefined, read: new Map(), page: undefined }
  const choices = cast.people.map(({ id, name, duty }) => ({
    value: id,
    label: duty === '' ? name : `${name} (on duty)`,
  }))
  fillSelect(byId('me'), [{ choices }])
  const first = cast.people.find(({ duty }) => duty.startsWith(`level 1 at ${cast.sites[0]?.name}`))
  if (first !== undefined) byId('me').value = first.id
  slack.thread = createThread(slack)
  slack.modal = createModal(slack)
  byId('me').onchange = () => {
    slack.place = undefined
    slack.thread.close()
    draw(slack)
  }
  byId('slack-form').onsubmit = (event) => {
    event.preventDefault()
    write(slack)
  }
  sendOnEnter(byId('slack-form'), byId('slack-text'))
  return { update: (state) => update(slack, state.slack) }
}

function update(slack, page) {
  const isFirst = slack.page === undefined
  const before = new Set(slack.page?.channels.flatMap(({ messages }) => messages.map(({ ts }) => ts)))
  slack.page = page
  draw(slack)
  if (isFirst) return
  for (const { name, isDirect, messages } of visible(page))
    for (const { ts, author, text } of messages.filter((each) => !before.has(each.ts) && each.author.id !== me()))
      slack.announce(`In Slack, ${isDirect ? 'directly to you' : `#${name}`}, ${author.name}: ${text}`, ts)
}

/** The sites' channels, then this person's direct messages with the app. */
function visible({ channels }) {
  const direct = channels.filter((channel) => channel.with === me())
  return [...channels.filter(({ isDirect }) => !isDirect), ...direct.map((mine) => ({ ...mine, name: 'Gatehouse' }))]
}

function draw(slack) {
  const { cast, page } = slack
  if (page === undefined) return
  const person = cast.people.find(({ id }) => id === me())
  byId('me-role').textContent = [person?.role, person?.duty === '' ? '' : `On duty: ${person?.duty}`]
    .filter(Boolean)
    .join('. ')
  const channels = visible(page)
  const place = channels.find(({ name }) => name === slack.place) ?? channels[0]
  slack.place = place.name
  markRead(slack, place)
  drawChannels(slack, channels)
  drawConversation(slack, place)
  slack.thread.update(place, { people: page.people, ephemerals: page.ephemerals })
  slack.modal.update(page.modals[me()])
}

const readKey = ({ name }) => `${me()} ${name}`

function markRead(slack, place) {
  slack.read.set(readKey(place), place.messages.at(-1)?.ts ?? '')
}

function unread(slack, place) {
  const last = slack.read.get(readKey(place)) ?? ''
  return place.messages.filter(({ ts, author }) => ts > last && author.id !== me()).length
}

function drawChannels(slack, channels) {
  const rows = channels.map((place) => ({
    name: place.name,
    label: place.isDirect ? place.name : `# ${place.name}`,
    isDirect: place.isDirect,
    isHere: place.name === slack.place,
    count: unread(slack, place),
  }))
  showList(byId('channels'), rows, { key: ({ name }) => name, draw: (row) => channelRow(slack, row) })
}

function channelRow(slack, { name, label, isDirect, isHere, count }) {
  const badge = h('span', { class: 'badge', hidden: true })
  const go = () => {
    slack.place = name
    slack.thread.close()
    draw(slack)
  }
  const current = isHere ? 'true' : undefined
  const button = h('button', { type: 'button', 'aria-current': current, 'data-part': 'go', onclick: go }, label, badge)
  showBadge(button, count)
  return h(
    'li',
    { class: isDirect ? 'direct' : undefined },
    isDirect ? h('span', { class: 'over' }, 'Direct messages') : undefined,
    button,
  )
}

function drawConversation(slack, place) {
  byId('place-title').textContent = place.isDirect ? `${place.name}, directly to you` : `# ${place.name}`
  byId('slack-text').placeholder = place.isDirect ? 'Write to Gatehouse' : `Write in #${place.name}, or /gatehouse help`
  const openThread = (ts) => slack.thread.open(ts)
  const around = { ...drawing(slack, place), openThread }
  const shown = timeline(slack.page, place)
  showMessages(byId('messages'), shown, around)
  byId('messages').dataset.empty = shown.length === 0 ? 'Nothing here yet. Cases appear here as cards.' : ''
}

/** Messages outside threads, each with its number of replies, and what this person alone was told. */
function timeline({ ephemerals }, place) {
  const count = (ts) => place.messages.filter((each) => each.threadTs === ts).length
  const roots = place.messages.filter(({ threadTs }) => threadTs === undefined)
  return [
    ...roots.map((each) => ({ ...each, replies: count(each.ts) })),
    ...toMe(ephemerals, place.id, undefined),
  ].sort(byTs)
}

const byTs = (one, other) => (one.ts < other.ts ? -1 : 1)

async function write(slack) {
  const box = byId('slack-text')
  const text = box.value.trim()
  const place = visible(slack.page).find(({ name }) => name === slack.place)
  if (text === '' || place === undefined) return
  const isDone = await slack.attempt(() => said(text, place))
  if (isDone) box.value = ''
}

function said(text, { id, isDirect }) {
  const user = me()
  if (/^\/gatehouse\b/.test(text))
    return act('slash', { user, channel: id, text: text.slice('/gatehouse'.length).trim() || 'help' })
  return isDirect ? act('dm', { user, text }) : act('write', { user, channel: id, text })
}

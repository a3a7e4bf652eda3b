import { drawCard } from './adaptive.js'
import { act } from './api.js'
import { byId, fillSelect, h, sendOnEnter, showBadge, showList, words } from './dom.js'
import { uploaded } from './files.js'
import { createTask } from './task.js'
import { timeOf } from './times.js'

/** Teams as one staff member sees it: the sites' channels with their threads, the chat with the app, a dialog. */
export function createTeams(cast, { attempt, announce }) {
  const me = () => byId('teams-me').value
  const teams = { cast, attempt, announce, me, place: undefined, replyTo: undefined, seen: new Map(), page: undefined }
  const choices = cast.teamsPeople.map(({ id, name, duty }) => ({
    value: id,
    label: duty === '' ? name : `${name} (on duty)`,
  }))
  fillSelect(byId('teams-me'), [{ choices }])
  teams.task = createTask(teams)
  byId('teams-me').onchange = () => {
    Object.assign(teams, { place: undefined, replyTo: undefined })
    draw(teams)
  }
  byId('teams-form').onsubmit = (event) => {
    event.preventDefault()
    write(teams)
  }
  byId('teams-reply-off').onclick = () => {
    teams.replyTo = undefined
    draw(teams)
  }
  byId('teams-find').onclick = () => find(teams)
  sendOnEnter(byId('teams-form'), byId('teams-text'))
  return { update: (state) => update(teams, state.teams) }
}

function update(teams, page) {
  const isFirst = teams.page === undefined
  const before = new Set(teams.page?.places.flatMap(({ messages }) => messages.map(({ id }) => id)))
  const notesBefore = teams.page?.notes.length ?? 0
  teams.page = page
  draw(teams)
  if (isFirst) return
  for (const { name, with: person, messages } of visible(teams))
    for (const { id, author, text, cards } of messages)
      if (!before.has(id) && author.id !== teams.me())
        teams.announce(
          `In Teams, ${person === undefined ? name : 'directly to you'}, ${author.name}: ${text || cards[0]?.fallbackText || ''}`,
        )
  const mine = page.notes.slice(notesBefore).filter(({ user }) => user === teams.me())
  for (const { text } of mine) teams.announce(`In Teams, only to you: ${text}`)
}

/** The sites' channels, then this person's chat with the app. */
function visible({ page, me, cast }) {
  const siteName = (id) => cast.sites.find((site) => site.id === id)?.name ?? id
  const channels = page.places.filter((place) => place.with === undefined)
  return [
    ...channels.map((each) => ({ ...each, name: siteName(each.name) })),
    ...page.places.filter((place) => place.with === me()),
  ]
}

function draw(teams) {
  if (teams.page === undefined) return
  const person = teams.cast.teamsPeople.find(({ id }) => id === teams.me())
  const duty = person?.duty ? `On duty: ${person.duty}` : ''
  byId('teams-role').textContent = [person?.role, duty].filter(Boolean).join('. ')
  const places = visible(teams)
  const place = places.find(({ id }) => id === teams.place) ?? places[0]
  if (place === undefined) return
  teams.place = place.id
  teams.seen.set(`${teams.me()} ${place.id}`, place.messages.at(-1)?.id ?? '')
  drawPlaces(teams, places)
  drawConversation(teams, place)
  teams.task.update(teams.page.dialogs[teams.me()])
}

function drawPlaces(teams, places) {
  const rows = places.map((place) => ({
    id: place.id,
    name: place.with === undefined ? place.name : 'Gatehouse (chat)',
    isHere: place.id === teams.place,
    count: unread(teams, place),
  }))
  showList(byId('teams-places'), rows, { key: ({ id }) => id, draw: (row) => placeRow(teams, row) })
}

function unread({ seen, me }, { id, messages }) {
  const last = Number(seen.get(`${me()} ${id}`) ?? 0)
  return messages.filter((each) => Number(each.id) > last && each.author.id !== me()).length
}

function placeRow(teams, { id, name, isHere, count }) {
  const badge = h('span', { class: 'badge', hidden: true })
  const go = () => {
    Object.assign(teams, { place: id, replyTo: undefined })
    draw(teams)
  }
  const look = { type: 'button', 'aria-current': isHere ? 'true' : undefined, 'data-part': 'go', onclick: go }
  const button = h('button', look, name, badge)
  showBadge(button, count)
  return h('li', {}, button)
}

function drawConversation(teams, place) {
  const isChat = place.with !== undefined
  byId('teams-title').textContent = isChat ? 'Gatehouse, directly to you' : place.name
  const root = place.messages.find(({ id }) => id === teams.replyTo)
  byId('teams-reply').hidden = root === undefined
  byId('teams-text').placeholder = isChat
    ? 'Write to Gatehouse: help, my-cases, ack GH-…'
    : '@Gatehouse is put before what you write'
  const rows = timeline(teams, place)
  byId('teams-messages').dataset.empty = rows.length === 0 ? 'Nothing here yet. Cases appear here as cards.' : ''
  showList(byId('teams-messages'), rows, {
    key: ({ id }) => id,
    look: ({ text, cards, isEdited, isReply }) => JSON.stringify([text, cards, isEdited, isReply]),
    draw: (row) => drawMessage(teams, row, { isChat }),
  })
}

/** Conversations in the order they began, each with its answers; what this person alone was told, where it was told. */
function timeline({ page, me }, { id, messages }) {
  const notes = page.notes.map(privateRow).filter((note) => note.user === me() && note.place === id)
  const roots = messages.filter(({ threadOf }) => threadOf === undefined)
  return [...roots, ...notes]
    .sort((a, b) => a.at.localeCompare(b.at))
    .flatMap((row) => [
      row,
      ...messages.filter(({ threadOf }) => threadOf === row.id).map((each) => ({ ...each, isReply: true })),
    ])
}

const privateRow = (note, index) => ({
  ...note,
  ...{
    id: `note ${note.at} ${index}`,
    author: { id: 'app', name: 'Gatehouse', isApp: true },
    cards: [],
    isPrivate: true,
  },
})

function drawMessage(teams, message, { isChat }) {
  const { author, at, text, cards, files = [], isEdited, isReply, isPrivate } = message
  const classes = [author.isApp ? 'app' : 'person', isReply ? 'reply' : '', isPrivate ? 'private' : ''].join(' ')
  const press = ({ action, button }) => pressed(teams, message, { action, button })
  const initials = author.isApp
    ? 'G'
    : author.name
        .split(' ')
        .map((part) => part[0])
        .slice(0, 2)
        .join('')
  const by = h(
    'p',
    { class: 'by' },
    h('b', {}, author.name),
    author.isApp ? h('span', { class: 'tag' }, 'App') : undefined,
    h('time', {}, timeOf(at)),
    isEdited && !author.isApp ? h('span', {}, 'Edited') : undefined,
  )
  return h(
    'li',
    { class: classes },
    h('span', { class: 'face', 'aria-hidden': 'true' }, initials),
    h(
      'div',
      { class: 'said' },
      isPrivate ? h('p', { class: 'only-you' }, 'Only visible to you') : undefined,
      by,
      text === '' ? undefined : words('p', text),
      ...files.map((name) => words('p', `Attached: ${name}`)),
      ...cards.map((card) => drawCard(card, { press, about: /GH-\d{4}-\d+/.exec(card.fallbackText ?? '')?.[0] })),
      isChat || isReply || isPrivate ? undefined : replyButton(teams, message),
      isPrivate || cards.length === 0 ? undefined : actButton(teams, message),
    ),
  )
}

function replyButton(teams, { id }) {
  const onclick = () => {
    teams.replyTo = id
    draw(teams)
    byId('teams-text').focus()
  }
  return h(
    'button',
    { type: 'button', class: 'to-thread', 'data-part': 'thread', onclick },
    'Reply in this conversation',
  )
}

/** From the menu of a message: what can be done to the case that it names. */
function actButton(teams, { id }) {
  const onclick = () => teams.attempt(() => act('teams-act-on', { user: teams.me(), message: id }))
  return h('button', { type: 'button', class: 'to-thread', 'data-part': 'act', onclick }, 'Act on this case')
}

/** The app's search box; what is chosen is put into the conversation that is open. */
async function find(teams) {
  const list = byId('teams-found')
  await teams.attempt(async () => {
    const user = teams.me()
    const { said, found } = await act('teams-search', { user, q: byId('teams-text').value.trim() })
    const put = (index) => async () => {
      list.hidden = true
      await teams.attempt(() => act('teams-insert', { user, channel: teams.place, index }))
    }
    const lines = found.map(({ title, text }, index) =>
      h('li', {}, h('span', {}, `${title}. ${text}`), h('button', { type: 'button', onclick: put(index) }, 'Insert')),
    )
    list.replaceChildren(...(lines.length > 0 ? lines : [h('li', {}, said)]))
    list.hidden = false
  })
}

async function pressed(teams, { id }, { action, button }) {
  button.setAttribute('aria-busy', 'true')
  await teams.attempt(async () => {
    const wanted = action.data?.gatehouse?.command ?? action.title
    const { acknowledged } = await act('teams-press', { user: teams.me(), message: id, button: wanted })
    if (!acknowledged) throw new Error('Gatehouse did not answer in time, as Teams would tell you. Press again.')
  })
  button.removeAttribute('aria-busy')
}

async function write(teams) {
  const box = byId('teams-text')
  const text = box.value.trim()
  const place = visible(teams).find(({ id }) => id === teams.place)
  const [picked] = byId('teams-file').files
  if ((text === '' && picked === undefined) || place === undefined) return
  const user = teams.me()
  const threadOf = teams.replyTo === undefined ? {} : { threadOf: teams.replyTo }
  const isDone = await teams.attempt(async () => {
    const file = picked === undefined ? {} : { file: await uploaded(picked, 'teams-upload') }
    return place.with === undefined
      ? act('teams-mention', { user, channel: place.id, text: text || 'file', ...threadOf, ...file })
      : act('teams-say', { user, text, ...file })
  })
  if (!isDone) return
  box.value = ''
  byId('teams-file').value = ''
}

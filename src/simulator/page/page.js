import { ask } from './api.js'
import { byId, showBadge } from './dom.js'
import { createMail } from './mail.js'
import { createPhone } from './phone.js'
import { createSlack } from './slack.js'
import { createStories } from './stories.js'
import { createTeams } from './teams.js'
import { useZone } from './times.js'
import { createTrouble } from './trouble.js'

const everyMs = 500
const restingMs = 2_000

const page = { revision: undefined, parts: [], refreshing: Promise.resolve(), isPointerDown: false }

async function start() {
  const cast = await ask('/cast')
  useZone(cast.sites[0]?.zone ?? 'Asia/Hong_Kong')
  byId('about').textContent = `${cast.operator} and everybody here are invented.`
  const around = { attempt, announce }
  page.parts = [
    createPhone(cast, around),
    createSlack(cast, around),
    createTeams(cast, around),
    createMail(cast, around),
    createTrouble(around),
    createStories(cast, { attempt, turnTo }),
  ]
  // What scrolls must be reachable by keyboard, and not every browser sees to that by itself.
  for (const id of [
    'bubbles',
    'messages',
    'thread-messages',
    'teams-messages',
    'mail-threads',
    'mail-letters',
    'log-region',
  ])
    byId(id).tabIndex = 0
  addEventListener('pointerdown', () => Object.assign(page, { isPointerDown: true }), true)
  for (const end of ['pointerup', 'pointercancel', 'dragend'])
    addEventListener(end, () => setTimeout(() => Object.assign(page, { isPointerDown: false })), true)
  for (const button of viewButtons()) button.onclick = () => turnTo(button.dataset.view)
  if (matchMedia('(max-width: 59.99rem)').matches) byId('guide').open = false
  await follow()
}

/** Asks again and again; while nothing is new the answer is a few bytes. */
async function follow() {
  for (;;) {
    await refresh()
    await new Promise((resolve) => setTimeout(resolve, document.hidden ? restingMs : everyMs))
  }
}

/** One question at a time, so that an older answer never overwrites a newer one. */
function refresh() {
  page.refreshing = page.refreshing.then(readState)
  return page.refreshing
}

async function readState() {
  try {
    const state = await ask(`/state${page.revision === undefined ? '' : `?since=${page.revision}`}`)
    say('connection', '')
    if (state.unchanged) return
    await pointerIsUp()
    page.revision = state.revision
    for (const part of page.parts) part.update(state)
    markNews()
  } catch (error) {
    if (!(error instanceof TypeError)) console.error(error)
    say('connection', 'Gatehouse does not answer. Trying again …')
  }
}

/** A button that is drawn anew between press and release would never be clicked, so what is new waits that long. */
async function pointerIsUp() {
  for (let waits = 0; page.isPointerDown && waits < 40; waits++) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Does something and shows its effect at once; tells the person when it was not done. */
async function attempt(work) {
  try {
    await work()
    notice('')
    await refresh()
    return true
  } catch (error) {
    notice(error instanceof TypeError ? 'Gatehouse does not answer.' : error.message)
    return false
  }
}

function notice(text) {
  byId('notice').hidden = text === ''
  say('notice', text)
}

function say(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text
}

/** Read out once by screen readers, without moving anybody's focus. */
function announce(text) {
  const line = document.createElement('p')
  line.textContent = text
  byId('announcer').append(line)
  setTimeout(() => line.remove(), 10_000)
  const view = text.startsWith('On the phone')
    ? 'phone'
    : text.startsWith('In Teams')
      ? 'teams'
      : text.startsWith('In the mail')
        ? 'mail'
        : 'slack'
  const { dataset } = byId('stage')
  if (dataset.view !== view && dataset.desk !== view) news.set(view, (news.get(view) ?? 0) + 1)
}

const news = new Map()
const viewButtons = () => [...document.querySelectorAll('#views button, #desks button')]

function markNews() {
  for (const button of viewButtons())
    if (button.dataset.view !== 'trouble') showBadge(button, news.get(button.dataset.view) ?? 0)
}

/** On a small screen one part is shown at a time. */
function turnTo(view) {
  const { dataset } = byId('stage')
  dataset.view = view
  if (view === 'slack' || view === 'teams') dataset.desk = view
  news.delete(view)
  for (const button of viewButtons()) {
    const shown = button.closest('#desks') === null ? view : dataset.desk
    button.setAttribute('aria-pressed', String(button.dataset.view === shown))
  }
  markNews()
  for (const list of ['bubbles', 'messages', 'teams-messages']) byId(list).scrollTop = byId(list).scrollHeight
}

start().catch((error) => {
  notice(`The page could not start: ${error.message}`)
})

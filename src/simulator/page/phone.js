import { act, ask } from './api.js'
import { deliveryWords } from './delivery-words.js'
import { byId, fillSelect, h, sendOnEnter, showBadge, showList, words } from './dom.js'
import { caseNumberIn, choicesIn, phrases } from './phrases.js'
import { dayOf, timeOf } from './times.js'

const photos = new Map()

/** The phone: one conversation at a time, between the chosen phone and one of our numbers, by SMS or WhatsApp. */
export function createPhone(cast, { attempt, announce }) {
  const phone = {
    cast,
    attempt,
    announce,
    channel: 'sms',
    withPhoto: false,
    messages: [],
    seen: new Set(),
    isNew: true,
  }
  fillOwners(cast)
  fillSelect(byId('phone-site'), [{ choices: cast.sites.map(({ id, name }) => ({ value: id, label: name })) }])
  for (const tab of tabs()) tab.onclick = () => turnTo(phone, tab.dataset.channel)
  for (const select of [byId('phone-owner'), byId('phone-site')]) select.onchange = () => changeEnds(phone)
  byId('phrases').append(...phrases.map((phrase) => phraseButton(phrase, phone)))
  byId('detach').onclick = () => attach(phone, false)
  byId('phone-form').onsubmit = (event) => {
    event.preventDefault()
    send(phone, byId('phone-text').value)
  }
  sendOnEnter(byId('phone-form'), byId('phone-text'))
  changeEnds(phone)
  return { update: (state) => update(phone, state.phone) }
}

const tabs = () => [...byId('phone-channel').querySelectorAll('button')]

function fillOwners({ phones }) {
  const choice = ({ number, name }) => ({ value: number, label: `${name} (… ${number.slice(-4)})` })
  fillSelect(byId('phone-owner'), [
    { label: 'Customers', choices: phones.filter(({ isStaff }) => !isStaff).map(choice) },
    { label: 'Staff phones, which are paged by SMS', choices: phones.filter(({ isStaff }) => isStaff).map(choice) },
  ])
}

const spaced = (number) => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3')

const owner = ({ cast }) => cast.phones.find(({ number }) => number === byId('phone-owner').value)
const site = ({ cast }) => cast.sites.find(({ id }) => id === byId('phone-site').value)

function changeEnds(phone) {
  const { number = '', name = '', isStaff = false } = owner(phone) ?? {}
  byId('phone-title').textContent = isStaff ? 'A staff phone' : 'A customer’s phone'
  byId('phone-number').textContent = spaced(number)
  byId('profile-name').value = name
  draw(phone)
}

function turnTo(phone, channel) {
  phone.channel = channel
  for (const tab of tabs()) tab.setAttribute('aria-pressed', String(tab.dataset.channel === channel))
  byId('profile').hidden = channel !== 'whatsapp'
  byId('bubbles').dataset.channel = channel
  draw(phone)
}

function phraseButton(phrase, phone) {
  const choose = () => {
    const number = phrase.label === 'STATUS' ? caseNumberIn(here(phone).map(({ body }) => body)) : undefined
    const box = byId('phone-text')
    box.value = number === undefined ? phrase.text : `${phrase.text} ${number}`
    attach(phone, phrase.photo === true)
    box.focus()
  }
  return words('button', phrase.label, { type: 'button', title: phrase.text, onclick: choose })
}

function attach(phone, withPhoto) {
  phone.withPhoto = withPhoto
  byId('attached').hidden = !withPhoto
}

async function send(phone, body, keepsBox = false) {
  const to = site(phone)?.numbers[phone.channel]
  if (body.trim() === '' && !phone.withPhoto) return
  const ends = { channel: phone.channel, from: byId('phone-owner').value, to }
  const profile = phone.channel === 'whatsapp' ? { profileName: byId('profile-name').value } : {}
  const isSent = await phone.attempt(() => act('text', { ...ends, ...profile, body, photo: phone.withPhoto }))
  if (!isSent || keepsBox) return
  byId('phone-text').value = ''
  attach(phone, false)
}

function update(phone, messages) {
  const known = new Set(phone.messages.map(({ sid }) => sid))
  const wasNew = phone.isNew
  Object.assign(phone, { messages, isNew: false })
  draw(phone)
  if (wasNew) return
  for (const message of here(phone).filter(({ sid, direction }) => !known.has(sid) && direction !== 'inbound'))
    phone.announce(`On the phone: ${message.body}`)
}

/** What this phone shows on one channel, with one of our numbers. */
function conversation(phone, channel) {
  const number = byId('phone-owner').value
  const ours = site(phone)?.numbers[channel]
  return phone.messages.filter(
    (each) => each.channel === channel && [each.from, each.to].includes(number) && [each.from, each.to].includes(ours),
  )
}

const here = (phone) => conversation(phone, phone.channel)

function draw(phone) {
  const shown = here(phone)
  const days = shown.map((message, index) => ({
    message,
    day: dayOf(message.at) === dayOf(shown[index - 1]?.at ?? 0) ? undefined : dayOf(message.at),
  }))
  showList(byId('bubbles'), days, { key: ({ message }) => message.sid, draw: bubble })
  byId('bubbles').dataset.empty = shown.length === 0 ? 'No messages yet. Choose a ready-made one below, or write.' : ''
  drawChoices(phone, shown.at(-1))
  drawBadges(phone, shown)
}

function drawBadges(phone, shown) {
  for (const { sid } of shown) phone.seen.add(sid)
  for (const tab of tabs()) {
    const unseen = conversation(phone, tab.dataset.channel).filter(({ sid }) => !phone.seen.has(sid))
    showBadge(tab, unseen.length)
  }
}

function bubble({ message, day }) {
  const { sign, words: said, look } = deliveryWords(message)
  const isMine = message.direction === 'inbound'
  return h(
    'li',
    { class: `${isMine ? 'mine' : 'theirs'} ${look}` },
    day === undefined ? undefined : h('p', { class: 'day' }, day),
    h('span', { class: 'hidden' }, isMine ? 'From this phone: ' : 'From us: '),
    message.body === '' ? undefined : words('p', message.body, { class: 'body' }),
    ...message.media.map(picture),
    h(
      'p',
      { class: 'state' },
      h('time', {}, timeOf(message.at)),
      ' ',
      h('span', { 'aria-hidden': 'true' }, sign),
      ` ${said}`,
    ),
  )
}

function picture({ sid, contentType }) {
  if (!contentType.startsWith('image/')) return words('p', `📎 A file (${contentType})`, { class: 'body' })
  const image = h('img', { alt: 'The attached photo', width: '200', height: '150' })
  const address = photos.get(sid) ?? ask(`/media/${sid}`).then((file) => file.address)
  photos.set(sid, address)
  address
    .then((found) => image.setAttribute('src', found))
    .catch(() => image.replaceWith('(the photo cannot be shown)'))
  return image
}

function drawChoices(phone, last) {
  const choices = last === undefined || last.direction === 'inbound' ? [] : choicesIn(last.body)
  const button = ({ number, label }) =>
    words('button', `${number}. ${label}`, {
      type: 'button',
      'data-part': number,
      onclick: () => send(phone, number, true),
    })
  showList(byId('choices'), choices, { key: ({ number }) => number, draw: button })
}

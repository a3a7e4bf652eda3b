import { act } from './api.js'
import { byId, fillSelect, h, showList, words } from './dom.js'
import { dayOf, timeOf } from './times.js'

/** A tenant's mail program: their threads with the desk, and one mail to write. */
export function createMail(cast, { attempt, announce }) {
  const mail = { cast, attempt, announce, mails: [], thread: undefined, isFirst: true }
  const owners = cast.tenants.map(({ address, name }) => ({ value: address, label: `${name} <${address}>` }))
  fillSelect(byId('mail-owner'), [{ choices: owners }])
  const boxes = cast.sites.flatMap(({ mailbox, name }) =>
    mailbox === undefined ? [] : [{ value: mailbox, label: `${name} <${mailbox}>` }],
  )
  fillSelect(byId('mail-box'), [{ choices: boxes }])
  byId('mail-owner').onchange = () => open(mail, undefined)
  byId('mail-new').onclick = () => {
    open(mail, undefined)
    byId('mail-subject').focus()
  }
  byId('mail-form').onsubmit = (event) => {
    event.preventDefault()
    send(mail)
  }
  draw(mail)
  return { update: (state) => update(mail, state.mail) }
}

const owner = () => byId('mail-owner').value
const mine = ({ mails }) => mails.filter(({ tenant }) => tenant === owner())
const inThread = (mail) => mine(mail).filter(({ thread }) => thread === mail.thread)

function open(mail, thread) {
  mail.thread = thread
  draw(mail)
}

function update(mail, mails) {
  const known = new Set(mail.mails.map(({ id }) => id))
  const fresh = mails.filter(({ id, isOurs }) => !isOurs && !known.has(id))
  const { isFirst } = mail
  Object.assign(mail, { mails, isFirst: false })
  draw(mail)
  if (isFirst) return
  for (const { subject, text, tenant } of fresh)
    if (tenant === owner()) mail.announce(`In the mail: ${subject}. ${text}`)
}

async function send(mail) {
  const [subject, text] = [byId('mail-subject').value, byId('mail-text').value]
  const last = inThread(mail).at(-1)
  const answers = last === undefined ? {} : { answers: last.id }
  let id
  const isSent = await mail.attempt(async () => {
    ;({ id } = await act('mail', { from: owner(), to: byId('mail-box').value, subject, text, ...answers }))
  })
  if (!isSent) return
  byId('mail-subject').value = ''
  byId('mail-text').value = ''
  open(mail, mail.mails.find((each) => each.id === id)?.thread ?? mail.thread)
}

function draw(mail) {
  const threads = mine(mail).filter(({ id, thread }) => id === thread)
  showList(byId('mail-threads'), threads, {
    key: ({ id }) => id,
    look: ({ id, subject }) => `${subject} ${id === mail.thread} ${mine(mail).length}`,
    draw: (first) => threadRow(mail, first),
  })
  byId('mail-threads').dataset.empty = threads.length === 0 ? 'No mail yet. Write one below.' : ''
  const shown = inThread(mail)
  showList(byId('mail-letters'), shown, { key: ({ id }) => id, draw: letter })
  byId('mail-letters').hidden = shown.length === 0
  const isAnswer = shown.length > 0
  byId('mail-subject-line').hidden = isAnswer
  byId('mail-subject').required = !isAnswer
  byId('mail-text').placeholder = isAnswer ? 'Write an answer to the desk' : 'Write a mail to the desk'
  byId('mail-send').textContent = isAnswer ? 'Send the answer' : 'Send'
}

function threadRow(mail, { id, subject, at }) {
  const count = mine(mail).filter(({ thread }) => thread === id).length
  const look = { type: 'button', 'data-part': 'open', 'aria-current': id === mail.thread ? 'true' : undefined }
  const button = h('button', { ...look, onclick: () => open(mail, id) })
  const when = `${count === 1 ? '1 mail' : `${count} mails`}, since ${dayOf(at)} ${timeOf(at)}`
  button.append(words('b', subject), h('span', { class: 'when' }, when))
  return h('li', {}, button)
}

function letter({ isOurs, subject, text, at, desk }) {
  return h(
    'li',
    { class: isOurs ? 'mine' : 'theirs' },
    h('p', { class: 'from' }, isOurs ? 'From you' : `From the desk, ${desk}`, ' ', h('time', {}, timeOf(at))),
    words('p', subject, { class: 'about' }),
    words('p', text, { class: 'body' }),
  )
}

import { act } from './api.js'
import { byId, fillSelect, h, showList } from './dom.js'
import { secondsOf } from './times.js'

const kinds = {
  twilio: [
    ['slow', 'Slow', 'Every request waits four seconds.'],
    ['throttled', 'Too many requests', 'HTTP 429: try again in two seconds.'],
    ['failing', 'Server error', 'HTTP 500: the message is not taken.'],
    ['silent', 'Accepted, no answer', 'The message is taken and delivered, but the request is never answered.'],
    ['down', 'Down', 'Nobody listens at all.'],
    ['undeliverable', 'Undeliverable', 'Taken, then it fails: the phone cannot be reached (30003).'],
    ['wrong-signature', 'Wrong signature', 'Webhooks are signed with another token.'],
    ['duplicate', 'Duplicate delivery', 'Each webhook is made twice.'],
    ['out-of-order', 'Reports out of order', 'The last delivery report comes first.'],
  ],
  slack: [
    ['slow', 'Slow', 'Every request waits two seconds.'],
    ['throttled', 'Too many requests', 'HTTP 429: try again in two seconds.'],
    ['failing', 'Server error', 'HTTP 500: nothing is done.'],
    ['silent', 'Done, no answer', 'It is done, but the request is never answered.'],
    ['duplicate', 'Duplicate delivery', 'Each event and press comes twice.'],
    ['wrong-signature', 'Wrong signature', 'What Slack delivers is signed with another secret.'],
  ],
  teams: [
    ['slow', 'Slow', 'Every request waits two seconds.'],
    ['throttled', 'Too many requests', 'HTTP 429: try again in two seconds.'],
    ['failing', 'Server error', 'HTTP 500: nothing is done.'],
    ['silent', 'Done, no answer', 'It is done, but the request is never answered.'],
    ['refusing', 'App removed', 'HTTP 403: the app is not in the conversation any more.'],
    ['duplicate', 'Duplicate delivery', 'Each message and press comes twice.'],
    ['wrong-signature', 'Wrong signature', 'What Teams delivers is signed with another key.'],
  ],
}

const lasting = [
  { value: '', label: 'until switched off' },
  ...[1, 3, 10].map((times) => ({ value: String(times), label: times === 1 ? 'once' : `${times} times` })),
]

/** The switches for provider trouble, what is switched on, and the log of deliveries. */
export function createTrouble({ attempt }) {
  fillSelect(byId('trouble-times'), [{ choices: lasting }])
  for (const provider of Object.keys(kinds))
    byId(`trouble-${provider}`).append(...kinds[provider].map((kind) => troubleSwitch(provider, kind, attempt)))
  byId('trouble-off').onclick = () => attempt(() => act('trouble', { provider: 'all', on: false }))
  byId('clock').onclick = () => attempt(() => act('clock', { hours: 25 }))
  return { update: (state) => update(state, attempt) }
}

function troubleSwitch(provider, [kind, label, help], attempt) {
  const id = `trouble-${provider}-${kind}`
  const onclick = ({ currentTarget }) => {
    const on = currentTarget.getAttribute('aria-pressed') !== 'true'
    const chosen = byId('trouble-times').value
    const times = chosen === '' ? {} : { times: Number(chosen) }
    return attempt(() => act('trouble', { provider, kind, on, ...times }))
  }
  const properties = {
    type: 'button',
    id,
    'aria-pressed': 'false',
    title: help,
    'aria-describedby': `${id}-help`,
    onclick,
  }
  return h(
    'div',
    { class: 'switch' },
    h('button', properties, label, h('span', { class: 'left' })),
    h('span', { class: 'help', id: `${id}-help` }, help),
  )
}

function update({ trouble, log, clockHours }, attempt) {
  for (const provider of Object.keys(kinds))
    for (const [kind] of kinds[provider]) {
      const on = trouble.find((each) => each.provider === provider && each.kind === kind)
      const button = byId(`trouble-${provider}-${kind}`)
      button.setAttribute('aria-pressed', String(on !== undefined))
      button.querySelector('.left').textContent = on === undefined ? '' : leftWords(on)
    }
  byId('trouble-off').disabled = trouble.length === 0
  showActive(trouble, attempt)
  byId('clock-words').textContent =
    clockHours === 0
      ? 'Free text reaches a customer on WhatsApp for 24 hours after their last message. The clock is right now.'
      : `WhatsApp’s clock is ${clockHours} hours ahead. The customer’s next message opens the 24 hours again.`
  showLog(log)
}

const providerNames = { twilio: 'Twilio', slack: 'Slack', teams: 'Teams' }
const leftWords = ({ left }) => (left === null ? ' · on' : ` · on, ${left} left`)

function showActive(trouble, attempt) {
  const line = byId('trouble-now')
  line.hidden = trouble.length === 0
  const names = trouble.map(({ provider, kind, left }) => {
    const [, label] = kinds[provider].find(([each]) => each === kind) ?? [kind, kind]
    return `${providerNames[provider]}: ${label.toLowerCase()}${left === null ? '' : ` (${left} left)`}`
  })
  const said = names.join(' · ')
  if (line.dataset.said === said) return
  line.dataset.said = said
  const off = () => attempt(() => act('trouble', { provider: 'all', on: false }))
  line.replaceChildren(
    h('strong', {}, 'Trouble is on. '),
    `${said} `,
    h('button', { type: 'button', onclick: off }, 'Switch off'),
  )
}

function showLog(log) {
  byId('log-empty').hidden = log.length > 0
  const rows = [...log].map((line, index) => ({
    ...line,
    key: `${line.at} ${line.from} ${line.what} ${log.length - index}`,
  }))
  showList(byId('log'), rows, { key: ({ key }) => key, draw: logRow })
}

function logRow({ at, from, what, attempt, answer }) {
  const isGood = /^HTTP 2|^acknowledged/.test(answer)
  const cells = [secondsOf(at), from, what, attempt === 1 ? 'first' : `number ${attempt}`]
  return h(
    'tr',
    { class: isGood ? undefined : 'bad' },
    ...cells.map((cell) => h('td', {}, cell)),
    h('td', {}, h('b', {}, answer)),
  )
}

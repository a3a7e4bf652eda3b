import { act } from './api.js'
import { byId, fillSelect } from './dom.js'

const names = { sms: 'SMS', whatsapp: 'WhatsApp', slack: 'Slack', teams: 'Teams', email: 'e-mail' }
const views = { sms: 'phone', whatsapp: 'phone', slack: 'slack', teams: 'teams', email: 'mail' }
/** Which list chooses the person, and by what of theirs. */
const lists = {
  phone: ['phone-owner', 'number'],
  slack: ['me', 'slack'],
  teams: ['teams-me', 'teams'],
  mail: ['mail-owner', 'address'],
}

/** Tells a whole conversation with one press and shows whoever tells it. */
export function createStories({ stories, storyChannels }, { attempt, turnTo }) {
  fillSelect(byId('story'), [{ choices: stories.map(({ id, title }) => ({ value: id, label: title })) }])
  fillSelect(byId('story-channel'), [{ choices: storyChannels.map((id) => ({ value: id, label: names[id] ?? id })) }])
  byId('story-form').onsubmit = (event) => {
    event.preventDefault()
    const channel = byId('story-channel').value
    attempt(async () => show(channel, await act('story', { story: byId('story').value, channel }), turnTo))
  }
  return { update: () => {} }
}

function show(channel, teller, turnTo) {
  const view = views[channel]
  const [list, key] = lists[view]
  choose(byId(list), teller[key])
  if (view === 'phone') document.querySelector(`#phone-channel [data-channel="${channel}"]`).click()
  turnTo(view)
  byId('story-now').textContent = `${teller.name} tells it now, by ${names[channel]}.`
}

function choose(select, value) {
  select.value = value
  select.dispatchEvent(new Event('change'))
}

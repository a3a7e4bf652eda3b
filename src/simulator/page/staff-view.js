import { act } from './api.js'
import { byId } from './dom.js'

/** Whom the person at the page plays in Slack. */
export const me = () => byId('me').value

/** What drawing a message needs to know: how a button is pressed here, and what people are called. */
export function drawing(slack, place) {
  const nameOf = (id) => slack.page.people.find((person) => person.id === id)?.name ?? id
  const press = async ({ action, value, button, ts }) => {
    button.setAttribute('aria-busy', 'true')
    await slack.attempt(() => pressed({ user: me(), channel: place.id, ts, actionId: action, value }))
    button.removeAttribute('aria-busy')
  }
  return { nameOf, press }
}

async function pressed(press) {
  const { acknowledged } = await act('press', press)
  if (!acknowledged) throw new Error('Gatehouse did not answer in time, as Slack would tell you. Press again.')
}

/** What only this person sees in a place, as messages of the app. */
export function toMe(ephemerals, channel, threadTs) {
  const author = { id: 'app', name: 'Gatehouse', isApp: true }
  return ephemerals
    .filter((each) => each.user === me() && each.channel === channel && each.threadTs === threadTs)
    .map((each) => ({
      ...each,
      author,
      at: new Date(Number(each.ts) * 1000).toISOString(),
      isPrivate: true,
      replies: 0,
    }))
}

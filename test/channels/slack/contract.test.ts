import { createSlackChannel } from '../../../src/channels/slack/slack.ts'
import { startLocalSlack } from '../../../src/simulator/slack/local-slack.ts'
import { describeChannelContract } from '../../contract/channel-contract.ts'
import type { ChannelHarness, ProviderTrouble } from '../../contract/channel-harness.ts'
import { officer, secrets, signedRequest, site } from './desk.ts'

const { botToken, signingSecret, appToken } = secrets
const timeoutMs = 1_000

async function harness(entrance: { signingSecret: string } | { appToken: string }): Promise<ChannelHarness> {
  const slack = await startLocalSlack({ ...secrets, people: [officer], channels: [site], echoesOwnMessages: false })
  const settings = { apiUrl: slack.apiUrl, ...entrance }
  const isHttp = 'signingSecret' in entrance
  return {
    channel: createSlackChannel({ ...settings, botToken }, { timeoutMs }),
    stranger: createSlackChannel({ ...settings, botToken: 'xoxb-another' }, { timeoutMs }),
    to: { channel: 'slack', id: site.id },
    ...(isHttp ? { calls } : {}),
    taken: () =>
      slack.control.messages(site.id).map(({ channel, ts, text }) => ({ providerId: `${channel}:${ts}`, text })),
    trouble: (kind) => make(slack.control, kind),
    secrets: Object.values(secrets),
    close: () => slack.close(),
  }
}

async function make(control: Awaited<ReturnType<typeof startLocalSlack>>['control'], kind: ProviderTrouble) {
  if (kind === 'down') {
    await control.down()
    // Same process, same moment: our client must first hear that its idle connection was closed.
    await new Promise((resolve) => setTimeout(resolve, 20))
    return
  }
  if (!control.isUp()) await control.up()
  if (kind === 'none') control.apiTrouble(undefined)
  if (kind === 'throttled') control.apiTrouble({ kind: 'throttled', retryAfterSeconds: 7 })
  if (kind === 'refusing') control.apiTrouble({ kind: 'refusing', error: 'is_archived' })
  if (kind === 'silent') control.apiTrouble({ kind: 'silent' })
  if (kind === 'failing') control.apiTrouble({ kind: 'failing' })
}

/** A direct message to the bot, as Slack delivers it: what an employee of a tenant writes. */
function directMessage(key: string, text: string): string {
  const number = [...key].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 1_000_000
  const ts = `1763700000.${String(number).padStart(6, '0')}`
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const event = {
    type: 'message',
    channel_type: 'im',
    channel: 'D0CHAN',
    user: officer.id,
    ts,
    event_ts: ts,
    text: escaped,
  }
  return JSON.stringify({
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: `Ev${key}`,
    token: 'x',
    event,
  })
}

const calls = {
  genuine: (key: string, text: string) => signedRequest(directMessage(key, text)),
  forged: (text: string) => signedRequest(directMessage('forged', text), { secret: 'a guess' }),
  unsigned: (text: string) => signedRequest(directMessage('unsigned', text), { headers: {} }),
  unreadable: () => signedRequest('{"half":'),
}

describeChannelContract('Slack over HTTP', () => harness({ signingSecret }))
describeChannelContract('Slack over Socket Mode', () => harness({ appToken }))

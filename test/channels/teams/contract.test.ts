import { memoryInMemory } from '../../../src/channels/teams/references.ts'
import { createTeamsChannel } from '../../../src/channels/teams/teams.ts'
import { startLocalTeams } from '../../../src/simulator/teams/local-teams.ts'
import { type ChannelHarness, describeChannelContract, type ProviderTrouble } from '../../contract/channel-contract.ts'
import { chatActivity, officer, posted, secrets, settingsFor, site } from './desk.ts'

const timeoutMs = 300

async function harness(): Promise<ChannelHarness> {
  const teams = await startLocalTeams({ ...secrets, people: [officer], channels: [site] })
  const settings = settingsFor(teams)
  const [genuine, forged] = await Promise.all([
    teams.control.authorization(),
    teams.control.authorization({ key: 'foreign' }),
  ])
  const said = (text: string, key = text) =>
    chatActivity(settings.serviceUrl, {
      id: `17637000${[...key].reduce((sum, each) => sum * 31 + each.charCodeAt(0), 7) % 100_000}`,
      text,
    })
  return {
    channel: createTeamsChannel(settings, { memory: memoryInMemory(), timeoutMs }),
    stranger: createTeamsChannel({ ...settings, appPassword: 'another' }, { memory: memoryInMemory(), timeoutMs }),
    to: { channel: 'teams', id: site.id },
    calls: {
      genuine: (key, text) => posted(said(text, key), genuine),
      forged: (text) => posted(said(text), forged),
      unsigned: (text) => posted(said(text)),
      unreadable: () => ({ ...posted({}, genuine), body: Buffer.from('{"half":') }),
    },
    taken: () =>
      teams.control.messages(site.id).map(({ place, id, text }) => ({ providerId: `${place};messageid=${id}`, text })),
    trouble: (kind) => make(teams.control, kind),
    keepsNoBook: true,
    secrets: Object.values(secrets),
    close: () => teams.close(),
  }
}

async function make(control: Awaited<ReturnType<typeof startLocalTeams>>['control'], kind: ProviderTrouble) {
  if (kind === 'down') {
    await control.down()
    // Same process, same moment: our client must first hear that its idle connection was closed.
    await new Promise((resolve) => setTimeout(resolve, 20))
    return
  }
  if (!control.isUp()) await control.up()
  if (kind === 'none') control.connectorTrouble(undefined)
  if (kind === 'throttled') control.connectorTrouble({ kind: 'throttled', retryAfterSeconds: 7 })
  if (kind === 'refusing')
    control.connectorTrouble({ kind: 'refusing', status: 403, code: 'BotNotInConversationRoster' })
  if (kind === 'silent') control.connectorTrouble({ kind: 'silent' })
  if (kind === 'failing') control.connectorTrouble({ kind: 'failing' })
}

describeChannelContract('Teams', harness)

import { memoryInMemory } from '../../src/channels/teams/references.ts'
import { createTeamsChannel } from '../../src/channels/teams/teams.ts'
import type { Config } from '../../src/config.ts'
import { commandNamed } from '../../src/core/desk/registry.ts'
import { type LocalTeams, startLocalTeams } from '../../src/simulator/teams/local-teams.ts'
import type { Desk } from './desks.ts'
import { openStage, type Stage } from './stage.ts'

const app = {
  appId: '0a0a0a0a-0000-4000-8000-0000000a9a01',
  appPassword: 'an-invented-client-secret',
  tenantId: '0b0b0b0b-0000-4000-8000-0000000a9a01',
}
const towerChannel = '19:0a1b2c3d4e5f60718293a4b5c6d7e8f9@thread.tacv2'
const gardenChannel = '19:9f8e7d6c5b4a39281706f5e4d3c2b1a0@thread.tacv2'
const stranger = '0c0c0c0c-0000-4000-8000-00000a9affff'

export type TeamsStage = Stage & { readonly teams: LocalTeams }

/** Everybody works in Teams as well: their last method, so that pages go the way they went before. */
export function withTeamsIds(config: Config): Config {
  const members = [...config.duty.staff.values()].map((member, index) => {
    const id = `0c0c0c0c-0000-4000-8000-00000a9a${String(index).padStart(4, '0')}`
    const others = member.methods.filter(({ address }) => address.channel !== 'teams')
    return { ...member, methods: [...others, { address: { channel: 'teams', id }, verified: true } as const] }
  })
  return { ...config, duty: { ...config.duty, staff: new Map(members.map((member) => [member.id, member])) } }
}

/** The stage of the other desks, with a local Teams beside its Slack. */
export async function openTeamsStage(): Promise<TeamsStage> {
  const sites = [towerChannel, gardenChannel].map((id) => ({ id, name: id }))
  const ids = Array.from({ length: 40 }, (_, i) => `0c0c0c0c-0000-4000-8000-00000a9a${String(i).padStart(4, '0')}`)
  const people = [...ids, stranger].map((id) => ({ id, name: id }))
  const teams = await startLocalTeams({ ...app, people, channels: sites })
  const { openIdUrl, loginUrl, serviceUrl } = teams
  const settings = { ...app, tenants: [app.tenantId], openIdUrl, loginUrl, serviceUrl }
  const stage = await openStage({
    configured: withTeamsIds,
    channels: (_config, clock) => [
      createTeamsChannel(settings, { memory: memoryInMemory(), answerWithinMs: 3_000, clock }),
    ],
  })
  teams.control.setEndpoint(`${stage.url}/api/messages`)
  return {
    ...{ ...stage, teams },
    close: async () => {
      await stage.close()
      await teams.close()
    },
  }
}

type Args = Readonly<Record<string, string>>
type Asked = { readonly user: string; readonly command: string; readonly caseId: string; readonly args: Args }

/** By the button on the card or among those that unfold under it, else typed; then the dialog, then its preview. */
export const teamsDesk = (stage: TeamsStage): Desk => ({
  name: 'teams',
  give: async ({ by, command, caseId, args }) => {
    const { control } = stage.teams
    const user = stage.house.directory.byId(by)?.methods.at(-1)?.address.id ?? stranger
    const before = wordsFor(stage, user).length
    await begin(stage, { user, command, caseId, args })
    await stage.house.settle()
    if (commandNamed(command)?.form !== undefined && control.dialog(user) === undefined)
      await openForm(stage, { user, before })
    for (let step = 0; step < 2 && control.dialog(user) !== undefined; step++) {
      const shown = JSON.stringify(control.dialog(user)?.card)
      const { outcome, missing } = await control.submitDialog(user, args)
      const isRefused =
        outcome === 'asked' || (outcome === 'open' && JSON.stringify(control.dialog(user)?.card) === shown)
      if (isRefused) {
        control.closeDialog(user)
        return { refused: true, words: `asked for ${missing.join(', ')}` }
      }
      await stage.house.settle()
    }
    control.closeDialog(user)
    // What is too long for the channel comes in the chat, a moment after the hint that it does.
    const said = () => wordsFor(stage, user).slice(before)
    await waitFor(() => said().some((one) => !one.startsWith('The answer is in your chat')))
    const words = wordsFor(stage, user).slice(before).join('\n')
    return { refused: refusals.test(words), words }
  },
})

const refusals = /needs one of these roles|There is no case|not in the staff list|must (not be|be one|lie)|no such/

async function begin(stage: TeamsStage, { user, command, caseId, args }: Asked): Promise<void> {
  const { control } = stage.teams
  const known = commandNamed(command)
  const first = known?.fields[0]
  if (known?.about === 'desk') {
    const text = [command, (first && args[first.name]) ?? ''].join(' ').trim()
    await control.mention({ user, channel: towerChannel, text }).delivered
    return
  }
  const card = control.messages(towerChannel).find(({ cards }) => JSON.stringify(cards).includes(caseId))
  if (card !== undefined && JSON.stringify(card.cards).includes(`"command":"${command}"`))
    await control.press({ user, message: card.id, button: command })
  else await control.mention({ user, channel: towerChannel, text: `${command} ${caseId}` }).delivered
}

/** A typed command that needs a form is answered with the button that opens it, or with why there is none. */
async function openForm(
  stage: TeamsStage,
  { user, before }: { readonly user: string; readonly before: number },
): Promise<void> {
  const { control } = stage.teams
  const offered = () =>
    control
      .messages(towerChannel)
      .findLast(({ cards }) => JSON.stringify(cards).includes('task/fetch') && JSON.stringify(cards).length < 1_500)
  const count = control.messages(towerChannel).length
  await waitFor(
    () =>
      wordsFor(stage, user).length > before || control.messages(towerChannel).length > count || offered() !== undefined,
  )
  const button = offered()
  if (button === undefined || wordsFor(stage, user).length > before) return
  const [action] = (button.cards[0]?.actions ?? []) as readonly { readonly title: string }[]
  await control.press({ user, message: button.id, button: action?.title ?? '' })
  await control.remove(button.id)
}

/** Everything that was said to this person alone. */
const wordsFor = ({ teams: { control } }: TeamsStage, user: string): readonly string[] => [
  ...control.notes(user).map(({ text }) => text),
  ...control.messages(control.chatOf(user)).map(({ text, cards }) => `${text}\n${JSON.stringify(cards)}`),
]

async function waitFor(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 3_000
  while (!isSo() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5))
}

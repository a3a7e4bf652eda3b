import { commandNamed } from '../../src/core/desk/registry.ts'
import { type Stage, towerChannel } from './stage.ts'

type Args = Readonly<Record<string, string>>
export type Given = { readonly by: string; readonly command: string; readonly caseId: string; readonly args: Args }

/** `refused`: it was not done, and the person was told why. */
export type Answered = { readonly refused: boolean; readonly words: string }

/** A place from which staff give commands, used the way a person uses it. Teams is one more of these. */
export type Desk = { readonly name: string; readonly give: (given: Given) => Promise<Answered> }

export const apiDesk = ({ api }: Stage): Desk => ({
  name: 'api',
  give: async ({ by, command, caseId, args }) => {
    const isOnCase = commandNamed(command)?.about === 'case'
    const path = isOnCase ? `/cases/${caseId}/commands/${command}` : `/commands/${command}`
    const { status, body } = await api(path, { as: by, args })
    return { refused: status !== 200, words: body.answer ?? body.detail ?? '' }
  },
})

/** By the button or the menu of the card, else by the lightning menu, else typed; then the form, then its preview. */
export const slackDesk = (stage: Stage): Desk => ({
  name: 'slack',
  give: async ({ by, command, caseId, args }) => {
    const { slack, house } = stage
    const user = slackIdOf(stage, by)
    const before = wordsFor(stage, user).length
    await begin(stage, { user, command, caseId, args })
    await house.settle()
    const known = commandNamed(command)
    if (known?.form !== undefined && slack.control.modal(user) === undefined) await openForm(stage, user, before)
    for (let step = 0; step < 2 && slack.control.modal(user) !== undefined; step++) {
      const { outcome, errors } = await slack.control.submitView(user, {
        ...args,
        files_kept: args.files ?? '',
      })
      if (outcome === 'errors' || outcome === 'asked') {
        slack.control.closeView(user)
        return { refused: true, words: JSON.stringify(errors) }
      }
      await house.settle()
    }
    await waitFor(() => wordsFor(stage, user).length > before)
    const words = wordsFor(stage, user).slice(before).join('\n')
    return { refused: refusals.test(words), words }
  },
})

const refusals = /needs one of these roles|There is no case|not in the staff list|must (not be|be one|lie)|no such/

const slackIdOf = ({ house }: Stage, id: string): string =>
  house.directory.byId(id)?.methods.find(({ address }) => address.channel === 'slack')?.address.id ?? 'U0STRANGER'

type Asked = { readonly user: string; readonly command: string; readonly caseId: string; readonly args: Args }

async function begin({ slack }: Stage, { user, command, caseId, args }: Asked): Promise<void> {
  const { control } = slack
  const known = commandNamed(command)
  if (known?.shortcut === 'global') return void (await control.shortcut({ user, callbackId: command }))
  const first = known?.fields[0]
  const typed = known?.about === 'desk' ? [command, (first && args[first.name]) ?? ''] : [command, caseId]
  const card = known?.about === 'case' ? cardOf(slack, caseId) : undefined
  const place = { user, channel: towerChannel, ts: card?.ts ?? '' }
  const shown = JSON.stringify(card?.blocks ?? [])
  if (shown.includes(`"action_id":"${command}"`)) return void (await control.press({ ...place, actionId: command }))
  if (shown.includes(`"value":"${command} ${caseId}"`))
    return void (await control.press({ ...place, actionId: 'more', value: `${command} ${caseId}` }))
  await control.slashCommand({ user, channel: towerChannel, text: typed.join(' ').trim() })
}

const cardOf = ({ control }: Stage['slack'], caseId: string) =>
  control
    .messages(towerChannel)
    .find(({ metadata }) => (metadata as { event_payload?: { id?: string } })?.event_payload?.id === caseId)

/** A form is opened a moment after the press was acknowledged, or it is explained why not. */
async function openForm(stage: Stage, user: string, before: number): Promise<void> {
  await waitFor(() => stage.slack.control.modal(user) !== undefined || wordsFor(stage, user).length > before)
}

/** Everything that was said to this person alone. */
const wordsFor = ({ slack }: Stage, user: string): readonly string[] =>
  [...slack.control.ephemerals(user), ...slack.control.messages(slack.control.directMessageOf(user))]
    .toSorted((a, b) => Number(a.ts) - Number(b.ts))
    .map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`)

async function waitFor(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 3_000
  while (!isSo() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5))
}

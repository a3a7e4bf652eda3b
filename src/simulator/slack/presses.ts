import { isRecord, type Json, listOf, textOf } from './json.ts'
import { interaction, messageObject } from './payloads.ts'
import type { World } from './people.ts'
import type { Ephemeral, Message, Workspace } from './workspace.ts'

/** `value` names the button where several have the same id, or the chosen option of a menu. */
export type Press = {
  readonly user: string
  readonly channel: string
  readonly ts: string
  readonly actionId: string
  readonly value?: string
}

export type ChosenShortcut = {
  readonly user: string
  readonly callbackId: string
  /** The message in whose menu it was chosen; absent for the lightning menu. */
  readonly on?: { readonly channel: string; readonly ts: string }
}

/** A press on a message, or on what only this person sees there. */
export function pressPayload({ workspace, responses }: World, press: Press): Json {
  const shown = shownAt(workspace, press)
  const action = shown && actionIn(shown.blocks, press)
  if (shown === undefined || action === undefined) throw new Error(`no button ${press.actionId} on ${press.ts}`)
  const isEphemeral = 'user' in shown
  return {
    ...interaction(workspace, 'block_actions', press.user),
    container: { type: 'message', is_ephemeral: isEphemeral, channel_id: press.channel, message_ts: press.ts },
    channel: { id: press.channel, name: workspace.channels.get(press.channel)?.name ?? '' },
    ...(isEphemeral ? {} : { message: messageObject(shown) }),
    state: { values: {} },
    response_url: responses.create(press.channel, press.user, press.ts),
    actions: [{ ...action, action_ts: workspace.nextTs() }],
  }
}

const shownAt = (workspace: Workspace, { user, channel, ts }: Press): Message | Ephemeral | undefined =>
  workspace.find(channel, ts) ?? workspace.ephemerals.find((each) => each.user === user && each.ts === ts)

/** A press on the app's own page; it happens in no channel and has no answering URL. */
export function homePressPayload({ workspace }: World, press: Omit<Press, 'channel' | 'ts'>): Json {
  const view = workspace.homes.get(press.user)
  const action = view && actionIn(listOf(view, 'blocks').filter(isRecord), press)
  if (view === undefined || action === undefined) throw new Error(`no button ${press.actionId} on the home page`)
  return {
    ...interaction(workspace, 'block_actions', press.user),
    container: { type: 'view', view_id: 'V0HOME' },
    view: { ...view, id: 'V0HOME', hash: 'home', callback_id: '', private_metadata: '' },
    actions: [{ ...action, action_ts: workspace.nextTs() }],
  }
}

export function shortcutPayload({ workspace, responses }: World, { user, callbackId, on }: ChosenShortcut): Json {
  if (on === undefined)
    return {
      ...interaction(workspace, 'shortcut', user),
      callback_id: callbackId,
      action_ts: workspace.nextTs(),
    }
  const message = workspace.find(on.channel, on.ts)
  if (message === undefined) throw new Error(`no message ${on.ts} in ${on.channel}`)
  return {
    ...interaction(workspace, 'message_action', user),
    ...{ callback_id: callbackId, action_ts: workspace.nextTs(), message_ts: on.ts },
    channel: { id: on.channel, name: workspace.channels.get(on.channel)?.name ?? '' },
    message: messageObject(message),
    response_url: responses.create(on.channel, user, on.ts),
  }
}

type Wanted = Pick<Press, 'actionId' | 'value'>

function actionIn(blocks: readonly Json[], wanted: Wanted): Json | undefined {
  for (const block of blocks) {
    for (const element of [...listOf(block, 'elements'), block.accessory]) {
      const action = isRecord(element) ? actionOf(element, wanted) : undefined
      if (action !== undefined) return { ...action, block_id: block.block_id }
    }
  }
  return undefined
}

function actionOf(element: Json, { actionId, value }: Wanted): Json | undefined {
  if (element.action_id !== actionId) return undefined
  if (element.type === 'button') return value === undefined || element.value === value ? element : undefined
  if (element.type !== 'static_select') return undefined
  const chosen = listOf(element, 'options').find((option) => textOf(option, 'value') === value)
  if (chosen === undefined) return undefined
  return { type: 'static_select', action_id: actionId, placeholder: element.placeholder, selected_option: chosen }
}

import type { Attempt } from './delivery.ts'
import type { Json } from './json.ts'
import { app, type Person, type Workspace } from './workspace.ts'

export type PageMessage = {
  readonly ts: string
  readonly at: string
  readonly author: Person & { readonly isApp: boolean }
  readonly text: string
  readonly blocks: readonly Json[]
  readonly threadTs?: string
  readonly isEdited: boolean
}

/** The whole workspace as JSON for a page: what each channel shows, and what each person alone sees. */
export type SlackPage = {
  readonly people: readonly Person[]
  readonly channels: readonly {
    readonly id: string
    readonly name: string
    readonly isDirect: boolean
    readonly with?: string
    readonly messages: readonly PageMessage[]
  }[]
  /** The visible modal of each person who has one open. */
  readonly modals: Readonly<Record<string, { readonly id: string; readonly view: Json; readonly errors: Json }>>
  readonly ephemerals: readonly (Omit<PageMessage, 'author' | 'isEdited' | 'at'> & {
    readonly channel: string
    readonly user: string
  })[]
  readonly homes: Readonly<Record<string, Json>>
  readonly transport: { readonly mode: 'http' | 'socket'; readonly sockets: number }
  readonly deliveries: readonly Attempt[]
}

export type Transport = SlackPage['transport']

export function pageOf(workspace: Workspace, transport: Transport, log: readonly Attempt[]): SlackPage {
  const modals = [...workspace.modals].flatMap(([user, stack]) => {
    const top = stack.at(-1)
    return top === undefined ? [] : [[user, { id: top.id, view: top.view, errors: top.errors }] as const]
  })
  return {
    people: [...workspace.people.values()],
    channels: [...workspace.channels.values()].map((channel) => ({
      id: channel.id,
      name: channel.name,
      isDirect: channel.with !== undefined,
      ...(channel.with === undefined ? {} : { with: channel.with }),
      messages: messagesOf(workspace, channel.id),
    })),
    modals: Object.fromEntries(modals),
    ephemerals: workspace.ephemerals,
    homes: Object.fromEntries(workspace.homes),
    transport,
    deliveries: log.slice(-100),
  }
}

function messagesOf(workspace: Workspace, channel: string): readonly PageMessage[] {
  const messages = workspace.messages.filter((message) => message.channel === channel)
  return messages.map(({ ts, author, text, blocks, threadTs, isEdited }) => ({
    ts,
    at: new Date(Number(ts) * 1000).toISOString(),
    author: { id: author, name: nameOf(workspace, author), isApp: author === app.userId },
    text,
    blocks,
    ...(threadTs === undefined ? {} : { threadTs }),
    isEdited,
  }))
}

function nameOf(workspace: Workspace, id: string): string {
  return id === app.userId ? app.name : (workspace.people.get(id)?.name ?? id)
}

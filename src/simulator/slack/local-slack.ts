import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Delivery } from './delivery.ts'
import { webApiMethods } from './methods.ts'
import { pageOf, type SlackPage } from './page.ts'
import { eventPayload, messageEvent } from './payloads.ts'
import { editPayload, people } from './people.ts'
import { ResponseUrls } from './response-urls.ts'
import { Sockets } from './socket.ts'
import { type ApiTrouble, type DeliveryTrouble, type Scope, Troubles } from './trouble.ts'
import { serveWebApi } from './web-api.ts'
import { type Channel, type Ephemeral, type Message, type OpenView, type Person, Workspace } from './workspace.ts'

export type LocalSlackOptions = {
  readonly signingSecret: string
  readonly botToken: string
  readonly appToken: string
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Where the app takes HTTP calls; without it everything goes by Socket Mode. Can be set later. */
  readonly requestUrl?: string
  readonly people?: readonly Person[]
  readonly channels?: readonly Channel[]
  /** What the app was granted; by default all it needs. */
  readonly scopes?: readonly string[]
  readonly ackWithinMs?: number
  readonly retryDelaysMs?: readonly number[]
  /** Slack reports the app's own messages back to it, as events; switch off to read a test's events more easily. */
  readonly echoesOwnMessages?: boolean
  readonly clock?: () => Date
}

export type LocalSlack = { readonly apiUrl: string; readonly control: SlackControl; close(): Promise<void> }

/** Everything a page or a test can see and do. */
export type SlackControl = ReturnType<typeof people> & {
  readonly setRequestUrl: (url: string | undefined) => void
  readonly addPerson: (person: Person) => void
  readonly addChannel: (channel: Channel) => void
  readonly messages: (channel: string) => readonly Message[]
  readonly ephemerals: (user: string) => readonly Ephemeral[]
  readonly modal: (user: string) => OpenView | undefined
  readonly directMessageOf: (user: string) => string
  /** Trouble with the Web API; `undefined` ends it. */
  readonly apiTrouble: (trouble: ApiTrouble | undefined, scope?: Scope) => void
  /** Trouble with what Slack delivers; `scope.methods` may name `events_api`, `interactive`, `slash_commands`. */
  readonly deliveryTrouble: (trouble: DeliveryTrouble | undefined, scope?: Scope) => void
  /** The trouble that is on, with the Web API or with deliveries, and for how many more occasions. */
  readonly standingTrouble: () => readonly { readonly kind: string; readonly left: number }[]
  /** Nobody listens any more, until `up`. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
  readonly isUp: () => boolean
  readonly cutSockets: () => void
  readonly refreshSockets: () => void
  readonly sockets: () => { readonly open: number; readonly sinceStart: number }
  readonly onChange: (listener: () => void) => () => void
  readonly page: () => SlackPage
}

const allScopes =
  'chat:write,commands,app_mentions:read,channels:history,groups:history,im:history,im:write,users:read,files:read,files:write'

/** A small Slack on this machine: Web API, events, interactivity and Socket Mode, with people to play and trouble to make. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const workspace = new Workspace(options.clock ?? (() => new Date()))
  for (const person of options.people ?? []) workspace.people.set(person.id, person)
  for (const channel of options.channels ?? []) workspace.channels.set(channel.id, { ...channel })
  const apiTroubles = new Troubles<ApiTrouble>()
  const deliveryTroubles = new Troubles<DeliveryTrouble>()
  const server = createServer((request, response) => {
    serveWebApi(webApi, request, response).catch(() => response.destroy())
  })
  const sockets = new Sockets(server, () => workspace.changed())
  const delivery = createDelivery(options, { workspace, sockets, troubles: deliveryTroubles })
  const responses = new ResponseUrls(workspace, () => `http://127.0.0.1:${listening.port}`)
  const webApi = {
    workspace,
    methods: webApiMethods(workspace, echoOf(workspace, delivery, options.echoesOwnMessages ?? true)),
    botToken: options.botToken,
    appToken: options.appToken,
    scopes: options.scopes ?? allScopes.split(','),
    troubles: apiTroubles,
    socketUrl: () => `ws://127.0.0.1:${listening.port}/link`,
    respond: (id: string, answer: Readonly<Record<string, unknown>>) => responses.take(id, answer),
  }
  const listening = await listen(server, options.port ?? 0)
  workspace.origin = `http://127.0.0.1:${listening.port}`
  const parts: Parts = { workspace, delivery, responses, sockets, server, port: listening.port }
  return {
    apiUrl: `http://127.0.0.1:${listening.port}/api/`,
    control: { ...people(parts), ...looking(parts), ...troubling(parts, apiTroubles, deliveryTroubles) },
    close: async () => {
      delivery.close()
      sockets.close()
      await stopListening(server)
    },
  }
}

type Parts = {
  readonly workspace: Workspace
  readonly delivery: Delivery
  readonly responses: ResponseUrls
  readonly sockets: Sockets
  readonly server: Server
  readonly port: number
}

type DeliveryParts = Pick<Parts, 'workspace' | 'sockets'> & { readonly troubles: Troubles<DeliveryTrouble> }

function createDelivery(options: LocalSlackOptions, { workspace, sockets, troubles }: DeliveryParts): Delivery {
  const waits = {
    ackWithinMs: options.ackWithinMs ?? 3_000,
    retryDelaysMs: options.retryDelaysMs ?? [100, 60_000, 300_000],
  }
  const onChange = (): void => workspace.changed()
  const { signingSecret } = options
  return new Delivery({ signingSecret, sockets, troubles, onChange, ...waits }, options.requestUrl)
}

function echoOf(workspace: Workspace, delivery: Delivery, isOn: boolean) {
  const report = (payload: unknown): void => {
    if (isOn) delivery.deliver('events_api', payload).catch(() => {})
  }
  return {
    posted: (message: Message) => report(eventPayload(messageEvent(workspace, message), workspace.now())),
    edited: (message: Message, before: string) => report(editPayload(workspace, message, before)),
  }
}

function looking({ workspace, delivery, sockets }: Parts) {
  const transport = () => {
    const mode = delivery.requestUrl === undefined ? ('socket' as const) : ('http' as const)
    return { mode, sockets: sockets.count }
  }
  return {
    setRequestUrl: (url: string | undefined): void => {
      delivery.requestUrl = url
    },
    addPerson: (person: Person): void => {
      workspace.people.set(person.id, person)
      workspace.changed()
    },
    addChannel: (channel: Channel): void => {
      workspace.channels.set(channel.id, { ...channel })
      workspace.changed()
    },
    messages: (channel: string) => workspace.messages.filter((message) => message.channel === channel),
    ephemerals: (user: string) => workspace.ephemerals.filter((each) => each.user === user),
    modal: (user: string) => workspace.modals.get(user)?.at(-1),
    directMessageOf: (user: string) => workspace.directMessage(user).id,
    onChange: (listener: () => void) => workspace.onChange(listener),
    page: () => pageOf(workspace, transport(), delivery.log),
  }
}

function troubling(parts: Parts, api: Troubles<ApiTrouble>, delivery: Troubles<DeliveryTrouble>) {
  const { server, sockets, port } = parts
  return {
    apiTrouble: (trouble: ApiTrouble | undefined, scope?: Scope): void => api.set(trouble, scope),
    deliveryTrouble: (trouble: DeliveryTrouble | undefined, scope?: Scope): void => delivery.set(trouble, scope),
    standingTrouble: () =>
      [api, delivery].flatMap(({ current, left }) => (current === undefined ? [] : [{ kind: current.kind, left }])),
    down: async () => {
      sockets.cut()
      await stopListening(server)
    },
    up: async () => {
      await listen(server, port)
    },
    isUp: () => server.listening,
    cutSockets: () => sockets.cut(),
    refreshSockets: () => sockets.refresh(),
    sockets: () => ({ open: sockets.count, sinceStart: sockets.connections }),
  }
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

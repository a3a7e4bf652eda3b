import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Scope, Troubles } from '../slack/trouble.ts'
import { type Answer, type ConnectorOptions, connectorAnswer, sendAnswer } from './connector.ts'
import { Delivery } from './delivery.ts'
import { pageOf, type TeamsPage } from './page.ts'
import { people, type World } from './people.ts'
import { createSignIn, type SignIn, type Signing } from './sign-in.ts'
import { chatOf, type Dialog, type Message, type Note, type Person, type TeamsChannel, Tenant } from './tenant.ts'
import type { ConnectorTrouble, DeliveryTrouble } from './trouble.ts'

export type LocalTeamsOptions = {
  readonly appId: string
  readonly appPassword: string
  readonly tenantId: string
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Where the app takes activities. Can be set later. */
  readonly endpoint?: string
  readonly people?: readonly Person[]
  readonly channels?: readonly TeamsChannel[]
  readonly answerWithinMs?: number
  readonly retryDelaysMs?: readonly number[]
  readonly clock?: () => Date
}

export type LocalTeams = {
  readonly openIdUrl: string
  readonly loginUrl: string
  readonly serviceUrl: string
  readonly control: TeamsControl
  close(): Promise<void>
}

/** Everything a page or a test can see and do. */
export type TeamsControl = ReturnType<typeof people> & {
  readonly setEndpoint: (url: string | undefined) => void
  /** Messages of a channel or of a person's chat with the app, oldest first. */
  readonly messages: (place: string) => readonly Message[]
  readonly chatOf: (person: string) => string
  readonly notes: (person: string) => readonly Note[]
  readonly dialog: (person: string) => Dialog | undefined
  /** This person has not added the app, or has blocked it. */
  readonly uninstall: (person: string) => void
  readonly block: (person: string) => void
  /** The `Authorization` of an activity, rightly or wrongly signed. */
  readonly authorization: (how?: Signing) => Promise<string>
  /** Trouble with the connector; `undefined` ends it. */
  readonly connectorTrouble: (trouble: ConnectorTrouble | undefined, scope?: Scope) => void
  readonly deliveryTrouble: (trouble: DeliveryTrouble | undefined, scope?: Scope) => void
  readonly standingTrouble: () => readonly { readonly kind: string; readonly left: number }[]
  /** Every call of the connector, in order, for tests that count. */
  readonly calls: () => readonly string[]
  /** Nobody listens any more, until `up`. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
  readonly isUp: () => boolean
  readonly onChange: (listener: () => void) => () => void
  readonly page: () => TeamsPage
}

/** A small Teams on this machine: sign-in, keys, connector and messages, with people to play and trouble to make. */
export async function startLocalTeams(options: LocalTeamsOptions): Promise<LocalTeams> {
  const tenant = new Tenant(options.tenantId, options.clock ?? (() => new Date()))
  for (const person of options.people ?? []) tenant.people.set(person.id, person)
  for (const channel of options.channels ?? []) tenant.channels.set(channel.id, channel)
  const troubles = { connector: new Troubles<ConnectorTrouble>(), delivery: new Troubles<DeliveryTrouble>() }
  const { appId, appPassword, tenantId } = options
  let port = 0
  const base = () => `http://127.0.0.1:${port}`
  const signIn = await createSignIn({ appId, appPassword, tenantId, base })
  const calls: string[] = []
  const connector: ConnectorOptions = { tenant, signIn, appId, troubles: troubles.connector }
  const server = createServer((request, response) => {
    serve({ signIn, connector, calls }, request, response).catch(() => response.destroy())
  })
  port = (await listen(server, options.port ?? 0)).port
  const delivery = createDelivery(options, { tenant, signIn, troubles: troubles.delivery })
  const world: World = { tenant, delivery, appId, serviceUrl: () => `${base()}/` }
  return {
    openIdUrl: `${base()}${signIn.openIdPath}`,
    loginUrl: base(),
    serviceUrl: `${base()}/`,
    control: {
      ...people(world),
      ...looking(world, { signIn, calls }),
      ...troubling({ server, port, ...troubles }),
    },
    close: async () => {
      delivery.close()
      await stopListening(server)
    },
  }
}

type DeliveryParts = { readonly tenant: Tenant; readonly signIn: SignIn; readonly troubles: Troubles<DeliveryTrouble> }

function createDelivery(options: LocalTeamsOptions, { tenant, signIn, troubles }: DeliveryParts): Delivery {
  const { answerWithinMs = 15_000, retryDelaysMs = [1_000, 10_000, 60_000], endpoint } = options
  const onChange = () => tenant.changed()
  return new Delivery({ signIn, troubles, answerWithinMs, retryDelaysMs, onChange }, endpoint)
}

type Parts = { readonly signIn: SignIn; readonly connector: ConnectorOptions; readonly calls: string[] }

async function serve({ signIn, connector, calls }: Parts, request: IncomingMessage, response: ServerResponse) {
  const text = await bodyOf(request)
  const path = (request.url ?? '').split('?')[0] ?? ''
  const [, first = ''] = path.split('/')
  if (path === signIn.openIdPath) return sendAnswer(response, ok(signIn.openId()))
  if (path === '/keys') return sendAnswer(response, ok(signIn.keys()))
  if (path.endsWith('/oauth2/v2.0/token')) return sendAnswer(response, signIn.token(first, new URLSearchParams(text)))
  if (path.startsWith('/files/')) {
    const file = connector.tenant.files.get(decodeURIComponent(path.slice('/files/'.length)))
    response.writeHead(200, { 'content-type': file?.contentType ?? 'text/plain' })
    return void response.end(file?.bytes ?? 'a file')
  }
  if (first !== 'v3') return sendAnswer(response, { status: 404, body: { error: { code: 'NotFound', message: path } } })
  calls.push(`${request.method} ${decodeURIComponent(path)}`)
  if (calls.length > mostCalls) calls.shift()
  const answer = await connectorAnswer(connector, request, text)
  if (answer !== undefined) sendAnswer(response, answer)
}

const mostCalls = 1_000
const ok = (body: object): Answer => ({ status: 200, body })

function looking({ tenant, delivery }: World, { signIn, calls }: { signIn: SignIn; calls: readonly string[] }) {
  const mark = (set: Set<string>) => (person: string) => {
    set.add(person)
    tenant.changed()
  }
  return {
    setEndpoint: (url: string | undefined): void => {
      delivery.endpoint = url
    },
    messages: (place: string) => tenant.messages.filter((message) => message.place === place && !message.isDeleted),
    chatOf,
    notes: (person: string) => tenant.notes.filter(({ user }) => user === person),
    dialog: (person: string) => tenant.dialogs.get(person),
    uninstall: mark(tenant.without),
    block: mark(tenant.blockedBy),
    authorization: (how?: Signing) => signIn.authorization(how),
    calls: () => calls,
    onChange: (listener: () => void) => tenant.onChange(listener),
    page: () => pageOf(tenant, delivery.log),
  }
}

type TroubleParts = {
  readonly server: Server
  readonly port: number
  readonly connector: Troubles<ConnectorTrouble>
  readonly delivery: Troubles<DeliveryTrouble>
}

function troubling({ server, port, connector, delivery }: TroubleParts) {
  return {
    connectorTrouble: (trouble: ConnectorTrouble | undefined, scope?: Scope): void => connector.set(trouble, scope),
    deliveryTrouble: (trouble: DeliveryTrouble | undefined, scope?: Scope): void => delivery.set(trouble, scope),
    standingTrouble: () =>
      [connector, delivery].flatMap(({ current, left }) =>
        current === undefined ? [] : [{ kind: current.kind, left }],
      ),
    down: () => stopListening(server),
    up: async () => {
      await listen(server, port)
    },
    isUp: () => server.listening,
  }
}

const mostBytes = 1_048_576

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= mostBytes) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
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

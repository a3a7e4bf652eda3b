import { randomBytes } from 'node:crypto'
import { isRecord, type Json } from './json.ts'

export type Person = { readonly id: string; readonly name: string }
export type Channel = {
  readonly id: string
  readonly name: string
  /** The person on the other side of a direct message. */
  readonly with?: string
  isArchived?: boolean
  /** The app was not invited. */
  isForeign?: boolean
}
export type Message = {
  readonly ts: string
  readonly channel: string
  readonly author: string
  readonly threadTs?: string
  text: string
  blocks: readonly Json[]
  metadata?: Json
  isEdited: boolean
  readonly fileNames?: readonly string[]
  /** Files that are really there, by id. */
  readonly fileIds?: readonly string[]
}
export type SharedFile = {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}
export type Ephemeral = {
  readonly ts: string
  readonly channel: string
  readonly user: string
  readonly threadTs?: string
  readonly text: string
  readonly blocks: readonly Json[]
}
export type OpenView = {
  readonly id: string
  readonly user: string
  readonly rootId: string
  readonly previousId?: string
  hash: string
  view: Json
  errors: Readonly<Record<string, string>>
}

export const team = { id: 'T0GATEHOUSE', domain: 'gatehouse-demo', name: 'Gatehouse demo' } as const
export const app = { id: 'A0GATEHOUSE', botId: 'B0GATEHOUSE', userId: 'U0GATEHOUSE', name: 'Gatehouse' } as const

/** Everything a small Slack workspace remembers, in memory. Whoever changes it calls `changed`. */
export class Workspace {
  readonly people = new Map<string, Person>()
  readonly channels = new Map<string, Channel>()
  readonly messages: Message[] = []
  readonly ephemerals: Ephemeral[] = []
  /** Modals per person, the visible one last. */
  readonly modals = new Map<string, OpenView[]>()
  readonly homes = new Map<string, Json>()
  readonly files = new Map<string, SharedFile>()
  /** Uploads that were announced and have not arrived. */
  readonly uploads = new Map<string, { readonly name: string; readonly length: number }>()
  /** Where this workspace's files are fetched. */
  origin = 'https://files.slack.com'
  readonly triggers = new Map<string, { readonly user: string; readonly at: number }>()
  readonly #clock: () => Date
  readonly #listeners = new Set<() => void>()
  #lastTs = 0

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  now(): Date {
    return this.#clock()
  }

  /** Message times are ids: never the same twice, always growing. */
  nextTs(): string {
    this.#lastTs = Math.max(this.#clock().getTime() * 1000, this.#lastTs + 1)
    const micros = String(this.#lastTs)
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`
  }

  addFile(file: Omit<SharedFile, 'id'>): SharedFile {
    const id = `F0${randomBytes(5).toString('hex').toUpperCase()}`
    const kept = { ...file, id }
    this.files.set(id, kept)
    return kept
  }

  find(channel: string, ts: string): Message | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts)
  }

  /** The direct message between the app and a person; it exists from the first time somebody needs it. */
  directMessage(user: string): Channel {
    const known = [...this.channels.values()].find((channel) => channel.with === user)
    if (known !== undefined) return known
    const channel = { id: `D${user.slice(1)}`, name: this.people.get(user)?.name ?? user, with: user }
    this.channels.set(channel.id, channel)
    return channel
  }

  /** A one-time permission to open a modal, as every interaction carries. */
  newTrigger(user: string): string {
    const id = `${this.nextTs()}.${team.id}.${randomBytes(6).toString('hex')}`
    this.triggers.set(id, { user, at: Date.now() })
    return id
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Slack gives every block an id when the app did not. */
export function withBlockIds(blocks: readonly unknown[]): readonly Json[] {
  return blocks.filter(isRecord).map((block) => ({ block_id: randomBytes(3).toString('hex'), ...block }))
}

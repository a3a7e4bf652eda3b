import type { Json } from '../slack/json.ts'

/** A person by their Entra object id. */
export type Person = { readonly id: string; readonly name: string }
export type TeamsChannel = { readonly id: string; readonly name: string }
export type Message = {
  /** A number that grows, as Teams' ids do; unique in the whole tenant here. */
  readonly id: string
  /** The channel or the chat, without the thread. */
  readonly place: string
  readonly author: string
  readonly at: Date
  /** The message of a channel under which this one stands. */
  readonly threadOf?: string
  text: string
  cards: readonly Json[]
  /** Pictures and files in it, by name. */
  files?: readonly string[]
  isEdited: boolean
  isDeleted: boolean
}
/** What one person alone was told: the answer to a press. */
export type Note = { readonly user: string; readonly at: Date; readonly text: string; readonly place: string }
/** The dialog that a person has open, and the message whose button opened it. */
export type Dialog = {
  readonly user: string
  readonly title: string
  readonly card: Json
  readonly from: Message
  readonly byExtension: boolean
}

export type SharedFile = {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}

export const bot = { name: 'Gatehouse' } as const

/** Everything a small Teams tenant remembers, in memory. Whoever changes it calls `changed`. */
export class Tenant {
  readonly people = new Map<string, Person>()
  readonly channels = new Map<string, TeamsChannel>()
  readonly messages: Message[] = []
  readonly notes: Note[] = []
  readonly dialogs = new Map<string, Dialog>()
  readonly files = new Map<string, SharedFile>()
  /** People who have not added the app for themselves, and those who have blocked it. */
  readonly without = new Set<string>()
  readonly blockedBy = new Set<string>()
  readonly id: string
  readonly #clock: () => Date
  readonly #listeners = new Set<() => void>()
  #lastId = 0

  constructor(id: string, clock: () => Date) {
    this.id = id
    this.#clock = clock
  }

  now(): Date {
    return this.#clock()
  }

  nextId(): string {
    this.#lastId = Math.max(this.#clock().getTime(), this.#lastId + 1)
    return String(this.#lastId)
  }

  find(id: string): Message | undefined {
    return this.messages.find((message) => message.id === id)
  }

  addFile(file: Omit<SharedFile, 'id'>): string {
    const id = `file-${this.nextId()}`
    this.files.set(id, { ...file, id })
    return id
  }

  add(message: Pick<Message, 'place' | 'author' | 'text'> & Partial<Message>): Message {
    const full = { id: this.nextId(), at: this.now(), cards: [], isEdited: false, isDeleted: false, ...message }
    this.messages.push(full)
    this.changed()
    return full
  }

  note(note: Omit<Note, 'at'>): void {
    this.notes.push({ ...note, at: this.now() })
    this.changed()
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** The chat between the app and a person; Teams gives the same one every time. */
export const chatOf = (person: string): string => `a:chat-${person}`
export const personIn = (place: string): string | undefined => /^a:chat-(.+)$/.exec(place)?.[1]

/** The conversation that an activity in this place names: a thread of a channel, or the place itself. */
export const conversationOf = ({ place, threadOf, id }: Pick<Message, 'place' | 'threadOf' | 'id'>): string =>
  place.startsWith('19:') ? `${place};messageid=${threadOf ?? id}` : place

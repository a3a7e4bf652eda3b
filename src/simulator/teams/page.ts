import type { Json } from '../slack/json.ts'
import type { Attempt } from './delivery.ts'
import { bot, chatOf, type Message, type Note, type Person, type Tenant } from './tenant.ts'

export type TeamsPageMessage = {
  readonly id: string
  readonly at: string
  readonly author: Person & { readonly isApp: boolean }
  readonly text: string
  readonly cards: readonly Json[]
  readonly files?: readonly string[]
  readonly threadOf?: string
  readonly isEdited: boolean
}

/** The whole tenant as JSON for a page: what each channel and chat shows, and what each person alone sees. */
export type TeamsPage = {
  readonly people: readonly Person[]
  readonly places: readonly {
    readonly id: string
    readonly name: string
    readonly with?: string
    readonly messages: readonly TeamsPageMessage[]
  }[]
  readonly dialogs: Readonly<Record<string, { readonly title: string; readonly card: Json; readonly key: string }>>
  readonly notes: readonly (Omit<Note, 'at'> & { readonly at: string })[]
  readonly deliveries: readonly Attempt[]
}

const mostMessages = 300
const mostNotes = 50

export function pageOf(tenant: Tenant, log: readonly Attempt[]): TeamsPage {
  const channels = [...tenant.channels.values()].map(({ id, name }) => ({ id, name }))
  const chats = [...tenant.people.values()].map(({ id }) => ({ id: chatOf(id), name: bot.name, with: id }))
  return {
    people: [...tenant.people.values()],
    places: [...channels, ...chats].map((place) => ({ ...place, messages: messagesOf(tenant, place.id) })),
    dialogs: Object.fromEntries(
      [...tenant.dialogs.values()].map(({ user, title, card }) => [
        user,
        { title, card, key: JSON.stringify(card).length + title },
      ]),
    ),
    notes: tenant.notes.slice(-mostNotes).map((note) => ({ ...note, at: note.at.toISOString() })),
    deliveries: log.slice(-100),
  }
}

function messagesOf(tenant: Tenant, place: string): readonly TeamsPageMessage[] {
  const messages = tenant.messages.filter((message) => message.place === place && !message.isDeleted)
  return messages.slice(-mostMessages).map((message) => shown(tenant, message))
}

function shown({ people }: Tenant, message: Message): TeamsPageMessage {
  const { id, at, author, text, cards, files, threadOf, isEdited } = message
  const person = people.get(author)
  return {
    ...{ id, at: at.toISOString(), text, cards, isEdited },
    author: person === undefined ? { id: author, name: bot.name, isApp: true } : { ...person, isApp: false },
    ...(files !== undefined && { files }),
    ...(threadOf !== undefined && { threadOf }),
  }
}

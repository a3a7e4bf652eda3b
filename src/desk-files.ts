import { say } from './bot/phrases.ts'
import { carriagesFor, carriageWords } from './core/attachments/carriage.ts'
import { fileLink } from './core/attachments/link.ts'
import { offeredTo } from './core/attachments/outgoing.ts'
import type { DeskDeps } from './core/desk/desk-deps.ts'
import type { FileRef } from './core/message.ts'
import type { EncloseDeps } from './core/outbox/enclose.ts'
import type { HouseParts } from './house.ts'

const dayMs = 86_400_000
const mostOffered = 20
/** A provider fetches what it was told of within minutes, or hours where it queues. */
const providerMs = 2 * dayMs
/** A link with its name and the words around it, at its longest. */
const linkLength = 260
const wordsAround = 120
/** An id, an end and a signature. */
const secretLength = 97

/** The files of staff, from where they were sent to the answer they go with. */
export function deskFiles(parts: HouseParts, onWanted: () => void): DeskDeps['files'] {
  const { attachments } = parts.stores
  return {
    about: attachments.about,
    put: attachments.put,
    used: attachments.used,
    want: async (rows, at) => {
      if (rows.length === 0) return
      await attachments.want(rows, at)
      onWanted()
    },
    offered: async (person, caseId, at) => {
      const since = new Date(at.getTime() - dayMs)
      const places = [offeredTo.case(caseId), offeredTo.person(person)]
      const found = await Promise.all(places.map((to) => attachments.offered(to, since, mostOffered)))
      return found
        .flat()
        .filter(({ state }) => state !== 'missed')
        .slice(0, mostOffered)
    },
    on: ({ customer, via, language }, files) => {
      const limits = parts.channels.flatMap((channel) => channel.limits[customer.channel] ?? [])[0]
      const ways = carriagesFor(files, limits, { to: customer, from: via })
      const asLinks = files.filter((_file, i) => ways[i]?.way === 'link')
      const link = (secret: string) => (file: FileRef) => {
        const address = `${parts.config.environment.publicUrl}/files/${secret}`
        return say(parts.config.phrases, 'file-link', language, { name: file.name, link: address })
      }
      return {
        words: files.map((file, i) => carriageWords(file, ways[i] ?? { way: 'link', because: '' })),
        links: asLinks.map(link('...')),
        sized: asLinks.map(link('x'.repeat(secretLength))),
        room: (limits?.maxTextLength ?? 1_600) - wordsAround - asLinks.length * linkLength,
      }
    },
  }
}

/** What the outbox needs to send them. */
export function enclosing({ stores, config, linkKey, clock }: HouseParts): EncloseDeps {
  const linkTo = ({ id }: FileRef, opensFor: 'customer' | 'provider', since: Date) => {
    const path = fileLink(id, linkKey, since, ...(opensFor === 'provider' ? [providerMs] : []))
    return `${config.environment.publicUrl}${path}`
  }
  return {
    ...{ files: stores.attachments, clock, linkTo },
    linkWords: ({ name }, link, language) => say(config.phrases, 'file-link', language, { name, link }),
  }
}

import { randomUUID } from 'node:crypto'
import { say } from './bot/phrases.ts'
import { routeWords } from './core/desk/card.ts'
import type { DeskDeps } from './core/desk/desk-deps.ts'
import type { LiveDuty } from './core/duty/live-duty.ts'
import type { ContactMethod, StaffMember } from './core/duty/staff.ts'
import { codeHash, codeQuietMs, codeValidMs, isRightCode, newCode } from './core/duty/verified.ts'
import type { HouseParts } from './house.ts'

const keyFor = ({ id }: StaffMember, { address }: ContactMethod): string => `${id} ${address.channel} ${address.id}`

/** Sends codes to addresses of staff, and records those that were typed back. */
export function deskContacts(parts: HouseParts, live: LiveDuty, onQueued: () => void): DeskDeps['contacts'] {
  const { codes, outbox, dutyChanges } = parts.stores
  return {
    nameOf: ({ address }) => routeWords(address),
    sendCode: async (by, method, at) => {
      const { address: to } = method
      if (parts.channels.every(({ limits }) => limits[to.channel] === undefined)) return false
      const key = keyFor(by, method)
      const sent = await codes.find(key)
      const isFresh = sent !== undefined && at.getTime() - sent.sentAt.getTime() < codeQuietMs
      if (isFresh && sent.usedAt === undefined) return true
      const code = newCode()
      const until = new Date(at.getTime() + codeValidMs)
      const text = say(parts.config.phrases, 'contact-code', by.preferredLanguage, { code })
      // Ids stand in the log, where addresses must not.
      const id = `code:${randomUUID()}`
      const message = { id, audience: 'staff', to, text, conversation: `code:${to.channel}:${to.id}` } as const
      await outbox.add([{ message, purpose: { type: 'notice', occasion: 'contact-code' }, urgent: true }], at)
      // After it waits in the outbox: cut off before, asking again must not find a code that nobody was sent.
      await codes.put(key, { person: by.id, hash: codeHash(key, code), sentAt: at, until, attempts: 0 })
      onQueued()
      return true
    },
    confirm: async (by, { id, code, at }) => {
      const sent = await Promise.all(by.methods.map((method) => codes.attempt(keyFor(by, method))))
      const index = by.methods.findIndex((method, i) => isRightCode(keyFor(by, method), code, sent[i], at))
      const right = by.methods[index]
      if (right === undefined) return undefined
      if (sent[index]?.usedAt === undefined) {
        const { channel, id: address } = right.address
        await dutyChanges.confirm({ id, person: by.id, channel, address, at })
        await codes.used(keyFor(by, right), at)
      }
      await live.fresh(0)
      return right
    },
  }
}

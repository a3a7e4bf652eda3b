import type { InboundMessage } from '../message.ts'

/** How a customer can be reached beside the conversation itself. Both may be absent: WhatsApp no longer promises a number. */
export type Contact = { readonly name?: string; readonly phone?: string; readonly email?: string }

const phone = /^\+[1-9]\d{6,14}$/
const mailbox = /^[^\s@]+@[^\s@]+$/

/** What a first message tells of its sender. The name is what they show on that channel: a courtesy, never an identity. */
export function contactOf({ from, profileName }: Pick<InboundMessage, 'from' | 'profileName'>): Contact {
  return {
    ...(profileName !== undefined && { name: profileName }),
    ...(phone.test(from.id) && { phone: from.id }),
    ...(mailbox.test(from.id) && { email: from.id }),
  }
}

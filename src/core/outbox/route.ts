import type { ChannelLimits } from '../channel.ts'
import type { Address, Language, OutboundMessage, Template } from '../message.ts'

export type RouteFacts = {
  readonly now: Date
  readonly limits: ChannelLimits
  /** When this conversation was last heard from, by the provider's clock. */
  readonly heardAt: Date | undefined
  /** The provider-approved text for this language, where one is configured. */
  readonly template: string | undefined
  readonly language: Language
}

/** A reply written in the last minutes of the window may arrive after it. */
const windowMarginSeconds = 300
const maxTemplateText = 1024

export type Route =
  | { readonly way: 'text' }
  | { readonly way: 'template'; readonly template: Template }
  | { readonly way: 'other'; readonly reason: string }

/** Free text inside the provider's reply window; outside it only an approved template, else another way. */
export function routeOf(message: OutboundMessage, { now, limits, heardAt, template, language }: RouteFacts): Route {
  if (message.audience === 'staff' && heardAt === undefined && limits.replyWindowSeconds === Number.POSITIVE_INFINITY)
    return { way: 'text' }
  const ageSeconds = heardAt === undefined ? Number.POSITIVE_INFINITY : (now.getTime() - heardAt.getTime()) / 1000
  if (
    limits.replyWindowSeconds === Number.POSITIVE_INFINITY ||
    ageSeconds < limits.replyWindowSeconds - windowMarginSeconds
  )
    return { way: 'text' }
  if (template === undefined) return { way: 'other', reason: 'the reply window is over and no template is set' }
  if (message.text.length > maxTemplateText)
    return { way: 'other', reason: 'the reply window is over and the text is too long for a template' }
  return { way: 'template', template: { name: template, language, variables: [message.caseId ?? '', message.text] } }
}

/** The same person by SMS: a WhatsApp address is a phone number, unless its user has none. */
export function smsInstead(to: Address): Address | undefined {
  return to.channel === 'whatsapp' && /^\+\d{7,15}$/.test(to.id) ? { channel: 'sms', id: to.id } : undefined
}

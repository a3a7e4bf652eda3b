import { carryByMms, carryByWhatsApp } from '../../src/channels/twilio/media-out.ts'
import type { Channel, ChannelLimits, FindResult, RawEvent, Reading, SendResult } from '../../src/core/channel.ts'
import type { Address, CardView, OutboundMessage } from '../../src/core/message.ts'

/** What the provider does with the next message: `stopped` knows of a STOP; `lost` and `silent` never answer; only `silent` delivers. */
export type Fate = 'sent' | 'busy' | 'refused' | 'stopped' | 'lost' | 'silent'

/** A message that reached a phone, a person or a desk, and which no test has expected yet. */
export type Arrived = { readonly message: OutboundMessage; readonly providerId: string; readonly at: Date }

const limitsOf: Readonly<Record<string, ChannelLimits>> = {
  sms: {
    maxTextLength: 1600,
    buttons: 0,
    reportsDelivery: true,
    replyWindowSeconds: Infinity,
    optOut: true,
    carry: carryByMms,
  },
  whatsapp: {
    maxTextLength: 1600,
    buttons: 3,
    reportsDelivery: true,
    replyWindowSeconds: 86_400,
    optOut: true,
    carry: carryByWhatsApp,
  },
  teams: { maxTextLength: 20_000, buttons: 5, reportsDelivery: false, replyWindowSeconds: Infinity, optOut: false },
  slack: { maxTextLength: 4000, buttons: 5, reportsDelivery: false, replyWindowSeconds: Infinity, optOut: false },
}

type Stored = { readonly reading: Reading }

/**
 * A provider that does as the script says and remembers everything that arrived. Whoever ends a test looks at
 * `unexpected()`: a message nobody asked for is a failure, as in GoAlert's smoke tests.
 */
export class ScriptedChannel implements Channel {
  readonly routes = []
  readonly limits: Readonly<Record<string, ChannelLimits>>
  readonly whispers: { readonly to: Address; readonly text: string }[] = []
  readonly cards = new Map<string, CardView>()
  /** Everything that ever arrived, in order. */
  readonly arrived: Arrived[] = []
  /** Every attempt to send, by our message id. */
  readonly attempts: string[] = []
  /** While false, the provider cannot say what became of a message. */
  remembers = true
  private readonly waiting: Arrived[] = []
  private readonly fates: { readonly fate: Fate; readonly to?: string }[] = []
  private standing: Fate = 'sent'
  private count = 0

  readonly name: string
  private readonly now: () => Date

  constructor(name: string, carries: readonly string[], now: () => Date) {
    this.name = name
    this.now = now
    this.limits = Object.fromEntries(carries.map((channel) => [channel, limitsOf[channel] as ChannelLimits]))
  }

  /** The fate of the next message, to one address or to anybody; later ones fare as `from now on` says. */
  next(fate: Fate, to?: string): void {
    this.fates.push(to === undefined ? { fate } : { fate, to })
  }

  fromNowOn(fate: Fate): void {
    this.standing = fate
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    this.attempts.push(message.id)
    const scripted = this.fates.findIndex(({ to }) => to === undefined || to === message.to.id)
    const fate = scripted < 0 ? this.standing : (this.fates.splice(scripted, 1)[0]?.fate ?? 'sent')
    switch (fate) {
      case 'busy':
        return { outcome: 'refused', permanent: false, reason: 'the provider is busy' }
      case 'refused':
        return { outcome: 'refused', permanent: true, reason: 'the provider refuses this address' }
      case 'stopped':
        return { outcome: 'refused', permanent: true, reason: 'its carrier blocks it', stopped: true }
      case 'lost':
        return { outcome: 'unknown', reason: 'no answer' }
      case 'silent':
        this.arrive(message)
        return { outcome: 'unknown', reason: 'no answer' }
      case 'sent':
        return { outcome: 'sent', providerId: this.arrive(message) }
    }
  }

  private arrive(message: OutboundMessage): string {
    this.count += 1
    const one = { message, providerId: `${this.name}-${this.count}`, at: this.now() }
    this.arrived.push(one)
    this.waiting.push(one)
    return one.providerId
  }

  async find(message: OutboundMessage): Promise<FindResult> {
    if (!this.remembers) return { outcome: 'unknown', reason: 'the provider cannot say' }
    const found = this.arrived.find((one) => one.message.id === message.id)
    return found ? { outcome: 'found', providerId: found.providerId } : { outcome: 'absent' }
  }

  async show(place: Address, card: CardView, shownAs: string | undefined): Promise<SendResult> {
    if (this.standing === 'busy') return { outcome: 'refused', permanent: false, reason: 'the provider is busy' }
    this.cards.set(card.caseId, card)
    return { outcome: 'sent', providerId: shownAs ?? `${place.id}:card-${card.caseId}` }
  }

  async whisper(to: { readonly address: Address }, text: string): Promise<void> {
    this.whispers.push({ to: to.address, text })
  }

  /** Takes the oldest message for this address that nobody has expected yet. */
  take(to: Address): Arrived | undefined {
    const index = this.waiting.findIndex(({ message }) => message.to.channel === to.channel && message.to.id === to.id)
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0]
  }

  unexpected(): readonly Arrived[] {
    return this.waiting
  }

  read(event: RawEvent): Reading {
    return revived((event.payload as Stored).reading)
  }

  start = async () => {}
  stop = async () => {}
  check = async () => ({ ok: true, detail: 'scripted' })
}

/** What was read back from the database: dates have to be dates again. */
function revived(reading: Reading): Reading {
  switch (reading.type) {
    case 'message':
      return { ...reading, message: { ...reading.message, sentAt: new Date(reading.message.sentAt) } }
    case 'report':
      return { ...reading, report: { ...reading.report, at: new Date(reading.report.at) } }
    case 'action':
      return { ...reading, action: { ...reading.action, at: new Date(reading.action.at) } }
    case 'change':
      return { ...reading, change: { ...reading.change, at: new Date(reading.change.at) } }
    case 'thread':
      return { ...reading, at: new Date(reading.at) }
    case 'suppress':
    case 'quarantine':
      return reading
  }
}

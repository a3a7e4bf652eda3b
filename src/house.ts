import type { Bot } from './bot/bot.ts'
import type { Config } from './config.ts'
import type { Channel, ChannelLimits, Inbox } from './core/channel.ts'
import { type DeadlineDeps, moveDueCases, relayLeftovers } from './core/deadlines.ts'
import { createDirectory, type Directory } from './core/duty/directory.ts'
import type { EngineDeps } from './core/engine.ts'
import { customersHeardBy } from './core/inbox/customer.ts'
import { type ReadDeps, readEvent } from './core/inbox/read.ts'
import { createInbox } from './core/inbox/receive.ts'
import { reportsTo } from './core/inbox/reports.ts'
import type { Job } from './core/jobs/schedule.ts'
import { type DeliverDeps, deliver, fallBackToSms } from './core/outbox/deliver.ts'
import { type ShowDeps, showNextCard } from './core/outbox/show-cards.ts'
import type { CardStore, Clock, OutboxRow } from './core/ports.ts'
import type { Policies } from './core/store/policy-store.ts'
import type { Stores } from './core/store/stores.ts'
import { createWorker } from './core/work-off.ts'
import { cardsFor, noticesFrom, wordsOf, worldOf } from './wording.ts'

export type HouseParts = {
  readonly config: Config
  readonly stores: Stores
  readonly policies: Policies
  readonly channels: readonly Channel[]
  readonly bot: Bot
  readonly clock: Clock
  readonly random: () => number
  readonly watch: Watch
}

/** What the outside may observe: for logs and metrics, never with words or addresses in it. */
export type Watch = {
  readonly fault: (error: unknown, about: Readonly<Record<string, string>>) => void
  readonly stored: (count: number) => void
  readonly delivered: (row: OutboxRow, at: Date) => void
}

export type House = {
  readonly inbox: Inbox
  readonly engine: EngineDeps
  readonly directory: Directory
  readonly stores: Stores
  /** What time passing makes us look at; Agenda calls these. */
  readonly jobs: readonly Job[]
  /** Looks at everything that waits, now. */
  wake(): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Finishes what is under way and takes nothing new. */
  stop(): Promise<void>
}

const mostEventsWaiting = 10_000
const conversationsSideBySide = 8

/** Builds the way through the house: inbox, engine, outbox and cards around one set of stores. Starts nothing. */
export function buildHouse(parts: HouseParts, role: 'all' | 'web' | 'worker' = 'all'): House {
  const { stores, clock, watch } = parts
  const directory = createDirectory(parts.config.duty)
  const engine: EngineDeps = {
    cases: stores.cases,
    worldFor: worldOf(parts, directory),
    write: wordsOf(parts, directory),
    placesOf: (state) => (state.status === 'none' ? [] : parts.config.places.placesOf(state.site)),
    onRelayed: () => wake(),
  }
  const reader = createWorker({
    queue: stores.inbox,
    clock,
    breadth: conversationsSideBySide,
    work: (row) => readEvent(row, reading(parts, { engine, directory })),
    onFault: (error) => watch.fault(error, { at: 'inbox' }),
  })
  const sender = createWorker({
    queue: stores.outbox,
    clock,
    breadth: conversationsSideBySide,
    work: (row) => deliver(row, delivering(parts, engine)),
    onFault: (error) => watch.fault(error, { at: 'outbox' }),
  })
  const cards = cardKeeper(showing(parts, stores.cards), (error) => watch.fault(error, { at: 'cards' }))
  const works = role !== 'web'
  const wake = (): void => {
    if (!works) return
    reader.wake()
    sender.wake()
    cards.wake()
  }
  const onStored = (count: number) => {
    watch.stored(count)
    if (works) reader.wake()
  }
  const inbox = createInbox({ store: stores.inbox, maxWaiting: mostEventsWaiting, onStored })
  const deadlines: DeadlineDeps = { engine, clock, onFault: (error, caseId) => watch.fault(error, { case: caseId }) }
  return {
    ...{ inbox, engine, directory, stores, wake },
    jobs: jobsOf(deadlines, { reader: reader.wake, sender: sender.wake, cards: cards.wake }),
    ...together([reader, sender, cards]),
  }
}

type Works = { readonly idle: () => Promise<void>; readonly stop: () => Promise<void> }

/** Idle in turn, since one may wake the next; stopped side by side. */
const together = (works: readonly Works[]): Pick<House, 'idle' | 'stop'> => ({
  idle: async () => {
    for (const { idle } of works) await idle()
  },
  stop: async () => {
    await Promise.all(works.map(({ stop }) => stop()))
  },
})

type Wakes = Readonly<Record<'reader' | 'sender' | 'cards', () => void>>

const unrelayedAfterMs = 5_000

const jobsOf = (deadlines: DeadlineDeps, wakes: Wakes): readonly Job[] => [
  { name: 'chase-and-escalate', everySeconds: 1, look: async () => void (await moveDueCases(deadlines)) },
  { name: 'read-inbox', everySeconds: 1, look: async () => wakes.reader() },
  {
    name: 'deliver-outbox',
    everySeconds: 1,
    look: async () => {
      wakes.sender()
      wakes.cards()
    },
  },
  {
    name: 'relay-leftovers',
    everySeconds: 5,
    look: async () => void (await relayLeftovers(deadlines, unrelayedAfterMs)),
  },
]

type Around = { readonly engine: EngineDeps; readonly directory: Directory }

function reading(parts: HouseParts, { engine, directory }: Around): ReadDeps {
  const { stores, clock, bot, config, watch } = parts
  const notices = noticesFrom(parts, () => engine.onRelayed())
  const { consents, conversations, inbox, cards, outbox } = stores
  const carrierOf = carriers(parts.channels)
  const fallBack = (row: OutboxRow, reason: string) =>
    fallBackToSms(row, reason, { ...delivering(parts, engine), carrierOf })
  return {
    ...{ inbox, cards, engine, directory, clock, answerStaff: notices.answerStaff },
    channels: new Map(parts.channels.map((channel) => [channel.name, channel])),
    hearCustomer: customersHeardBy({
      ...{ bot, engine, consents, conversations, clock },
      siteOf: config.places.siteOf,
      notice: notices.notice,
      statusOf: notices.statusOf,
      carrierAnswersStop: (channel) => channel === 'sms',
    }),
    applyReport: reportsTo({ outbox, engine, clock, cards, fallBack }),
    onFault: (error, id) => watch.fault(error, { message: id }),
  }
}

function delivering(parts: HouseParts, engine: EngineDeps): DeliverDeps {
  const { stores, clock, random, config, watch } = parts
  const { outbox, cards, consents, conversations } = stores
  return {
    ...{ outbox, cards, consents, conversations, engine, clock, random },
    carrierOf: carriers(parts.channels),
    cardFor: cardsFor(parts),
    templateFor: (_occasion, { to }) => (to.channel === 'whatsapp' ? templateName(config) : undefined),
    smsSenderFor: ({ from }) => from && config.places.senderFor(config.places.siteOf(from), 'sms'),
    onDelivered: watch.delivered,
  }
}

const templateName = ({ places }: Config): string | undefined =>
  'case-update' in places.file.templates ? 'case-update' : undefined

function showing(parts: HouseParts, cards: CardStore): ShowDeps {
  const { clock, random, stores } = parts
  return { carrierOf: carriers(parts.channels), cards, cases: stores.cases, clock, random, cardFor: cardsFor(parts) }
}

type Carrier = { readonly channel: Channel; readonly limits: ChannelLimits }

function carriers(channels: readonly Channel[]): (name: string) => Carrier | undefined {
  const byName = new Map<string, Carrier>()
  for (const channel of channels)
    for (const [name, limits] of Object.entries(channel.limits)) byName.set(name, { channel, limits })
  return (name) => byName.get(name)
}

/** Shows cards one after the other; different cases may be shown side by side by different workers. */
function cardKeeper(deps: ShowDeps, onFault: (error: unknown) => void) {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  async function run(): Promise<void> {
    try {
      do {
        again = false
        while (!stopped && (await showNextCard(deps))) again = true
      } while (again && !stopped)
    } catch (error) {
      onFault(error)
    } finally {
      running = undefined
    }
  }
  const idle = async () => {
    while (running) await running
  }
  return {
    idle,
    wake: () => {
      if (running) again = true
      else if (!stopped) running = run()
    },
    stop: () => {
      stopped = true
      return idle()
    },
  }
}

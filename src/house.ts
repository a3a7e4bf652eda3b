import { type Adviser, advisedBy } from './adviser.ts'
import type { Bot } from './bot/bot.ts'
import { carriers } from './carriers.ts'
import type { Config } from './config.ts'
import { keepNextAttachment } from './core/attachments/keep.ts'
import type { Channel, DeskReads, Inbox, RawEvent } from './core/channel.ts'
import { type DeadlineDeps, moveDueCases } from './core/deadlines.ts'
import type { DeskDeps } from './core/desk/desk-deps.ts'
import { createDeskReads } from './core/desk/reads.ts'
import { createDirectory, type Directory } from './core/duty/directory.ts'
import { keepDuty, type LiveDuty } from './core/duty/live-duty.ts'
import { type ShiftDesk, shiftDesk } from './core/duty/record-changes.ts'
import type { EngineDeps } from './core/engine.ts'
import { createGiveWay } from './core/give-way.ts'
import { customersHeardBy } from './core/inbox/customer.ts'
import { type ReadDeps, readEvent } from './core/inbox/read.ts'
import { createInbox } from './core/inbox/receive.ts'
import { reportsTo } from './core/inbox/reports.ts'
import type { Job } from './core/jobs/schedule.ts'
import { before, createLanes, type Works } from './core/lanes.ts'
import { type DeliverDeps, deliver } from './core/outbox/deliver.ts'
import { fallBackToSms } from './core/outbox/fall-back.ts'
import { type ShowDeps, showNextCards } from './core/outbox/show-cards.ts'
import type { Clock, OutboxRow } from './core/ports.ts'
import type { Policies } from './core/store/policy-store.ts'
import type { Stores } from './core/store/stores.ts'
import { createWorker } from './core/work-off.ts'
import { deskOf } from './desk.ts'
import { enclosing } from './desk-files.ts'
import { createHaste } from './haste.ts'
import { keeping, wantingFiles } from './keeping.ts'
import { keywordsFor } from './keywords.ts'
import { hearingProbes } from './probing.ts'
import { jobsOf, watchJobs } from './watching.ts'
import { intakeSite } from './web/intake.ts'
import { cardsFor, noticesFrom, openDesks, sharedCardsFor, wordsOf } from './wording.ts'
import { worldOf } from './world.ts'

export type HouseParts = {
  readonly config: Config
  readonly stores: Stores
  readonly policies: Policies
  readonly channels: readonly Channel[]
  readonly bot: Bot
  readonly adviser?: Adviser
  readonly clock: Clock
  readonly random: () => number
  /** Signs the links under which staff open files. */
  readonly linkKey: string
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
  readonly live: LiveDuty
  /** What the commands of staff work with. */
  readonly desk: DeskDeps
  /** What desks ask while a person waits. */
  readonly reads: DeskReads
  /** Swap, cover, take over a shift; close and open offices. */
  readonly shifts: ShiftDesk
  /** What time passing makes us look at; Agenda calls these. */
  readonly jobs: readonly Job[]
  /** Looks at everything that waits, now. */
  wake(): void
  /** Moves every case whose time has come; one look at a time. */
  lookAtDue(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Finishes what is under way within so many milliseconds and takes nothing new; nothing stays leased. */
  stop(withinMs?: number): Promise<void>
}

const mostEventsWaiting = 10_000
/** Reading shares the processor, so a few at a time are enough; sending waits for providers, so many may. */
const readSideBySide = 8
const sendSideBySide = 32
const cardGroupsSideBySide = 2
/** Answers and pages go first; a card that waits meanwhile is shown once for several changes. */
const cardsGiveWayMs = 300
const filesSideBySide = 2

/** Builds the way through the house: inbox, engine, outbox and cards around one set of stores. Starts nothing. */
export function buildHouse(parts: HouseParts, role: 'all' | 'web' | 'worker' = 'all'): House {
  const { stores, clock, watch } = parts
  const live = keepDuty(parts.config.duty, stores.dutyChanges, clock.now)
  const directory = createDirectory(live.duty)
  const engine: EngineDeps = {
    cases: stores.cases,
    worldFor: worldOf(parts, directory, live),
    write: wordsOf(parts, directory),
    placesOf: (state) => (state.status === 'none' ? [] : openDesks(parts, state.site)),
    onRelayed: () => wake(),
  }
  const shifts = shiftDesk(live, stores.dutyChanges)
  const desk = deskOf(parts, { engine, directory, live, shifts, onWanted: () => works.files.wake() })
  const giveWay = createGiveWay()
  const works = backgroundWork(parts, { engine, desk, directory, turn: giveWay.turn })
  const wake = (): void => {
    if (role === 'web') return
    works.reader.wake()
    works.sender.wake()
    works.cards.wake()
  }
  const haste = createHaste({ ...parts, inbox: stores.inbox, wake: () => role !== 'web' && works.reader.wake() })
  const onStored = (events: readonly RawEvent[]) => {
    watch.stored(events.length)
    if (role !== 'web') works.reader.wake()
    haste.look(events)
  }
  const inbox = createInbox({ store: stores.inbox, maxWaiting: mostEventsWaiting, onStored })
  const deadlines: DeadlineDeps = { engine, clock, onFault: (error, caseId) => watch.fault(error, { case: caseId }) }
  return {
    ...{ engine, directory, stores, live, wake, shifts, desk },
    reads: createDeskReads(desk, clock),
    inbox: {
      receive: (event) => {
        const stored = inbox.receive(event)
        giveWay.arrived(stored)
        return stored
      },
    },
    jobs: [...jobsOf(deadlines, works), ...watchJobs(parts, { engine, directory, live })],
    lookAtDue: oneAtATime(async () => void (await moveDueCases(deadlines))),
    ...together([haste, ...Object.values(works)]),
  }
}

/** A look while one is under way is that one. */
function oneAtATime(look: () => Promise<void>): () => Promise<void> {
  let looking: Promise<void> | undefined
  return () => {
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }
}

type Background = Readonly<Record<'reader' | 'sender' | 'cards' | 'files', Works>>

function backgroundWork(parts: HouseParts, around: Around & { readonly turn: () => Promise<void> }): Background {
  const { stores, clock, watch } = parts
  const { turn, engine } = around
  const onFault = (at: string) => (error: unknown) => watch.fault(error, { at })
  const files = createLanes({
    breadth: filesSideBySide,
    step: () => keepNextAttachment(keep),
    onFault: onFault('files'),
  })
  const read = reading(parts, { ...around, onWanted: files.wake })
  const send = delivering(parts, engine)
  const keep = keeping(parts, engine.onRelayed)
  const reader = createWorker({
    ...{ queue: stores.inbox, clock, breadth: readSideBySide, turn },
    work: (row) => readEvent(row, read),
    onFault: onFault('inbox'),
  })
  const sender = createWorker({
    ...{ queue: stores.outbox, clock, breadth: sendSideBySide },
    work: (row) => deliver(row, send),
    onFault: onFault('outbox'),
  })
  const giveWay = () => before(cardsGiveWayMs, Promise.all([reader.idle(), sender.idle()]))
  const show = showing(parts, giveWay)
  return {
    ...{ files, reader, sender },
    cards: createLanes({
      breadth: cardGroupsSideBySide,
      step: async () => {
        await turn()
        return showNextCards(show)
      },
      onFault: onFault('cards'),
    }),
  }
}

/** Idle in turn, since one may wake the next; stopped side by side. */
const together = (works: readonly Pick<Works, 'idle' | 'stop'>[]): Pick<House, 'idle' | 'stop'> => ({
  idle: async () => {
    for (const { idle } of works) await idle()
  },
  stop: async (withinMs) => {
    await Promise.all(works.map(({ stop }) => stop(withinMs)))
  },
})

type Around = { readonly engine: EngineDeps; readonly desk: DeskDeps; readonly directory: Directory }
type Reader = Around & { readonly onWanted: () => void }

function reading(parts: HouseParts, { engine, desk, directory, onWanted }: Reader): ReadDeps {
  const { stores, clock, bot, config, watch, adviser } = parts
  const notices = noticesFrom(parts, () => engine.onRelayed())
  const { consents, conversations, inbox, cards, outbox } = stores
  const carrierOf = carriers(parts.channels)
  const fallBack = (row: OutboxRow, reason: string) =>
    fallBackToSms(row, reason, { ...delivering(parts, engine), carrierOf })
  const heardBy = customersHeardBy({
    ...{ bot, engine, consents, conversations, outbox, clock },
    ...keywordsFor(directory),
    ...(adviser && { advised: advisedBy(adviser, bot) }),
    siteOf: (to, before) => intakeSite(to) ?? config.places.siteOf(to, before),
    notice: notices.notice,
    statusOf: notices.statusOf,
  })
  return {
    ...{ inbox, cards, engine, desk, directory, clock, answerStaff: notices.answerStaff },
    channels: new Map(parts.channels.map((channel) => [channel.name, channel])),
    hearCustomer: wantingFiles(heardBy, parts, onWanted),
    applyReport: reportsTo({ outbox, engine, clock, cards, consents, fallBack }),
    hearProbe: hearingProbes(parts, engine),
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
    ...enclosing(parts),
  }
}

const templateName = ({ places }: Config): string | undefined =>
  'case-update' in places.file.templates ? 'case-update' : undefined

function showing(parts: HouseParts, giveWay: () => Promise<void>): ShowDeps {
  const { clock, random, stores } = parts
  const { cases, cards } = stores
  return { carrierOf: carriers(parts.channels), cards, cases, clock, random, giveWay, cardFor: sharedCardsFor(parts) }
}

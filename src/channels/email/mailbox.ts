import { randomUUID } from 'node:crypto'
import type { ImapFlow } from 'imapflow'
import { catchUp } from './catch-up.ts'
import type { LoginSource } from './credentials.ts'
import { closeClient, explainImapFault, type ImapTiming, openClient } from './imap-client.ts'
import type { FetchedMail } from './intake.ts'
import type { Cursor, MailboxCursor, MailboxLease } from './ports.ts'
import type { EmailSettings } from './settings.ts'

export type MailboxTiming = ImapTiming & {
  /** Looked at this often even when the server says nothing: a push is a hint, not a promise. */
  readonly pollMs: number
  readonly leaseMs: number
  readonly firstRetryMs: number
  readonly longestRetryMs: number
}

export type MailboxState = {
  readonly status: 'connecting' | 'reading' | 'waiting' | 'elsewhere' | 'refused' | 'stopped'
  readonly detail: string
}

export type MailboxDeps = {
  readonly settings: Pick<EmailSettings, 'imap' | 'mailbox' | 'desk' | 'firstDays'>
  readonly login: LoginSource
  readonly cursor: MailboxCursor
  readonly lease: MailboxLease
  readonly take: (mails: readonly FetchedMail[]) => Promise<void>
  readonly timing: MailboxTiming
  readonly clock: () => Date
  readonly random: () => number
  /** Something a person should know; never with an address or a secret in it. */
  readonly onTrouble: (words: string) => void
}

export type Mailbox = { state(): MailboxState; stop(): Promise<void> }

/** Everything one reader of one mailbox shares between its connections. */
type Reader = MailboxDeps & {
  readonly name: string
  readonly holder: string
  readonly stopping: AbortSignal
  readonly show: (status: MailboxState['status'], detail: string) => void
}

/**
 * Reads one mailbox for as long as the process lives: connects, catches up, waits for news, and begins again with
 * growing, jittered pauses whenever the connection breaks. Wrong credentials end it, since repeating them locks accounts.
 */
export function readMailbox(deps: MailboxDeps): Mailbox {
  let state: MailboxState = { status: 'connecting', detail: 'connecting' }
  const ending = new AbortController()
  const reader: Reader = {
    ...deps,
    name: `${deps.settings.desk.address}/${deps.settings.mailbox}`,
    holder: randomUUID(),
    stopping: ending.signal,
    show: (status, detail) => {
      state = { status, detail }
    },
  }
  const running = supervise(reader)
  return {
    state: () => state,
    stop: async () => {
      ending.abort()
      await running
      if (state.status !== 'refused') reader.show('stopped', 'stopped')
    },
  }
}

async function supervise(reader: Reader): Promise<void> {
  const { timing, stopping, show, onTrouble, login } = reader
  let failures = 0
  let refusals = 0
  while (!stopping.aborted) {
    const began = Date.now()
    const fault = await holdAndRead(reader).catch(explainImapFault)
    if (stopping.aborted) return
    if (fault === 'elsewhere') {
      show('elsewhere', 'another process reads this mailbox')
      await pause(timing.leaseMs / standbyLooks, stopping)
      continue
    }
    if (fault.kind === 'refused' && !(login.refused() && refusals++ === 0)) {
      show('refused', fault.words)
      return onTrouble(`${fault.words}: reading has stopped until this is mended and Gatehouse restarted`)
    }
    failures = Date.now() - began > timing.longestRetryMs ? 1 : failures + 1
    if (fault.kind !== 'refused') refusals = 0
    show('waiting', fault.words)
    onTrouble(fault.words)
    await pause(
      Math.min(timing.longestRetryMs, timing.firstRetryMs * 2 ** (failures - 1)) * (0.5 + reader.random() / 2),
      stopping,
    )
  }
}

/** How often a process that stands by looks, and how often the one that reads prolongs, within one lease. */
const standbyLooks = 5
const prolongs = 4

type Fault = ReturnType<typeof explainImapFault>

/** One connection, under a lease that is prolonged while it lasts. Resolves or rejects with why it ended. */
async function holdAndRead(reader: Reader): Promise<Fault | 'elsewhere'> {
  const { lease, name, holder, timing, clock } = reader
  const prolong = () => {
    const now = clock()
    return lease.take(name, holder, { now, until: new Date(now.getTime() + timing.leaseMs) })
  }
  if (!(await prolong())) return 'elsewhere'
  reader.show('connecting', 'connecting')
  const client = await openClient(reader.settings.imap, await reader.login.login(), reader.timing)
  let heldAt = Date.now()
  const timer = setInterval(async () => {
    const held = await prolong().catch(() => undefined)
    if (held === true) heldAt = Date.now()
    // Better to stop too early than to read beside somebody who may have taken over.
    if (held === false || Date.now() - heldAt > timing.leaseMs * 0.8) client.close()
  }, timing.leaseMs / prolongs)
  const stop = () => closeWhenStopping(client)
  reader.stopping.addEventListener('abort', stop, { once: true })
  try {
    return await readWhileConnected(client, reader)
  } finally {
    clearInterval(timer)
    reader.stopping.removeEventListener('abort', stop)
    await closeClient(client)
    await lease.release(name, holder).catch(() => {})
  }
}

const finishMs = 5_000

/** What is under way is let finish, within reason; a connection that only waits is closed at once. */
function closeWhenStopping(client: ImapFlow): void {
  if (client.idling || !client.usable) client.close()
  else setTimeout(() => client.close(), finishMs).unref()
}

async function readWhileConnected(client: ImapFlow, reader: Reader): Promise<Fault> {
  const { timing, stopping, settings } = reader
  const news = bell()
  client.on('exists', news.ring)
  client.on('close', news.shut)
  await client.connect()
  const box = await client.mailboxOpen(settings.mailbox)
  let cursor = await cursorFor(String(box.uidValidity), reader)
  const saveCursor = (reached: Cursor) => reader.cursor.save(reader.name, reached)
  const deps = { take: reader.take, saveCursor, isStopping: () => stopping.aborted }
  while (client.usable && !stopping.aborted) {
    news.clear()
    reader.show('reading', 'reading what is new')
    cursor = await catchUp(client, cursor, deps)
    reader.show('reading', 'up to date and listening')
    if (stopping.aborted) break
    const idling = client.idle().catch(() => false)
    await Promise.race([news.rung, pause(timing.pollMs, stopping)])
    void idling
  }
  return { kind: 'failing', words: 'the mail server closed the connection' }
}

const dayMs = 86_400_000

/** A mailbox that was made anew numbers its mails afresh: all of it is read again, and what is known is recognised. */
async function cursorFor(uidValidity: string, { cursor, name, settings, clock }: Reader): Promise<Cursor> {
  const kept = await cursor.load(name)
  if (kept === undefined) {
    const first = { uidValidity, lastUid: 0, since: new Date(clock().getTime() - settings.firstDays * dayMs) }
    await cursor.save(name, first)
    return first
  }
  return kept.uidValidity === uidValidity ? kept : { ...kept, uidValidity, lastUid: 0 }
}

/** Remembers that there was news until it is asked again, so that none is missed while reading. */
function bell() {
  let wake = () => {}
  let rung = new Promise<void>(() => {})
  let isShut = false
  const renew = () => {
    rung = new Promise((resolve) => {
      wake = resolve
    })
    if (isShut) wake()
  }
  renew()
  return {
    ring: () => wake(),
    shut: () => {
      isShut = true
      wake()
    },
    clear: renew,
    get rung() {
      return rung
    },
  }
}

function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    stopping.addEventListener('abort', done)
  })
}

import { randomBytes } from 'node:crypto'
import type { Cursor, MailMemory, ThreadEnd } from './ports.ts'

/** What a collection must do for us; mongoose's and the driver's own both can. */
export interface DocumentCollection {
  findOne(filter: object): Promise<object | null>
  updateOne(
    filter: object,
    update: object,
    options?: object,
  ): Promise<{ readonly matchedCount: number; readonly upsertedCount: number }>
  deleteOne(filter: object): Promise<unknown>
}

export type MailCollections = { readonly counters: DocumentCollection; readonly leases: DocumentCollection }

const duplicateKey = 11000

/** Remembers everything in two collections, under keys that begin with `email:`. */
export function mailMemoryOn({ counters, leases }: MailCollections): MailMemory {
  const find = (key: string) => counters.findOne({ _id: key }) as Promise<Record<string, unknown> | null>
  const set = (key: string, value: object) => counters.updateOne({ _id: key }, { $set: value }, { upsert: true })
  return {
    cursor: {
      load: async (mailbox) => cursorIn(await find(`email:cursor:${mailbox}`)),
      save: async (mailbox, cursor) => void (await set(`email:cursor:${mailbox}`, cursor)),
    },
    lease: {
      take: (mailbox, holder, span) => take(leases, { id: `email:${mailbox}`, holder, ...span }),
      release: async (mailbox, holder) => void (await leases.deleteOne({ _id: `email:${mailbox}`, holder })),
    },
    ends: {
      load: async (conversation) => {
        const found = await find(`email:end:${conversation}`)
        return found === null ? undefined : (found.end as ThreadEnd)
      },
      save: async (conversation, end) => void (await set(`email:end:${conversation}`, { end })),
    },
    spent: {
      spend: async (mark, mail) => {
        const key = `email:spent:${mark}`
        await insertAnew(counters, key, { mail })
        return (await find(key))?.mail === mail
      },
    },
    automatic: { mayAnswer: (address, answer) => mayAnswer(counters, address, answer) },
    key: { load: () => loadKey(counters) },
  }
}

function cursorIn(found: Record<string, unknown> | null): Cursor | undefined {
  if (found === null) return undefined
  const { uidValidity, lastUid, since } = found
  return { uidValidity: String(uidValidity), lastUid: Number(lastUid), since: new Date(since as Date) }
}

type Claim = { readonly id: string; readonly holder: string; readonly now: Date; readonly until: Date }

async function take(leases: DocumentCollection, { id, holder, now, until }: Claim): Promise<boolean> {
  try {
    const free = { _id: id, $or: [{ holder }, { until: { $lte: now } }] }
    const result = await leases.updateOne(free, { $set: { holder, until } }, { upsert: true })
    return result.matchedCount + result.upsertedCount > 0
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

type Answer = { readonly day: string; readonly messageId: string; readonly most: number }

/** The ids of a day's answers are kept, not their number, so that an attempt repeated is not counted twice. */
async function mayAnswer(counters: DocumentCollection, address: string, answer: Answer): Promise<boolean> {
  const key = { _id: `email:automatic:${answer.day}:${address}` }
  await insertAnew(counters, key._id, { ids: [] })
  const room = { ...key, $or: [{ ids: answer.messageId }, { [`ids.${answer.most - 1}`]: { $exists: false } }] }
  const result = await counters.updateOne(room, { $addToSet: { ids: answer.messageId } })
  return result.matchedCount > 0
}

async function loadKey(counters: DocumentCollection): Promise<Buffer> {
  const id = 'email:signing-key'
  await insertAnew(counters, id, { key: randomBytes(32).toString('base64') })
  const found = (await counters.findOne({ _id: id })) as { key?: unknown } | null
  if (typeof found?.key !== 'string') throw new Error('the signing key for mail could not be kept')
  return Buffer.from(found.key, 'base64')
}

/** Whoever is first decides; a race that was lost is no fault. */
async function insertAnew(counters: DocumentCollection, id: string, value: object): Promise<void> {
  try {
    await counters.updateOne({ _id: id }, { $setOnInsert: value }, { upsert: true })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === duplicateKey

import type { ImapFlow } from 'imapflow'
import type { FetchedMail } from './intake.ts'
import type { Cursor } from './ports.ts'

export type CatchUpDeps = {
  /** Writes mails down; rejects when it could not. */
  readonly take: (mails: readonly FetchedMail[]) => Promise<void>
  readonly saveCursor: (cursor: Cursor) => Promise<void>
  readonly isStopping: () => boolean
}

/** Marks mail that is safely ours; `\Seen` belongs to the people who read the mailbox too. */
export const storedKeyword = '$CaseStored'

const mostMails = 50
const mostBytes = 8 * 1_048_576
/** Larger than any large provider delivers; such a mail stays in the mailbox and its headers open the case. */
const largestMail = 64 * 1_048_576
const headOfLargeMail = 1_048_576

type Listed = { readonly uid: number; readonly size: number }

/**
 * Takes everything that is newer than the cursor, oldest first. A batch is stored, then flagged, then the cursor moves:
 * a crash in between brings the same mails again, and the inbox knows them. Returns where the cursor stands.
 */
export async function catchUp(client: ImapFlow, cursor: Cursor, deps: CatchUpDeps): Promise<Cursor> {
  let reached = cursor
  for (const batch of batchesOf(await listNew(client, cursor))) {
    if (deps.isStopping()) return reached
    await deps.take(await fetchBatch(client, batch))
    const flagged = flag(client, batch)
    // A connection that broke while we stored must not bring the same mails for ever: what is stored is behind us.
    await flagged.catch(() => {})
    reached = { ...reached, lastUid: batch.at(-1)?.uid ?? reached.lastUid }
    await deps.saveCursor(reached)
    await flagged
  }
  return reached
}

/** `n:*` always names the last mail, even one below n (RFC 9051 section 9, seq-range), so what comes back is filtered. */
async function listNew(client: ImapFlow, { lastUid, since }: Cursor): Promise<readonly Listed[]> {
  if (client.mailbox !== false && client.mailbox.exists === 0) return []
  const query = { uid: true, size: true, internalDate: true }
  const found = await client.fetchAll(`${lastUid + 1}:*`, query, { uid: true })
  return found
    .filter(({ uid, internalDate }) => uid > lastUid && !(internalDate !== undefined && new Date(internalDate) < since))
    .map(({ uid, size = 0 }) => ({ uid, size }))
    .sort((a, b) => a.uid - b.uid)
}

function batchesOf(listed: readonly Listed[]): readonly (readonly Listed[])[] {
  const batches: Listed[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const one of listed) {
    const last = batches.at(-1)
    if (last === undefined || last.length >= mostMails || bytes + one.size > mostBytes) {
      batches.push([one])
      bytes = one.size
    } else {
      last.push(one)
      bytes += one.size
    }
  }
  return batches
}

/** Fetched whole before anything else is asked: a command inside a running fetch would wait for ever. */
async function fetchBatch(client: ImapFlow, batch: readonly Listed[]): Promise<readonly FetchedMail[]> {
  const large = batch.filter(({ size }) => size > largestMail)
  const normal = batch.filter(({ size }) => size <= largestMail)
  const whole = normal.length === 0 ? [] : await fetchMails(client, normal)
  const heads = large.length === 0 ? [] : await fetchMails(client, large, headOfLargeMail)
  return [...whole, ...heads].sort((a, b) => a.uid - b.uid)
}

async function fetchMails(client: ImapFlow, batch: readonly Listed[], maxLength?: number): Promise<FetchedMail[]> {
  const source = maxLength === undefined ? true : { start: 0, maxLength }
  const uids = batch.map(({ uid }) => uid).join(',')
  const fetched = await client.fetchAll(uids, { uid: true, source }, { uid: true })
  const raws = new Map(fetched.map(({ uid, source: raw }) => [uid, raw]))
  const missing = batch.filter(({ uid }) => raws.get(uid) === undefined)
  if (missing.length > 0) await expectDeleted(client, missing)
  return batch.flatMap(({ uid, size }) => {
    const raw = raws.get(uid)
    if (raw === undefined) return []
    return [maxLength === undefined ? { uid, raw } : { uid, raw, cutAt: size }]
  })
}

/**
 * A mail that was listed but not handed over is gone only when the server says so. A fetch on a broken connection ends
 * as if there were no mails; a search then answers with no list at all, and everything is tried again.
 */
async function expectDeleted(client: ImapFlow, missing: readonly Listed[]): Promise<void> {
  const still = await client.search({ uid: missing.map(({ uid }) => uid).join(',') }, { uid: true })
  if (!Array.isArray(still) || !client.usable) throw new Error('the connection broke while mails were fetched')
  if (still.length > 0) throw new Error('the server did not hand over a mail that it has')
}

/** A courtesy to people who look into the mailbox; nothing depends on it. */
async function flag(client: ImapFlow, batch: readonly Listed[]): Promise<void> {
  const box = client.mailbox
  const allowed = box === false ? undefined : box.permanentFlags
  if (allowed === undefined || !(allowed.has('\\*') || allowed.has(storedKeyword))) return
  await client.messageFlagsAdd(batch.map(({ uid }) => uid).join(','), [storedKeyword], { uid: true, silent: true })
}

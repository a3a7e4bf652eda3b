import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Address } from '../message.ts'
import { noTrouble, type Trouble } from './trouble.ts'

export const legs = ['ask', 'answer'] as const
export type Leg = (typeof legs)[number]

type Route = { readonly from: Address; readonly to: Address }

/** A way that a message of ours takes out through a provider, in again as a customer's, and back as the answer. */
export type Probe = {
  readonly id: string
  /** The `Address.channel` that is tried. */
  readonly channel: string
  readonly site: string
  readonly everyMs: number
  /** A round that takes longer has failed. */
  readonly withinMs: number
} & { readonly [leg in Leg]: Route }

/** How the newest round went, and those before it. */
export type ProbeRecord = Trouble & {
  readonly round: number
  readonly askedAt: Date
  readonly heardAt?: Date
  readonly returnedAt?: Date
  /** When the round was judged. */
  readonly overAt?: Date
  /** The last good round: when it came back, and how long it took. */
  readonly goodAt?: Date
  readonly tookMs?: number
}

export type Next = 'wait' | 'ask' | 'ask-again' | 'good' | 'bad'

/**
 * What a look finds to do. A round that nobody looked at for twice its time says nothing about the channel: we were
 * away, and the next one begins. After a first failure the next round begins at once, so that an alarm is not late.
 */
export function nextOf(record: ProbeRecord | undefined, { everyMs, withinMs }: Probe, now: Date): Next {
  if (record === undefined) return 'ask'
  const ageMs = now.getTime() - record.askedAt.getTime()
  if (record.overAt !== undefined) return record.failures === 1 || ageMs >= everyMs ? 'ask' : 'wait'
  if (record.returnedAt !== undefined) return tookMs(record, record.returnedAt) <= withinMs ? 'good' : 'bad'
  if (ageMs > 2 * withinMs) return 'ask'
  if (ageMs > withinMs) return 'bad'
  return record.heardAt === undefined ? 'ask-again' : 'wait'
}

export const tookMs = ({ askedAt }: ProbeRecord, until: Date): number => until.getTime() - askedAt.getTime()

/** The next round; what is known of those before it stays. */
export function nextRound(before: ProbeRecord | undefined, askedAt: Date): ProbeRecord {
  const first: ProbeRecord = { ...noTrouble, round: 0, askedAt }
  const { heardAt: _heard, returnedAt: _returned, overAt: _over, ...kept } = before ?? first
  return { ...kept, round: kept.round + 1, askedAt }
}

/** Notes that a leg of this round has come in. Undefined where it is too late, or has come in before. */
export function arrived(record: ProbeRecord | undefined, leg: Leg, round: number, at: Date): ProbeRecord | undefined {
  if (record?.round !== round || record.overAt !== undefined || record.returnedAt !== undefined) return undefined
  if (leg === 'answer') return { ...record, returnedAt: at }
  return record.heardAt === undefined ? { ...record, heardAt: at } : undefined
}

export type Mark = { readonly probe: string; readonly round: number; readonly leg: Leg }

const signatureLength = 20
const pattern = /\bGatehouse test, please ignore: (\S{1,40}) (\d{1,9}) (ask|answer) ([\w-]{20})(?![\w-])/

const signed = ({ probe, round, leg }: Mark, key: string): string =>
  createHmac('sha256', key).update(`probe\n${probe}\n${round}\n${leg}`).digest('base64url').slice(0, signatureLength)

/** One SMS long, in the letters of plain SMS. Only the house's key can make it. */
export const writeMark = (mark: Mark, key: string): string =>
  `Gatehouse test, please ignore: ${mark.probe} ${mark.round} ${mark.leg} ${signed(mark, key)}`

/** The mark in a text; undefined where there is none, or one that we did not make. */
export function readMark(text: string, key: string): Mark | undefined {
  const found = pattern.exec(text)
  if (found === null) return undefined
  const [, probe = '', round, leg, signature = ''] = found
  const mark = { probe, round: Number(round), leg: leg as Leg }
  const [given, wanted] = [Buffer.from(signature), Buffer.from(signed(mark, key))]
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? mark : undefined
}

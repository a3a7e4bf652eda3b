import { describe, expect, it } from 'vitest'
import {
  type AttachmentRow,
  type AttachmentStore,
  type KeptFile,
  keepNextAttachment,
} from '../../src/core/attachments/keep.ts'
import { fileLink, isValidLink } from '../../src/core/attachments/link.ts'
import type { Channel, Opened } from '../../src/core/channel.ts'

const now = new Date('2026-07-01T08:00:00Z')
const row: AttachmentRow = {
  ...{ id: 'twilio:MM1/1', caseId: 'GH-2026-000001', source: 'twilio', name: 'attachment-1.jpg', ref: 'https://…' },
  ...{ contentType: 'image/jpeg', sizeBytes: 0, attempts: 1 },
}

/** One wanted file, and what became of it. */
function desk(opened: Opened, wanted: AttachmentRow = row) {
  const fates: string[] = []
  const told: (KeptFile | string)[] = []
  let waiting: AttachmentRow | undefined = wanted
  const attachments: AttachmentStore = {
    want: async () => {},
    claimDue: async () => {
      const claimed = waiting
      waiting = undefined
      return claimed
    },
    keep: async (_id, { sha256 }) => void fates.push(`kept ${sha256.slice(0, 8)}`),
    retry: async (_id, at) => void fates.push(`again in ${(at.getTime() - now.getTime()) / 1_000} s`),
    giveUp: async (_id, reason) => void fates.push(`missed: ${reason}`),
    file: async () => undefined,
    put: async () => {},
    about: async () => [],
    offered: async () => [],
    used: async () => {},
  }
  const channel = { open: async () => opened } as unknown as Channel
  const channels = new Map([['twilio', channel]])
  const onEnd = async (_row: AttachmentRow, kept: KeptFile | undefined, reason: string) =>
    void told.push(kept ?? reason)
  return { fates, told, deps: { channels, attachments, clock: { now: () => now }, random: () => 0, onEnd } }
}

describe('a file that a customer sent', () => {
  it('is kept with its hash, and the desk is told', async () => {
    const { fates, told, deps } = desk({ ok: true, contentType: 'image/jpeg', bytes: Buffer.from('a photo') })
    expect(await keepNextAttachment(deps)).toBe(true)
    expect(fates).toEqual(['kept d4e24d74'])
    expect(told).toMatchObject([{ sizeBytes: 7, contentType: 'image/jpeg' }])
  })

  it('is asked for again while its provider is in trouble, without a word to the desk', async () => {
    const { fates, told, deps } = desk({ ok: false, permanent: false, reason: 'no answer in time' })
    await keepNextAttachment(deps)
    expect(fates).toEqual(['again in 1 s'])
    expect(told).toEqual([])
  })

  it('that will not come is told to the desk with the reason, never dropped in silence', async () => {
    const tooLarge = desk({ ok: false, permanent: true, reason: 'larger than allowed' })
    await keepNextAttachment(tooLarge.deps)
    expect(tooLarge.told).toEqual(['larger than allowed'])
    const tooOften = desk({ ok: false, permanent: false, reason: 'no answer in time' }, { ...row, attempts: 8 })
    await keepNextAttachment(tooOften.deps)
    expect(tooOften.fates).toEqual(['missed: no answer in time'])
  })

  it('waits for nobody when none is wanted', async () => {
    const { deps } = desk({ ok: true, contentType: 'image/jpeg', bytes: Buffer.from('') })
    await keepNextAttachment(deps)
    expect(await keepNextAttachment(deps)).toBe(false)
  })
})

describe('the link under which staff open it', () => {
  const query = (link: string) => new URL(link, 'http://gatehouse').searchParams
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)

  it('opens this file for seven days, and no other file', () => {
    const link = fileLink(row.id, 'key', now)
    expect(isValidLink(row.id, query(link), 'key', inDays(6.9))).toBe(true)
    expect(isValidLink(row.id, query(link), 'key', inDays(7.1))).toBe(false)
    expect(isValidLink('twilio:MM1/2', query(link), 'key', now)).toBe(false)
    expect(isValidLink(row.id, query(link), 'another key', now)).toBe(false)
  })

  it('cannot be made to last longer by writing another end into it', () => {
    const stretched = query(fileLink(row.id, 'key', now))
    stretched.set('until', String(inDays(365).getTime()))
    expect(isValidLink(row.id, stretched, 'key', now)).toBe(false)
    expect(isValidLink(row.id, new URLSearchParams(), 'key', now)).toBe(false)
  })
})

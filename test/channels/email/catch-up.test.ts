import type { ImapFlow } from 'imapflow'
import { describe, expect, it } from 'vitest'
import { catchUp } from '../../../src/channels/email/catch-up.ts'
import type { Cursor } from '../../../src/channels/email/ports.ts'

const start: Cursor = { uidValidity: '1', lastUid: 0, since: new Date(0) }

/** A server that has these mails; `lost` are listed but not handed over, `flagging` fails where it is told to. */
function server({
  uids,
  lost = [],
  gone = [],
  flagging = true,
  broken = false,
}: {
  uids: number[]
  lost?: number[]
  gone?: number[]
  flagging?: boolean
  broken?: boolean
}) {
  const flagged: string[] = []
  const client = {
    mailbox: { exists: uids.length, permanentFlags: new Set(['\\*']) },
    fetchAll: async (range: string) => {
      if (range.endsWith(':*')) return uids.map((uid) => ({ uid, size: 10 }))
      const asked = range.split(',').map(Number)
      return asked.filter((uid) => !lost.includes(uid)).map((uid) => ({ uid, source: Buffer.from(String(uid)) }))
    },
    usable: !broken,
    search: async ({ uid }: { uid: string }) =>
      !broken &&
      uid
        .split(',')
        .map(Number)
        .filter((one) => !gone.includes(one)),
    messageFlagsAdd: async (range: string) => {
      if (!flagging) throw new Error('connection closed')
      flagged.push(range)
    },
  }
  return { client: client as unknown as ImapFlow, flagged }
}

async function run(client: ImapFlow, cursor = start) {
  const taken: number[] = []
  const saved: number[] = []
  const deps = {
    take: async (mails: readonly { uid: number }[]) => void taken.push(...mails.map(({ uid }) => uid)),
    saveCursor: async ({ lastUid }: Cursor) => void saved.push(lastUid),
    isStopping: () => false,
  }
  const outcome = await catchUp(client, cursor, deps).then(
    ({ lastUid }) => lastUid,
    () => 'failed' as const,
  )
  return { taken, saved, outcome }
}

describe('catching up', () => {
  it('takes what is newer than the cursor, oldest first, although the server always names its newest mail', async () => {
    expect(await run(server({ uids: [9, 7, 8] }).client, { ...start, lastUid: 7 })).toEqual({
      taken: [8, 9],
      saved: [9],
      outcome: 9,
    })
    expect(await run(server({ uids: [5] }).client, { ...start, lastUid: 9 })).toEqual({
      taken: [],
      saved: [],
      outcome: 9,
    })
  })

  it('goes in batches and saves after each', async () => {
    const { taken, saved } = await run(server({ uids: Array.from({ length: 120 }, (_, i) => i + 1) }).client)
    expect(taken).toHaveLength(120)
    expect(saved).toEqual([50, 100, 120])
  })

  it('never goes past a mail that the server has and did not hand over, but past one that was deleted', async () => {
    expect(await run(server({ uids: [1, 2, 3], lost: [2] }).client)).toEqual({
      taken: [],
      saved: [],
      outcome: 'failed',
    })
    expect(await run(server({ uids: [1, 2, 3], lost: [2], gone: [2] }).client)).toMatchObject({
      taken: [1, 3],
      saved: [3],
    })
  })

  it('takes a fetch that ended without mails for a broken connection, not for deleted mails', async () => {
    const cut = server({ uids: [1, 2, 3], lost: [1, 2, 3], gone: [1, 2, 3], broken: true })
    expect(await run(cut.client)).toEqual({ taken: [], saved: [], outcome: 'failed' })
  })

  it('has what it stored behind it even when the connection broke meanwhile', async () => {
    expect(await run(server({ uids: [1, 2], flagging: false }).client)).toEqual({
      taken: [1, 2],
      saved: [2],
      outcome: 'failed',
    })
  })
})

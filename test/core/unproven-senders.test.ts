import { describe, expect, it, vi } from 'vitest'
import type { Channel, RawEvent, Reading } from '../../src/core/channel.ts'
import type { StaffMember } from '../../src/core/duty/staff.ts'
import { type ReadDeps, readEvent } from '../../src/core/inbox/read.ts'
import type { InboundMessage } from '../../src/core/message.ts'
import type { Ending } from '../../src/core/ports.ts'

const at = new Date('2026-11-21T01:00:00Z')
const officer = { channel: 'email', id: 'officer@example.test' }

const message = (change: Partial<InboundMessage>): InboundMessage => ({
  ...{ id: 'email:1', from: officer, to: { channel: 'email', id: 'cases@example.test' }, conversation: 'c' },
  ...{ text: 'ACK', attachments: [], automatic: false, sentAt: at },
  ...change,
})

/** Reads one event of a channel that reads it so, with a directory that knows the officer's address. */
async function read(reading: Reading) {
  const endings: Ending[] = []
  const hearCustomer = vi.fn(async (): Promise<Ending> => ({ state: 'case', caseId: 'GH-2026-000001' }))
  const channel = { read: () => reading } as unknown as Channel
  const findPaged = vi.fn(async () => [])
  const deps = {
    channels: new Map([['email', channel]]),
    inbox: { end: async (_id: string, ending: Ending) => void endings.push(ending), failed: async () => {} },
    engine: { cases: { findPaged } },
    directory: { byAddress: () => ({ id: 'o1', name: 'Officer' }) as StaffMember },
    clock: { now: () => at },
    hearCustomer,
    hearProbe: async () => undefined,
    answerStaff: async () => {},
    onFault: (error: unknown) => {
      throw error
    },
  } as unknown as ReadDeps
  const event: RawEvent = {
    id: '1',
    source: 'email',
    channel: 'email',
    kind: 'message',
    conversation: 'c',
    receivedAt: at,
    payload: {},
  }
  await readEvent({ ...event, attempts: 0, nextAt: at }, deps)
  return { ending: endings[0], hearCustomer, findPaged }
}

describe('a message whose sender nobody vouches for', () => {
  it('is a customer’s, whatever address it claims', async () => {
    const { hearCustomer, findPaged } = await read({ type: 'message', message: message({ senderProven: false }) })
    expect(hearCustomer).toHaveBeenCalledOnce()
    expect(findPaged).not.toHaveBeenCalled()
  })

  it.each([true, undefined])(
    'is staff’s where the sender is proven or the channel proves all (%s)',
    async (senderProven) => {
      const proven = senderProven === undefined ? {} : { senderProven }
      const { findPaged } = await read({ type: 'message', message: message(proven) })
      expect(findPaged).toHaveBeenCalledOnce()
    },
  )
})

describe('a suppressed message', () => {
  it('keeps its words beside the reason', async () => {
    const suppressed = message({ text: 'I am away until Monday', automatic: true })
    const { ending } = await read({ type: 'suppress', reason: 'an automatic reply', message: suppressed })
    expect(ending).toEqual({ state: 'suppressed', reason: 'an automatic reply', message: suppressed })
  })
})

import { describe, expect, it } from 'vitest'
import type { RawEvent } from '../../../src/core/channel.ts'
import { createInbox } from '../../../src/core/inbox/receive.ts'

const event = (id: string): RawEvent => ({
  ...{ id, source: 'twilio', channel: 'sms', kind: 'message', conversation: 'c', receivedAt: new Date(0), payload: {} },
})
type Add = (events: readonly RawEvent[]) => Promise<readonly ('stored' | 'duplicate')[]>

const inboxOn = (add: Add, more: { maxWaiting?: number; patienceMs?: number } = {}) => {
  const fresh: string[] = []
  const onStored = (events: readonly RawEvent[]) => void fresh.push(...events.map(({ id }) => id))
  return { fresh, ...createInbox({ store: { add }, onStored, maxWaiting: 1_000, ...more }) }
}
const allStored: Add = async (events) => events.map(() => 'stored')

describe('what arrives together', () => {
  it('is written together, and everyone hears of their own event only', async () => {
    const groups: number[] = []
    const inbox = inboxOn(async (events) => {
      groups.push(events.length)
      return events.map(({ id }) => (id === 'e3' ? 'duplicate' : 'stored'))
    })
    const outcomes = await Promise.all(['e1', 'e2', 'e3'].map((id) => inbox.receive(event(id))))
    expect(outcomes).toEqual(['stored', 'stored', 'duplicate'])
    expect(groups).toEqual([3])
    expect(inbox.fresh, 'a duplicate is nothing new to read').toEqual(['e1', 'e2'])
  })

  it('is stored although one of it cannot be', async () => {
    const inbox = inboxOn(async (events) => {
      if (events.some(({ id }) => id === 'bad')) throw new Error('unstorable')
      return allStored(events)
    })
    const outcomes = await Promise.allSettled(['e1', 'bad', 'e2'].map((id) => inbox.receive(event(id))))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})

describe('without a disk', () => {
  it('everyone is refused at once, and those who come later may succeed', async () => {
    let isDown = true
    const inbox = inboxOn((events) => (isDown ? Promise.reject(new Error('down')) : allStored(events)))
    const refused = await Promise.allSettled(Array.from({ length: 600 }, (_, i) => inbox.receive(event(`e${i}`))))
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(['rejected']))
    isDown = false
    expect(await inbox.receive(event('later'))).toBe('stored')
  })

  it('nobody waits longer than they would be waited for, and memory does not fill up', async () => {
    const inbox = inboxOn(() => new Promise(() => {}), { patienceMs: 30, maxWaiting: 2 })
    const waiting = Array.from({ length: 5 }, (_, i) => inbox.receive(event(`e${i}`)))
    const outcomes = await Promise.allSettled(waiting)
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(String((outcomes[4] as PromiseRejectedResult).reason)).toContain('too many events')
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createGiveWay } from '../../../src/core/give-way.ts'
import { createLanes } from '../../../src/core/lanes.ts'
import type { Queue } from '../../../src/core/ports.ts'
import { createWorker } from '../../../src/core/work-off.ts'

type Row = { readonly id: string; readonly conversation: string; readonly nextAt: Date }

/** A queue in memory, with one lease a conversation, as the stores have it. */
function queueOf(rows: Row[]) {
  const leased = new Set<string>()
  const queue: Queue<Row> = {
    due: async (_now, limit) => [...new Set(rows.map(({ conversation }) => conversation))].slice(0, limit),
    lease: async (conversation) => {
      leased.add(conversation)
      return true
    },
    release: async (conversation) => void leased.delete(conversation),
    waiting: async (conversation, limit) => rows.filter((row) => row.conversation === conversation).slice(0, limit),
    postpone: async () => {},
  }
  return { queue, leased, done: (row: Row) => void rows.splice(rows.indexOf(row), 1) }
}
const row = (conversation: string, i = 0): Row => ({ id: `${conversation}${i}`, conversation, nextAt: new Date(0) })
const clock = { now: () => new Date() }
const onFault = (error: unknown) => {
  throw error
}

describe('a worker', () => {
  it('works off conversations side by side, and each in order', async () => {
    const rows = ['a', 'b', 'c'].flatMap((name) => [row(name, 1), row(name, 2), row(name, 3)])
    const { queue, done, leased } = queueOf(rows)
    const worked: string[] = []
    const work = async (one: Row) => {
      await sleep(1)
      worked.push(one.id)
      done(one)
      return 'next' as const
    }
    const worker = createWorker({ queue, clock, work, breadth: 2, onFault })
    worker.wake()
    await worker.idle()
    expect(worked).toHaveLength(9)
    for (const name of ['a', 'b', 'c'])
      expect(worked.filter((id) => id.startsWith(name))).toEqual([`${name}1`, `${name}2`, `${name}3`])
    expect(leased.size).toBe(0)
  })

  it('takes up what is new although something else takes long', async () => {
    const rows = [row('slow')]
    const { queue, done } = queueOf(rows)
    let finish = () => {}
    const slow = new Promise<void>((resolve) => {
      finish = resolve
    })
    const worked: string[] = []
    const work = async (one: Row) => {
      if (one.conversation === 'slow') await slow
      worked.push(one.id)
      done(one)
      return 'next' as const
    }
    const worker = createWorker({ queue, clock, work, breadth: 4, onFault })
    worker.wake()
    await sleep(10)
    rows.push(row('urgent'))
    worker.wake()
    await sleep(60)
    expect(worked).toEqual(['urgent0'])
    finish()
    await worker.idle()
    expect(worked).toEqual(['urgent0', 'slow0'])
  })

  it('told to stop, begins nothing more and leaves nothing leased, even when something hangs', async () => {
    const { queue, leased } = queueOf([row('a', 1), row('a', 2), row('b')])
    const begun: string[] = []
    const work = (one: Row) => {
      begun.push(one.id)
      return new Promise<'next'>(() => {})
    }
    const worker = createWorker({ queue, clock, work, breadth: 1, onFault })
    worker.wake()
    await sleep(10)
    await worker.stop(20)
    expect(begun).toEqual(['a1'])
    expect(leased.size).toBe(0)
  })
})

describe('lanes', () => {
  it('report a fault and go on at the next wake', async () => {
    const faults: unknown[] = []
    const steps: (() => Promise<boolean>)[] = [
      () => Promise.reject(new Error('down')),
      async () => true,
      async () => false,
    ]
    const step = () => (steps.shift() ?? (async () => false))()
    const lanes = createLanes({ breadth: 1, step, onFault: (error) => void faults.push(error) })
    lanes.wake()
    await lanes.idle()
    expect(faults).toHaveLength(1)
    lanes.wake()
    await lanes.idle()
    expect(steps).toHaveLength(0)
  })
})

describe('background work', () => {
  it('never waits when it is calm', async () => {
    const { arrived, turn } = createGiveWay()
    for (let i = 0; i < 20; i++) arrived(Promise.resolve())
    await sleep(1)
    const began = performance.now()
    for (let i = 0; i < 100; i++) await turn()
    expect(performance.now() - began).toBeLessThan(50)
  })

  it('gives way to a queue at the door on a machine too slow for a flood', async () => {
    const { arrived, turn } = createGiveWay()
    let store = () => {}
    const stored = new Promise<void>((resolve) => {
      store = resolve
    })
    for (let i = 0; i < 5; i++) arrived(stored)
    const began = performance.now()
    for (let i = 0; i < 3; i++) await turn()
    expect(performance.now() - began).toBeGreaterThan(30)
    store()
    await sleep(1)
    const calm = performance.now()
    for (let i = 0; i < 10; i++) await turn()
    expect(performance.now() - calm).toBeLessThan(20)
  })

  it('gives way to a flood, but goes on at its pace', async () => {
    let now = 0
    const { arrived, turn } = createGiveWay(() => now)
    for (let i = 0; i < 100; i++) arrived(Promise.resolve())
    await turn()
    const began = performance.now()
    await turn()
    await turn()
    expect(performance.now() - began).toBeGreaterThan(30)
    now += 1_000
    const calm = performance.now()
    for (let i = 0; i < 10; i++) await turn()
    expect(performance.now() - calm).toBeLessThan(20)
  })
})

import { expect, it } from 'vitest'
import type { RawEvent, Reading } from '../../src/core/channel.ts'
import { type Context, deliver, expectNoSecrets, expectSent, outbound, stored } from './channel-harness.ts'

export function describeReceiving(context: () => Context): void {
  it('answers success only after the event was stored', async () => {
    const { harness, inbox } = context()
    if (!harness.calls) return
    let store: () => void = () => {}
    inbox.answer = () =>
      new Promise((resolve) => {
        store = () => resolve('stored')
      })
    let answered = false
    const answer = deliver(harness.channel, harness.calls.genuine('first', 'The lobby light is out')).then(
      (response) => {
        answered = true
        return response
      },
    )
    await until(() => inbox.events.length === 1)
    await pause(20)
    expect(answered).toBe(false)
    store()
    expect((await answer).status).toBeLessThan(300)
  })

  it('answers 503 when the event could not be stored, and takes it when the store is back', async () => {
    const { harness, inbox } = context()
    if (!harness.calls) return
    const request = harness.calls.genuine('first', 'The lobby light is out')
    inbox.answer = () => Promise.reject(new Error('database is down'))
    expect((await deliver(harness.channel, request)).status).toBe(503)
    inbox.answer = () => Promise.resolve('stored')
    expect((await deliver(harness.channel, request)).status).toBeLessThan(300)
  })

  it('names one event once, however often it is delivered, and answers success again', async () => {
    const { harness, inbox } = context()
    if (!harness.calls) return
    await deliver(harness.channel, harness.calls.genuine('first', 'Hello'))
    inbox.answer = () => Promise.resolve('duplicate')
    expect((await deliver(harness.channel, harness.calls.genuine('first', 'Hello'))).status).toBeLessThan(300)
    await deliver(harness.channel, harness.calls.genuine('second', 'Hello'))
    const ids = inbox.events.map((event) => event.id)
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('refuses forged, unsigned and unreadable requests and stores nothing of them', async () => {
    const { harness, inbox } = context()
    if (!harness.calls) return
    const { forged, unsigned, unreadable } = harness.calls
    for (const request of [forged('Hello'), unsigned('Hello'), unreadable()]) {
      const response = await deliver(harness.channel, request)
      expect([400, 401, 403, 413, 415]).toContain(response.status)
      expectNoSecrets(harness, response)
    }
    expect(inbox.events).toEqual([])
  })

  it('stores an event that survives JSON and is accounted under one of its limits', async () => {
    const { event, harness } = await receiveOne(context(), 'Grüße 😀 大堂 & = +')
    if (!event) return
    expect(JSON.parse(JSON.stringify(event.payload))).toEqual(event.payload)
    expect(event.source).toBe(harness.channel.name)
    expect(Object.keys(harness.channel.limits)).toContain(event.channel)
    expect(event.conversation).not.toBe('')
    expect(event.receivedAt).toBeInstanceOf(Date)
  })
}

export function describeReading(context: () => Context): void {
  it('reads back, from the stored form, the words that were sent', async () => {
    const text = 'Grüße 😀 大堂 & = +\nsecond line'
    const { event, harness } = await receiveOne(context(), text)
    if (!event) return
    const reading = harness.channel.read(stored(event))
    expect(textOf(reading)).toBe(text)
    if (reading.type !== 'message') return
    expect(reading.message.conversation).toBe(event.conversation)
    expect(reading.message.from.channel).toBe(event.channel)
    expect(reading.message.automatic).toBe(false)
    expect(reading.message.sentAt).toBeInstanceOf(Date)
  })

  it('reads the same event the same way twice', async () => {
    const { event, harness } = await receiveOne(context(), 'Hello')
    if (!event) return
    expect(harness.channel.read(stored(event))).toEqual(harness.channel.read(stored(event)))
  })

  it('quarantines what it cannot understand', async () => {
    const { event, harness } = await receiveOne(context(), 'Hello')
    if (!event) return
    for (const payload of [null, 7, 'text', [], {}, { form: 7 }, { nested: { deep: [1] } }]) {
      const reading = harness.channel.read({ ...event, payload })
      expect(['quarantine', 'suppress']).toContain(reading.type)
    }
  })

  it('ties a delivery report to the message we sent', async () => {
    const { harness, inbox } = context()
    const report = harness.calls?.report
    if (!report) return
    const sent = expectSent(await harness.channel.send(outbound(harness, { id: 'out-7' })))
    await deliver(harness.channel, report(sent.providerId, 'out-7'))
    const event = inbox.events.at(-1)
    const reading = event && harness.channel.read(stored(event))
    expect(reading).toMatchObject({
      type: 'report',
      report: { providerId: sent.providerId, messageId: 'out-7', state: 'delivered' },
    })
  })
}

async function receiveOne(context: Context, text: string): Promise<Context & { event: RawEvent | undefined }> {
  const { calls, channel } = context.harness
  if (calls) await deliver(channel, calls.genuine('only', text))
  return { ...context, event: context.inbox.events[0] }
}

function textOf(reading: Reading): string | undefined {
  if (reading.type === 'message') return reading.message.text
  return reading.type === 'thread' ? reading.text : undefined
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(1)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

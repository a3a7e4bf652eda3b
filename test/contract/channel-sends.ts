import { expect, it } from 'vitest'
import type { FindResult, SendResult } from '../../src/core/channel.ts'
import { type Context, expectNoSecrets, expectSent, outbound } from './channel-harness.ts'

export function describeSending(context: () => Context): void {
  it('sends a message once and names it as the provider does', async () => {
    const { harness } = context()
    const sent = expectSent(await harness.channel.send(outbound(harness, { text: 'An officer is on the way 😀' })))
    expect(harness.taken()).toEqual([{ providerId: sent.providerId, text: 'An officer is on the way 😀' }])
  })

  it('says that it may be tried again when the provider cannot be reached', async () => {
    const { harness } = context()
    await harness.trouble('down')
    expect(await harness.channel.send(outbound(harness))).toMatchObject({ outcome: 'refused', permanent: false })
    await harness.trouble('none')
    expectSent(await harness.channel.send(outbound(harness)))
    expect(harness.taken()).toHaveLength(1)
  })

  it('waits as long as a throttling provider asks, and does not try again by itself', async () => {
    const { harness } = context()
    await harness.trouble('throttled')
    const result = await harness.channel.send(outbound(harness))
    expect(result).toMatchObject({ outcome: 'refused', permanent: false })
    expect(result.outcome === 'refused' && result.retryAfterSeconds).toBeGreaterThan(0)
    expect(harness.taken()).toEqual([])
  })

  it('gives up for good, in words, on what the provider will never take', async () => {
    const { harness } = context()
    await harness.trouble('refusing')
    const result = await harness.channel.send(outbound(harness))
    expect(result).toMatchObject({ outcome: 'refused', permanent: true })
    expectNoSecrets(harness, result)
    expect(reasonOf(result)).toMatch(/\w+ \w+/)
  })

  it('refuses a text above its limit without asking the provider', async () => {
    const { harness } = context()
    const limit = harness.channel.limits[harness.to.channel]?.maxTextLength ?? 0
    if (!Number.isFinite(limit)) return
    const result = await harness.channel.send(outbound(harness, { text: 'x'.repeat(limit + 1) }))
    expect(result).toMatchObject({ outcome: 'refused', permanent: true })
    expect(harness.taken()).toEqual([])
  })

  it.each(['silent', 'failing'] as const)('admits that it does not know when the provider is %s', async (trouble) => {
    const { harness } = context()
    await harness.trouble(trouble)
    const result = await harness.channel.send(outbound(harness))
    expect(result.outcome).toBe('unknown')
    expectNoSecrets(harness, result)
  })
}

export function describeFinding(context: () => Context): void {
  it('finds the message whose answer was lost', async () => {
    const { harness } = context()
    const attemptedAt = new Date(Date.now() - 60_000)
    await harness.trouble('silent')
    const message = outbound(harness, { id: 'out-lost', text: 'Your case is closed' })
    await harness.channel.send(message)
    await harness.trouble('none')
    if (harness.keepsNoBook) return expectUnknown(await harness.channel.find(message, attemptedAt))
    expect(await harness.channel.find(message, attemptedAt)).toEqual({
      outcome: 'found',
      providerId: harness.taken()[0]?.providerId,
    })
    expect(harness.taken()).toHaveLength(1)
  })

  it('says absent when the provider never had it, and unknown when it cannot ask', async () => {
    const { harness } = context()
    const attemptedAt = new Date(Date.now() - 60_000)
    const message = outbound(harness, { id: 'out-never', text: 'Nobody ever sent this' })
    if (harness.keepsNoBook) return expectUnknown(await harness.channel.find(message, attemptedAt))
    expect(await harness.channel.find(message, attemptedAt)).toEqual({ outcome: 'absent' })
    await harness.trouble('down')
    expect(await harness.channel.find(message, attemptedAt)).toMatchObject({ outcome: 'unknown' })
  })
}

/** Never "absent": that would let a message be sent twice. */
function expectUnknown(found: FindResult): void {
  expect(found).toMatchObject({ outcome: 'unknown' })
  expect(found.outcome === 'unknown' && found.reason).toMatch(/\w+ \w+/)
}

function reasonOf(result: SendResult): string {
  return result.outcome === 'sent' ? '' : result.reason
}

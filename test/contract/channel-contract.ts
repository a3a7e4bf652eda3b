import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChannelHarness, type Context, deliver, expectNoSecrets, recordingInbox } from './channel-harness.ts'
import { describeReading, describeReceiving } from './channel-receives.ts'
import { describeFinding, describeSending } from './channel-sends.ts'

export type { ChannelHarness, ProviderCalls, ProviderTrouble } from './channel-harness.ts'

/** What every channel promises the core, whatever its provider: run it with a harness for each channel. */
export function describeChannelContract(name: string, makeHarness: () => Promise<ChannelHarness>): void {
  describe(`${name} keeps the channel contract`, () => {
    let current: Context | undefined
    beforeEach(async () => {
      current = { harness: await makeHarness(), inbox: recordingInbox() }
      await current.harness.channel.start(current.inbox)
    })
    afterEach(async () => {
      await current?.harness.channel.stop()
      await current?.harness.close()
      current = undefined
    })
    const context = (): Context => {
      if (current === undefined) throw new Error('the harness could not be made')
      return current
    }
    describeShape(context)
    describeReceiving(context)
    describeReading(context)
    describeSending(context)
    describeFinding(context)
    describeLife(context)
  })
}

function describeShape(context: () => Context): void {
  it('states its limits as plain, sensible facts', () => {
    const entries = Object.entries(context().harness.channel.limits)
    expect(entries.length).toBeGreaterThan(0)
    for (const [, limits] of entries) {
      expect(limits.maxTextLength).toBeGreaterThan(0)
      expect(limits.buttons).toBeGreaterThanOrEqual(0)
      expect(limits.replyWindowSeconds).toBeGreaterThan(0)
    }
    expect(Object.keys(context().harness.channel.limits)).toContain(context().harness.to.channel)
  })

  it('takes bodies of at most 1 MB on every route', () => {
    for (const route of context().harness.channel.routes) {
      expect(route.path).toMatch(/^\/[a-z0-9/-]+$/)
      expect(route.maxBytes).toBeLessThanOrEqual(1_048_576)
    }
  })
}

function describeLife(context: () => Context): void {
  it('checks its credentials and says how to mend wrong ones', async () => {
    const { harness } = context()
    expect(await harness.channel.check()).toMatchObject({ ok: true })
    const wrong = await harness.stranger.check()
    expect(wrong.ok).toBe(false)
    expect(wrong.mend).toMatch(/\w+ \w+/)
    expectNoSecrets(harness, wrong)
  })

  it('does not pass a check while the provider is down', async () => {
    const { harness } = context()
    await harness.trouble('down')
    expect(await harness.channel.check()).toMatchObject({ ok: false })
  })

  it('acknowledges nothing before it was started or after it was stopped', async () => {
    const { harness, inbox } = context()
    if (!harness.calls) return
    await harness.channel.stop()
    await harness.channel.stop()
    expect((await deliver(harness.channel, harness.calls.genuine('late', 'Hello'))).status).toBe(503)
    expect((await deliver(harness.stranger, harness.calls.genuine('early', 'Hello'))).status).toBeGreaterThanOrEqual(
      400,
    )
    expect(inbox.events).toEqual([])
  })
}

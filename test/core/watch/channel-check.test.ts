import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../src/core/channel.ts'
import type { StaffMember } from '../../../src/core/duty/staff.ts'
import type { Outgoing } from '../../../src/core/ports.ts'
import { createChannelCheck } from '../../../src/core/watch/channel-check.ts'
import { createNotifier } from '../../../src/core/watch/notify.ts'
import { person } from '../duty/sample-duty.ts'
import { rememberedHere } from './remembered-here.ts'

const limits = {
  ...{ maxTextLength: 1_600, buttons: 0, reportsDelivery: true, replyWindowSeconds: Number.POSITIVE_INFINITY },
  optOut: true,
}
const fine: CheckResult = { ok: true, detail: 'fine' }
const refused: CheckResult = { ok: false, detail: 'Twilio answered 503' }

/** What was queued by the real notifier, over a provider whose answers are given. */
function watched(answers: (() => Promise<CheckResult>)[], people: readonly StaffMember[]) {
  let now = new Date('2026-03-04T02:00:00Z')
  const queued: Outgoing[] = []
  const marks = new Set<string>()
  const notify = createNotifier({
    said: { has: async (id) => marks.has(id), mark: async (id) => void marks.add(id) },
    outbox: { add: async (messages) => void queued.push(...messages) },
    clock: { now: () => now },
    say: (occasion, _language, facts) => `${occasion} ${facts.channel} ${facts.reason}`,
    onQueued: () => {},
  })
  const look = createChannelCheck({
    channels: [
      {
        name: 'twilio',
        limits: { sms: limits, whatsapp: limits },
        check: () => (answers.shift() ?? (async () => fine))(),
      },
    ],
    ...{ clock: { now: () => now }, notify, lastResort: people, withinMs: 20, watched: rememberedHere() },
  })
  return {
    look,
    waits: (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
    told: () => queued.splice(0).map(({ message }) => `${message.to.channel}: ${message.text}`),
  }
}

const says = (result: CheckResult) => async () => result
const slackAndSms = person('boss')
const smsOnly = person('dan', { methods: [{ address: { channel: 'sms', id: '+12025550108' }, verified: true }] })

describe('a channel that would take no message', () => {
  it('is told at the second refusal, by another channel, and once an hour while it lasts', async () => {
    const { look, told, waits } = watched(
      Array.from({ length: 40 }, () => says(refused)),
      [slackAndSms],
    )
    await look()
    expect(told()).toEqual([])
    await look()
    expect(told()).toEqual(['slack: channel-failing twilio Twilio answered 503'])
    waits(10)
    await look()
    expect(told()).toEqual([])
    waits(60)
    await look()
    expect(told()).toHaveLength(1)
  })

  it('is told by that very channel where somebody has no other: better late than never', async () => {
    const { look, told } = watched([says(refused), says(refused)], [smsOnly])
    await look()
    await look()
    expect(told()).toEqual(['sms: channel-failing twilio Twilio answered 503'])
  })

  it('is no alarm after one refusal between good answers, and the end of trouble is told once', async () => {
    const { look, told } = watched(
      [says(refused), says(fine), says(refused), says(refused), says(fine), says(fine)],
      [slackAndSms],
    )
    for (let i = 0; i < 3; i++) await look()
    expect(told()).toEqual([])
    await look()
    expect(told()).toHaveLength(1)
    await look()
    await look()
    expect(told()).toEqual(['slack: channel-back twilio '])
  })

  it('that fails again within the hour is told again: the last that was said was that it is back', async () => {
    const answers = [refused, refused, fine, refused, refused, refused].map(says)
    const { look, told, waits } = watched(answers, [slackAndSms])
    for (let i = 0; i < 3; i++) {
      await look()
      waits(2)
    }
    expect(told()).toHaveLength(2)
    await look()
    waits(2)
    await look()
    expect(told()).toEqual(['slack: channel-failing twilio Twilio answered 503'])
    waits(2)
    await look()
    expect(told()).toEqual([])
  })

  it('is one that does not answer, or whose check fails, as much as one that refuses', async () => {
    const never = () => new Promise<CheckResult>(() => {})
    const broken = () => Promise.reject(new Error('a bug'))
    const silent = watched([never, never], [slackAndSms])
    await silent.look()
    await silent.look()
    expect(silent.told()).toEqual(['slack: channel-failing twilio no answer within 0.02 s'])
    const failing = watched([broken, broken], [slackAndSms])
    await failing.look()
    await failing.look()
    expect(failing.told()).toEqual(['slack: channel-failing twilio the check itself failed'])
  })
})

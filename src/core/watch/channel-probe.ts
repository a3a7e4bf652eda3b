import type { Channel, CheckResult } from '../channel.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Clock } from '../ports.ts'
import type { Notify } from './notify.ts'

export type ProbeDeps = {
  readonly channels: readonly Pick<Channel, 'name' | 'limits' | 'check'>[]
  readonly clock: Clock
  readonly notify: Notify
  /** Told by any other channel than the one that fails. */
  readonly lastResort: readonly StaffMember[]
  readonly withinMs?: number
}

/** One refusal may be a provider's hiccup; the second look in a row is an alarm. */
const failuresBeforeAlarm = 2
const hourMs = 3_600_000

/**
 * Asks every provider whether it would take a message of ours, so that a channel which cannot deliver is known before a
 * page needs it. Alarms once an hour while it lasts, and says when it is over.
 */
export function createChannelProbe(deps: ProbeDeps): () => Promise<void> {
  const failures = new Map<string, number>()
  /** When it was last said that all is well: whoever heard that must hear of the next trouble, within the hour too. */
  const backAt = new Map<string, string>()
  const probe = async (channel: ProbeDeps['channels'][number]): Promise<void> => {
    const { ok, detail } = await checked(channel, deps.withinMs ?? 20_000)
    const before = failures.get(channel.name) ?? 0
    const now = deps.clock.now()
    if (ok && before >= failuresBeforeAlarm) {
      await say(`probe:${channel.name}:${now.toISOString()}`, 'channel-back', { channel, detail: '' }, deps)
      backAt.set(channel.name, now.toISOString())
    }
    // Only once it was said: whatever could not be said is said at the next look.
    failures.set(channel.name, ok ? 0 : before + 1)
    if (ok || before + 1 < failuresBeforeAlarm) return
    const hour = Math.floor(now.getTime() / hourMs)
    const id = ['probe', channel.name, hour, ...(backAt.has(channel.name) ? [backAt.get(channel.name)] : [])].join(':')
    await say(id, 'channel-failing', { channel, detail }, deps)
  }
  return async () => void (await Promise.all(deps.channels.map(probe)))
}

/** A provider that does not answer has not answered well. */
async function checked({ check }: Pick<Channel, 'check'>, withinMs: number): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: `no answer within ${withinMs / 1_000} s` }), withinMs)
  })
  const answer = check().catch((): CheckResult => ({ ok: false, detail: 'the check itself failed' }))
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

type About = { readonly channel: ProbeDeps['channels'][number]; readonly detail: string }

async function say(
  id: string,
  occasion: 'channel-failing' | 'channel-back',
  { channel: { name, limits }, detail }: About,
  { notify, lastResort }: ProbeDeps,
): Promise<void> {
  const facts = { channel: name, reason: detail }
  await notify({ id, occasion, facts, people: lastResort, methods: 2, avoid: Object.keys(limits) })
}

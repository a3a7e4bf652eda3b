import type { Channel, CheckResult } from '../channel.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Clock } from '../ports.ts'
import type { Notify } from './notify.ts'
import { judge, noTrouble, type Trouble } from './trouble.ts'
import type { Watched } from './watched.ts'

export type CheckDeps = {
  readonly channels: readonly Pick<Channel, 'name' | 'limits' | 'check'>[]
  readonly watched: Watched
  readonly clock: Clock
  readonly notify: Notify
  /** Told by any other channel than the one that fails. */
  readonly lastResort: readonly StaffMember[]
  readonly withinMs?: number
}

/**
 * Asks every provider whether it would take a message of ours, so that a channel which cannot deliver is known before a
 * page needs it. Alarms once an hour while it lasts, and says when it is over.
 */
export function createChannelCheck(deps: CheckDeps): () => Promise<void> {
  const look = async (channel: CheckDeps['channels'][number]): Promise<void> => {
    const { ok, detail } = await checked(channel, deps.withinMs ?? 20_000)
    const name = `probe:${channel.name}`
    const before = (await deps.watched.load<Trouble>(name)) ?? noTrouble
    const { after, say } = judge(name, before, { ok, at: deps.clock.now() })
    if (say !== undefined) await tell(say, { channel, detail: ok ? '' : detail }, deps)
    // Only once it was said: whatever could not be said is said at the next look.
    if (after.failures !== before.failures) await deps.watched.change<Trouble>(name, () => after)
  }
  return async () => void (await Promise.all(deps.channels.map(look)))
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

type About = { readonly channel: CheckDeps['channels'][number]; readonly detail: string }

async function tell(
  { id, what }: { readonly id: string; readonly what: 'failing' | 'back' },
  { channel: { name, limits }, detail }: About,
  { notify, lastResort }: CheckDeps,
): Promise<void> {
  const facts = { channel: name, reason: detail }
  await notify({ id, occasion: `channel-${what}`, facts, people: lastResort, methods: 2, avoid: Object.keys(limits) })
}

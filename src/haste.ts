import { findDanger } from './bot/rules/emergency.ts'
import type { Channel, RawEvent } from './core/channel.ts'
import type { Works } from './core/lanes.ts'
import type { Clock } from './core/ports.ts'
import type { HastyInbox } from './core/store/inbox-store.ts'
import type { Watch } from './house.ts'

type HasteDeps = {
  readonly channels: readonly Channel[]
  readonly inbox: Pick<HastyInbox, 'hasten'>
  readonly clock: Clock
  readonly watch: Pick<Watch, 'fault'>
  /** Somebody should look at the inbox now. */
  readonly wake: () => void
}

/**
 * Words of danger are read before everything that waits, however much that is. They are looked for after the provider was
 * answered; when that is lost in a crash, they are read in their turn.
 */
export function createHaste(deps: HasteDeps): Pick<Works, 'idle' | 'stop'> & {
  look(events: readonly RawEvent[]): void
} {
  const byName = new Map(deps.channels.map((channel) => [channel.name, channel]))
  const underWay = new Set<Promise<void>>()
  const idle = async (): Promise<void> => {
    await Promise.all(underWay)
  }
  async function hasten(events: readonly RawEvent[]): Promise<void> {
    // The answers to these events leave first.
    await new Promise((resolve) => setImmediate(resolve))
    const ids = events.filter((event) => tellsOfDanger(event, byName.get(event.source))).map(({ id }) => id)
    if (ids.length === 0) return
    await deps.inbox.hasten(ids, deps.clock.now())
    deps.wake()
  }
  return {
    idle,
    stop: idle,
    look: (events) => {
      const hastening = hasten(events)
        .catch((error: unknown) => deps.watch.fault(error, { at: 'inbox' }))
        .finally(() => underWay.delete(hastening))
      underWay.add(hastening)
    },
  }
}

function tellsOfDanger(event: RawEvent, channel: Channel | undefined): boolean {
  if (event.kind !== 'message' || channel === undefined) return false
  try {
    const reading = channel.read(event)
    return reading.type === 'message' && findDanger(reading.message.text).when === 'now'
  } catch {
    return false // whoever reads it in its turn says what is wrong with it
  }
}

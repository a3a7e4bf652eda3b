import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Watch } from '../house.ts'

export type Depths = {
  readonly inbox: number
  readonly outbox: number
  readonly open: number
  readonly exhausted: number
}

/** Figures for Prometheus. Labels are channels and occasions, never people. */
export function createMetrics(depths: () => Promise<Depths>) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const stored = new Counter({
    name: 'gatehouse_events_stored_total',
    help: 'Events written down before their provider was answered',
    registers,
  })
  const faults = new Counter({
    name: 'gatehouse_faults_total',
    help: 'Unexpected faults',
    labelNames: ['at'],
    registers,
  })
  const sent = new Counter({
    name: 'gatehouse_messages_sent_total',
    help: 'Messages a provider accepted',
    labelNames: ['channel', 'purpose'],
    registers,
  })
  const wait = new Histogram({
    name: 'gatehouse_send_seconds',
    help: 'From the decision to send until the provider accepted',
    labelNames: ['purpose'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300],
    registers,
  })
  const depth = new Gauge({
    name: 'gatehouse_waiting',
    help: 'What waits: events to read, messages to send, open cases, cases red',
    labelNames: ['what'],
    registers,
    collect: async () => {
      for (const [what, count] of Object.entries(await depths().catch(() => ({})))) depth.set({ what }, Number(count))
    },
  })
  const watch: Pick<Watch, 'stored' | 'delivered'> & { fault: (at: string) => void } = {
    stored: (count) => stored.inc(count),
    fault: (at) => faults.inc({ at }),
    delivered: ({ message, purpose, queuedAt }, at) => {
      sent.inc({ channel: message.to.channel, purpose: purpose.type })
      wait.observe({ purpose: purpose.type }, (at.getTime() - queuedAt.getTime()) / 1_000)
    },
  }
  return { watch, text: async () => ({ contentType: registry.contentType, text: await registry.metrics() }) }
}

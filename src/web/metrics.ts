import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Probe, ProbeRecord } from '../core/watch/probe.ts'
import type { Watch } from '../house.ts'

export type Depths = {
  readonly inbox: number
  readonly outbox: number
  readonly open: number
  readonly exhausted: number
}

type Probes = () => Promise<readonly { readonly probe: Pick<Probe, 'id'>; readonly record: ProbeRecord | undefined }[]>

/** Figures for Prometheus. Labels are channels and occasions, never people. */
export function createMetrics(depths: () => Promise<Depths>, probes: Probes) {
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
  countProbes(probes, registers)
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

/** The state is in the database, so every process shows the same. */
function countProbes(probes: Probes, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: (record: ProbeRecord) => number | undefined) =>
    new Gauge({
      ...{ name: `gatehouse_probe_${name}`, help, labelNames: ['probe'], registers },
      async collect() {
        for (const { probe, record } of await probes().catch(() => [])) {
          const value = record && read(record)
          if (value !== undefined) this.set({ probe: probe.id }, value)
        }
      },
    })
  gauge('failures', 'Rounds in a row that a probe did not come back; two are an alarm', ({ failures }) => failures)
  gauge('seconds', 'How long the last round took that came back', ({ tookMs }) => tookMs && tookMs / 1_000)
  gauge('last_success_timestamp_seconds', 'When a probe last came back', ({ goodAt }) => goodAt && +goodAt / 1_000)
}

import { carriers } from './carriers.ts'
import type { Config } from './config.ts'
import type { EngineDeps } from './core/engine.ts'
import { customersHeardBy } from './core/inbox/customer.ts'
import type { Address } from './core/message.ts'
import type { Stores } from './core/store/stores.ts'
import type { Probe, ProbeRecord } from './core/watch/probe.ts'
import {
  createRoundTrip,
  type HearProbe,
  messageOf,
  probesHeardBy,
  type RoundTripDeps,
  roundName,
} from './core/watch/round-trip.ts'
import type { HouseParts } from './house.ts'

/** The probes that are configured and whose channel is on. Mail always comes from the desk's own address. */
export function probesOf({ places, email }: Config, isOn: (channel: string) => boolean): readonly Probe[] {
  const mailDesk = email && { channel: 'email', id: email.desk.address }
  return places.file.probes.flatMap((probe, i): Probe[] => {
    const { channel, everyMs, withinMs } = probe
    const customer: Address = { channel, id: probe.customer }
    const desk = probe.channel === 'email' ? mailDesk : { channel, id: probe.desk }
    if (desk === undefined || !isOn(channel)) return []
    const site = places.siteOf(probe.channel === 'email' ? customer : desk)
    const ask = probe.channel === 'email' ? { from: desk, to: customer } : { from: customer, to: desk }
    return [{ id: `${channel}-${i + 1}`, channel, site, everyMs, withinMs, ask, answer: { from: desk, to: customer } }]
  })
}

type Configured = Pick<HouseParts, 'config' | 'channels'>

const probesOn = ({ config, channels }: Configured) =>
  probesOf(config, (channel) => carriers(channels)(channel) !== undefined)

/** Each probe with what is known of its rounds, for figures and for `doctor`. */
export const probeRecords =
  ({ stores: { watched }, ...configured }: Configured & { readonly stores: Pick<Stores, 'watched'> }) =>
  (): Promise<readonly { readonly probe: Probe; readonly record: ProbeRecord | undefined }[]> =>
    Promise.all(
      probesOn(configured).map(async (probe) => ({ probe, record: await watched.load<ProbeRecord>(probe.id) })),
    )

const of = (parts: HouseParts) => {
  const { stores, clock, linkKey: key } = parts
  return { probes: probesOn(parts), key, watched: stores.watched, clock }
}

/** Takes in what comes round. A probe opens a case by the same rules as any customer, and nobody but itself hears of it. */
export function hearingProbes(parts: HouseParts, engine: EngineDeps): HearProbe {
  const { stores, linkKey } = parts
  return probesHeardBy({
    ...of(parts),
    openCase: async (message, row, trip) => {
      const conversation = roundName(trip.probe, trip.round)
      const nextCaseId = async () => conversation
      // Whatever the case wants said to its customer is the answer; pages, cards and notices stop here.
      const write: EngineDeps['write'] = ({ type }) => (type === 'tell' ? [messageOf(trip, linkKey)] : [])
      const apart = { ...engine, cases: { ...stores.probeCases, nextCaseId }, write, placesOf: () => [] }
      const hear = customersHeardBy({ ...apartFrom(parts), engine: apart, siteOf: () => trip.probe.site })
      await hear({ ...message, conversation, automatic: false }, row)
    },
  })
}

/** A probe leaves no trace where customers leave theirs. */
const apartFrom = ({ bot, stores, clock }: HouseParts) => ({
  ...{ bot, clock, consents: stores.consents, outbox: stores.outbox },
  conversations: { ...stores.conversations, heard: async () => {} },
  notice: async () => {},
  statusOf: () => ({ occasion: 'status-unknown', facts: {} }),
  casesNamed: () => [],
  staffNamed: () => [],
  carrierAnswers: () => true,
  carrierLetsIn: () => false,
})

type Telling = Pick<RoundTripDeps, 'notify' | 'lastResort' | 'onQueued'>

/** Sends what is due, and tells people what did not come round. */
export function lookingAtProbes(parts: HouseParts, telling: Telling): () => Promise<void> {
  const { channels, stores, config } = parts
  return createRoundTrip({
    ...{ ...of(parts), ...telling, outbox: stores.outbox, forget: stores.probeCases.forget },
    failsWith: (channel) => Object.keys(carriers(channels)(channel)?.channel.limits ?? {}),
    siteName: (site) => config.duty.rosters.sites.get(site)?.name ?? site,
  })
}

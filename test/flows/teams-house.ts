import type { AddressInfo } from 'node:net'
import { memoryInMemory } from '../../src/channels/teams/references.ts'
import { createTeamsChannel } from '../../src/channels/teams/teams.ts'
import { createTwilioChannel } from '../../src/channels/twilio/twilio.ts'
import type { Config } from '../../src/config.ts'
import type { Channel } from '../../src/core/channel.ts'
import type { ContactMethod } from '../../src/core/duty/staff.ts'
import { type LocalTeams, startLocalTeams } from '../../src/simulator/teams/local-teams.ts'
import { type LocalTwilio, startLocalTwilio } from '../../src/simulator/twilio/local-twilio.ts'
import { openDoor } from './door.ts'
import { type HouseOptions, openHouse, shippedConfig, type TestHouse } from './house.ts'

const app = {
  appId: '0a0a0a0a-0000-4000-8000-0000000f1001',
  appPassword: 'an-invented-client-secret',
  tenantId: '0b0b0b0b-0000-4000-8000-0000000f1001',
}
const account = { accountSid: 'AC000000000000000000000000000000f2', authToken: 'an-invented-auth-token' }
const publicUrl = 'https://desk.example.test'

export const tenantPhone = '+12025550123'
export const towerChannel = '19:0a1b2c3d4e5f60718293a4b5c6d7e8f9@thread.tacv2'

/** The Entra id that a member of staff has in these stories. */
export const entraId = (index: number): string => `0c0c0c0c-0000-4000-8000-0000000f10${String(index).padStart(2, '0')}`

/** The configuration in which these people are reached in these ways, in this order. */
export function withMethods(config: Config, methods: Readonly<Record<string, readonly ContactMethod[]>>): Config {
  const staff = new Map(config.duty.staff)
  for (const [id, own] of Object.entries(methods)) {
    const member = staff.get(id)
    if (member === undefined) throw new Error(`${id} is not in staff.yaml`)
    staff.set(id, { ...member, methods: own })
  }
  return { ...config, duty: { ...config.duty, staff } }
}

export const inTeams = (index: number, afterSeconds?: number): ContactMethod => ({
  address: { channel: 'teams', id: entraId(index) },
  verified: true,
  ...(afterSeconds !== undefined && { afterSeconds }),
})

export type TeamsHouse = {
  readonly house: TestHouse
  readonly teams: LocalTeams
  readonly twilio: LocalTwilio
  /** Where Teams calls this house. */
  readonly endpoint: string
  /** Lets the house and the providers go on until this is so. */
  eventually<T>(look: () => T | undefined | false): Promise<T>
  /** What the customer's phone has received, oldest first. */
  phone(): readonly string[]
  close(): Promise<void>
}

/** The real house with the real Teams and Twilio adapters on local providers, and whatever else a story needs. */
export async function openTeamsHouse(
  options: HouseOptions & { readonly more?: readonly Channel[] } = {},
): Promise<TeamsHouse> {
  const { senders } = shippedConfig().places.file
  // The providers' clocks are the house's: what they bring must not come from its future.
  let opened: TestHouse | undefined
  const clock = () => opened?.now() ?? options.at ?? new Date()
  const twilio = await startLocalTwilio({ ...account, numbers: senders, stepMs: 1 })
  const people = ['Chan Tai Man', 'Wong Siu Ming', 'Lee Ka Yan', 'Lam Mei Ling'].map((name, index) => ({
    id: entraId(index),
    name,
  }))
  const teams = await startLocalTeams({
    ...app,
    people,
    channels: [{ id: towerChannel, name: 'Tower' }],
    retryDelaysMs: [10, 20],
    clock,
  })
  const { openIdUrl, loginUrl, serviceUrl } = teams
  const settings = { ...app, tenants: [app.tenantId], openIdUrl, loginUrl, serviceUrl }
  const { apiUrl, contentUrl } = twilio
  const { accountSid, authToken } = account
  const channels: readonly Channel[] = [
    createTwilioChannel(
      { accountSid, authTokens: [authToken], publicUrl, senders, templates: {}, apiUrl, contentUrl },
      { clock },
    ),
    createTeamsChannel(settings, { memory: memoryInMemory(), answerWithinMs: 2_000, clock }),
    ...(options.more ?? []),
  ]
  const house = await openHouse({ at: new Date(), ...options, channels: () => channels })
  opened = house
  for (const channel of channels) await channel.start(house.inbox, house.reads)
  const door = await openDoor(channels)
  const deliverTo = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  twilio.connect({ publicUrl, deliverTo })
  teams.control.setEndpoint(`${deliverTo}/api/messages`)
  return {
    ...{ house, teams, twilio, endpoint: `${deliverTo}/api/messages` },
    eventually: (look) => eventually(house, look),
    phone: () =>
      twilio.messagesOf(tenantPhone).flatMap(({ direction, body }) => (direction === 'inbound' ? [] : [body])),
    close: async () => {
      for (const channel of channels) await channel.stop()
      await Promise.all([twilio.close(), teams.close()])
      door.closeAllConnections()
      door.close()
    },
  }
}

/** Most things need the providers' time only; what waits for the house's own gets some of it now and then. */
async function eventually<T>(house: TestHouse, look: () => T | undefined | false): Promise<T> {
  const end = Date.now() + 20_000
  for (let round = 1; ; round++) {
    await (round % 25 === 0 ? house.passes('1s') : house.settle())
    const found = look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

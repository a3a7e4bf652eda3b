import { expect } from 'vitest'
import type { RawEvent, Reading } from '../../src/core/channel.ts'
import { addressesOf } from '../../src/core/duty/directory.ts'
import type { Address, Attachment, DeliveryReport, InboundMessage } from '../../src/core/message.ts'
import type { TestHouse } from './house.ts'
import type { Arrived, ScriptedChannel } from './scripted-channel.ts'

/** Our own number at Harbour View Tower, for SMS and WhatsApp. */
export const towerNumber = '+12025550190'

let events = 0

/** Hands an event to the house the way a channel does after checking it, and waits until it has had its effect. */
export async function hands(
  house: TestHouse,
  channel: ScriptedChannel,
  event: { reading: Reading; kind?: RawEvent['kind']; conversation?: string; id?: string; on?: string },
) {
  events += 1
  const { reading, kind = 'message', conversation = `c-${events}`, id = `event-${events}`, on = channel.name } = event
  const raw: RawEvent = {
    ...{ id, kind, conversation, channel: on, source: channel.name, receivedAt: house.now() },
    payload: JSON.parse(JSON.stringify({ reading })),
  }
  const stored = await house.inbox.receive(raw)
  await house.settle()
  return stored
}

type More = Partial<Pick<InboundMessage, 'action' | 'automatic' | 'consent' | 'sentAt'>> & {
  readonly attachments?: readonly Attachment[]
}

/** Somebody with a phone. */
export function phoneOf(house: TestHouse, number: string, channel: 'sms' | 'whatsapp' = 'sms') {
  const address: Address = { channel, id: number }
  const to = { channel, id: towerNumber }
  const conversation = `${channel}:${towerNumber}:${number}`
  return {
    address,
    texts: (text: string, more: More = {}) => {
      const id = `${channel}-in-${++events}`
      const message: InboundMessage = {
        ...{ id, from: address, to, conversation, text, attachments: [], automatic: false, sentAt: house.now() },
        ...more,
      }
      return hands(house, house.phones, { id, reading: { type: 'message', message }, conversation, on: channel })
    },
    /** The next message on this phone; its words must be these. */
    reads: (...words: readonly (string | RegExp)[]) => reads(house.phones, address, words),
    hasNothingNew: () => expect(house.phones.take(address)?.message.text).toBeUndefined(),
  }
}

/** Somebody of staff.yaml, with Slack and a phone. */
export function officer(house: TestHouse, id: string) {
  const member = house.directory.byId(id)
  if (member === undefined) throw new Error(`${id} is not in staff.yaml`)
  const atTheDesk = addressesOf(member).find(({ channel }) => channel === 'slack' || channel === 'teams')
  const number = addressesOf(member).find(({ channel }) => channel === 'sms')?.id ?? ''
  const user = { address: atTheDesk ?? { channel: 'slack', id: 'nobody' }, reply: 'here' }
  const act = async (reading: Reading, eventId: string) => {
    const before = house.slack.whispers.length
    await hands(house, house.slack, { id: eventId, reading, kind: 'action', on: 'slack' })
    return house.slack.whispers
      .slice(before)
      .map(({ text }) => text)
      .join('\n')
  }
  return {
    name: member.name,
    phone: phoneOf(house, number),
    /** The next message in the person's Slack; its words must be these. */
    reads: (...words: readonly (string | RegExp)[]) => reads(house.slack, user.address, words),
    hasNothingNew: () => expect(house.slack.take(user.address)?.message.text).toBeUndefined(),
    /** Gives a desk command, by button or form; returns what the person is told privately. */
    presses: (command: string, caseId: string, args: Readonly<Record<string, string>> = {}, eventId = newId()) =>
      act({ type: 'action', action: { id: eventId, user, command, caseId, args, at: house.now() } }, eventId),
    writesUnderCard: (caseId: string, text: string) =>
      hands(house, house.slack, {
        reading: { type: 'thread', user, threadOf: threadOf(caseId), text, at: house.now() },
        on: 'slack',
      }),
  }
}

const newId = () => `press-${++events}`
const threadOf = (caseId: string) => `C0HARBOUR1:card-${caseId}`

/** The Slack channel of the tower's desk. */
export function towerDesk(house: TestHouse) {
  const address = { channel: 'slack', id: 'C0HARBOUR1' }
  return {
    reads: (...words: readonly (string | RegExp)[]) => reads(house.slack, address, words),
    card: (caseId: string) => {
      const card = house.slack.cards.get(caseId)
      if (card === undefined) throw new Error(`no card shows ${caseId}`)
      return card
    },
  }
}

/** The provider's report on a message. */
export const reported = (
  house: TestHouse,
  { providerId }: Arrived,
  state: DeliveryReport['state'],
  reason?: string,
  more: Pick<DeliveryReport, 'stopped'> = {},
) =>
  hands(house, house.phones, {
    kind: 'report',
    id: `report-${providerId}-${state}`,
    reading: {
      type: 'report',
      report: { providerId, state, at: house.now(), ...(reason !== undefined && { reason }), ...more },
    },
  })

function reads(channel: ScriptedChannel, address: Address, words: readonly (string | RegExp)[]): Arrived {
  const arrived = channel.take(address)
  if (arrived === undefined)
    throw new Error(`nothing new for ${address.channel} ${address.id}; ${waitingElsewhere(channel)}`)
  for (const word of words)
    if (typeof word === 'string') expect(arrived.message.text).toContain(word)
    else expect(arrived.message.text).toMatch(word)
  return arrived
}

const waitingElsewhere = (channel: ScriptedChannel): string => {
  const waiting = channel.unexpected().map(({ message }) => `${message.to.channel} ${message.to.id}: ${message.text}`)
  return waiting.length === 0 ? 'nobody has anything' : `others have:\n${waiting.join('\n')}`
}

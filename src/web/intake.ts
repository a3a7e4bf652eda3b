import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Channel, ChannelLimits, HttpResponse, Inbox, RawEvent, Reading } from '../core/channel.ts'
import type { Directory } from '../core/duty/directory.ts'
import type { Address } from '../core/message.ts'
import type { Clock, Ending } from '../core/ports.ts'
import { json, problem } from './problem.ts'

/** How people come to us without writing: to the counter, or by telephone. */
const ways = ['walk-in', 'phone'] as const

const intakeBody = z.object({
  /** The staff member who records it. */
  as: z.string().max(80),
  site: z.string().max(80),
  channel: z.enum(ways),
  text: z.string().trim().min(1).max(10_000),
  name: z.string().trim().max(200).optional(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
  /** The same id twice is one intake. */
  id: z.string().max(100).optional(),
})

/** What is stored of it; `recordedBy` is the name the file shows. */
const payloadSchema = intakeBody.extend({ recordedBy: z.string() })
type Payload = z.infer<typeof payloadSchema>

const limits: ChannelLimits = {
  maxTextLength: 10_000,
  buttons: 0,
  reportsDelivery: false,
  replyWindowSeconds: Number.POSITIVE_INFINITY,
  optOut: false,
}

export type IntakeDeps = {
  readonly inbox: Inbox
  readonly directory: Directory
  readonly clock: Clock
  readonly sites: ReadonlySet<string>
  /** How an event ended, once it was read. */
  readonly endingOf: (id: string) => Promise<Ending | undefined>
}

const patienceMs = 3_000
const lookEveryMs = 40

/** `POST /api/v1/intake`: stored first, like any other event; answers with the case as soon as there is one. */
export async function takeIn(body: unknown, deps: IntakeDeps): Promise<HttpResponse> {
  const read = intakeBody.safeParse(body)
  if (!read.success)
    return problem(
      400,
      read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
    )
  const member = deps.directory.byId(read.data.as)
  if (member === undefined) return problem(403, 'The member of staff named by "as" is not in the staff list.')
  if (!deps.sites.has(read.data.site)) return problem(400, 'site: not a site of rosters.yaml')
  const event = eventOf({ ...read.data, recordedBy: member.name }, deps.clock.now())
  await deps.inbox.receive(event)
  const ending = await endingWithin(event.id, deps)
  if (ending?.state === 'case') return json({ id: event.id, ref: ending.caseId }, 201)
  return json({ id: event.id, ...(ending && { ended: ending.state }) }, 202)
}

function eventOf(payload: Payload, receivedAt: Date): RawEvent {
  const id = `intake:${payload.as}:${payload.id ?? randomUUID()}`
  const conversation = payload.phone === undefined ? id : `${payload.channel}:${payload.site}:${payload.phone}`
  // JSON only, so without what was left out.
  const stored: unknown = JSON.parse(JSON.stringify(payload))
  return { id, source: 'intake', channel: payload.channel, kind: 'message', conversation, receivedAt, payload: stored }
}

async function endingWithin(id: string, { endingOf }: IntakeDeps): Promise<Ending | undefined> {
  for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
    const ending = await endingOf(id)
    if (ending !== undefined) return ending
    await sleep(lookEveryMs)
  }
  return undefined
}

/**
 * The channel of what staff record themselves. It takes nothing from outside and can send nothing: what the desk wants
 * to tell such a person, it is reminded to tell them itself. With a telephone number, answers go there by SMS.
 */
export function createIntakeChannel(smsSenderOf: (site: string) => Address | undefined): Channel {
  return {
    name: 'intake',
    limits: Object.fromEntries(ways.map((way) => [way, limits])),
    routes: [],
    start: async () => {},
    stop: async () => {},
    read: (event) => readIntake(event, smsSenderOf),
    send: async () => ({
      outcome: 'refused',
      permanent: true,
      reason: 'they came in person or called and left no number: tell them yourself',
    }),
    find: async () => ({ outcome: 'absent' }),
    check: async () => ({ ok: true, detail: 'recorded by staff' }),
  }
}

function readIntake(event: RawEvent, smsSenderOf: (site: string) => Address | undefined): Reading {
  const read = payloadSchema.safeParse(event.payload)
  if (!read.success) return { type: 'quarantine', reason: 'the stored event is not an intake' }
  const { site, channel, phone, name, text, recordedBy } = read.data
  const sms = phone === undefined ? undefined : smsSenderOf(site)
  const from = sms && phone !== undefined ? { channel: 'sms', id: phone } : { channel, id: event.id }
  const to = sms ?? { channel, id: site }
  const conversation = sms ? `sms:${sms.id}:${from.id}` : event.conversation
  const how = channel === 'phone' ? 'by telephone' : 'in person'
  return {
    type: 'message',
    message: {
      ...{ id: event.id, from, to, conversation, attachments: [], automatic: false, sentAt: event.receivedAt },
      text: `${text}\n— ${name ?? 'name not given'}, ${how}, recorded by ${recordedBy}`,
      // A number somebody told us proves nothing about who is speaking.
      senderProven: false,
      ...(name !== undefined && { profileName: name }),
    },
  }
}

/** The site of a message that was recorded rather than sent: it is written where others have our number. */
export const intakeSite = ({ channel, id }: Address): string | undefined =>
  (ways as readonly string[]).includes(channel) ? id : undefined

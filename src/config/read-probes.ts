import { z } from 'zod'
import { isAddress } from '../channels/email/addresses.ts'
import type { Staff } from '../core/duty/staff.ts'
import type { ChannelsFile, Problem } from './read-channels.ts'

export const number = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number like "+12025550190"')
export const mailAddress = z
  .string()
  .toLowerCase()
  .refine(isAddress, 'must be one mail address like "jade@example.test"')

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }
const span = z
  .string()
  .regex(/^[1-9]\d{0,3}[smh]$/, 'must be like 90s, 15m or 1h')
  .transform((text) => Number.parseInt(text, 10) * (units[text.slice(-1)] ?? Number.NaN))

/** Each probe costs two messages a round, and mails stay in the mailbox: so they are not sent more often by default. */
const probe = z
  .discriminatedUnion('channel', [
    z.strictObject({
      ...{ channel: z.literal('sms'), customer: number, desk: number },
      ...{ every: span.prefault('15m'), within: span.prefault('5m') },
    }),
    z.strictObject({
      ...{ channel: z.literal('email'), customer: mailAddress },
      ...{ every: span.prefault('1h'), within: span.prefault('10m') },
    }),
  ])
  .transform(({ every, within, ...rest }) => ({ ...rest, everyMs: every, withinMs: within }))

export const probesSchema = z.array(probe)

/** Whoever plays the customer must be nobody else, and must not be taken for the desk. */
export function probeProblems({ probes, senders, mailboxes }: ChannelsFile, staff: Staff): Problem[] {
  const people = new Set(
    [...staff.values()].flatMap(({ methods }) => methods.map(({ address }) => address.id.toLowerCase())),
  )
  const ours = new Set([...senders.map((one) => one.number), ...mailboxes.map(({ address }) => address)])
  const desks = new Set(senders.filter(({ channel }) => channel === 'sms').map((one) => one.number))
  const seen = new Set<string>()
  return probes.flatMap((one, i): Problem[] => {
    const key = `probes[${i}]`
    const { customer, everyMs, withinMs } = one
    const problems: Problem[] = []
    if (people.has(customer)) problems.push([`${key}.customer`, 'is also a phone or address of somebody in staff.yaml'])
    if (ours.has(customer))
      problems.push([`${key}.customer`, 'is a desk: it needs an address that no customer writes to'])
    if (seen.has(customer)) problems.push([`${key}.customer`, 'is used by another probe'])
    if (one.channel === 'sms' && !desks.has(one.desk))
      problems.push([`${key}.desk`, 'is not an SMS number under senders'])
    if (withinMs >= everyMs) problems.push([`${key}.within`, 'must be shorter than every'])
    seen.add(customer)
    return problems
  })
}

import { z } from 'zod'

const person = z.object({ name: z.string(), address: z.string() })

const attachment = z.object({
  name: z.string(),
  contentType: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  /** How to find it again in the raw mail: the part's place, and the place in a winmail.dat inside that part. */
  part: z.string(),
})

const letter = z.object({
  /** Why the mail could not be read as a whole; then only what its headers say is known. */
  problem: z.string().optional(),
  messageId: z.string().optional(),
  inReplyTo: z.array(z.string()),
  /** The first and the newest ones where there are very many. */
  references: z.array(z.string()),
  from: person.optional(),
  replyTo: person.optional(),
  /** Everybody it was addressed or delivered to, lower case. */
  recipients: z.array(z.string()),
  subject: z.string().optional(),
  sentAt: z.string().optional(),
  /** All of the text, with whatever history it quotes. */
  text: z.string(),
  /** The headers that tell machines from people and say who vouches for the sender, in their order. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  attachments: z.array(attachment),
  /** The machine-readable part of a delivery report (RFC 3464). */
  deliveryStatus: z.string().optional(),
  /** Message-IDs of ours that are quoted anywhere in it. */
  quotedIds: z.array(z.string()),
})

/** A mail as we understood it: plain data, so that it can be read again after the reading has become better. */
export type Letter = Readonly<z.infer<typeof letter>>
export type LetterAttachment = Letter['attachments'][number]

const payload = z.object({
  letter,
  /** Names the raw mail in the archive. */
  raw: z.string(),
  sizeBytes: z.number(),
  mailbox: z.string(),
  uid: z.number(),
  place: z.object({
    conversation: z.string(),
    /** It answers a mail of ours, or names a case, of this conversation. */
    continues: z.boolean().optional(),
    /** The cases that the page which this staff member answers was about. */
    concerns: z.array(z.string()).optional(),
    /** A case that the sender named without being a party to it. */
    mentions: z.string().optional(),
    /** `proven`: our one-time mark came back from the person it was made for, and their mail system vouches for them. */
    staff: z.enum(['proven', 'used', 'unproven']).optional(),
    /** The message of ours that a bounce is about. */
    about: z.string().optional(),
  }),
  authenticity: z.object({
    verdict: z.enum(['pass', 'fail', 'unknown']),
    spf: z.string(),
    dkim: z.string(),
    dmarc: z.string(),
    /** Only where we checked it ourselves. */
    arc: z.string().optional(),
  }),
})

/** What is stored of one mail; the raw mail itself lies in the archive. */
export type MailPayload = Readonly<z.infer<typeof payload>>

/** Undefined for anything that we did not write ourselves. */
export function readPayload(stored: unknown): MailPayload | undefined {
  const parsed = payload.safeParse(stored)
  return parsed.success ? parsed.data : undefined
}

/** The values of one header, topmost first. */
export function headersOf({ headers }: Pick<Letter, 'headers'>, name: string): readonly string[] {
  return headers.filter(([key]) => key === name).map(([, value]) => value)
}

export function headerOf(one: Pick<Letter, 'headers'>, name: string): string | undefined {
  return headersOf(one, name)[0]
}

import { z } from 'zod'
import { type Act, act, id, Refusal, type Stage, words } from './page-acts.ts'
import { tenants } from './page-cast.ts'

const mailBody = z.strictObject({
  from: id,
  to: id,
  subject: z.string().trim().max(200),
  text: words,
  /** The mail that is answered; then the subject is that mail's. */
  answers: id.optional(),
})

/** What a tenant can do with mail, by the last part of its address. */
export const mailActs: Readonly<Record<string, Act<never>>> = { mail: act(mailBody, sendMail) }

async function sendMail({ from: address, answers, ...written }: z.infer<typeof mailBody>, { demo, mailboxes }: Stage) {
  const from = tenants.find((each) => each.address === address)
  if (from === undefined) throw new Refusal('There is no such tenant here.')
  if (!mailboxes.has(written.to)) throw new Refusal('The desk has no such mailbox.')
  if (answers !== undefined && !demo.mail.has(answers)) throw new Refusal('That mail is not here any more.')
  if (answers === undefined && written.subject === '') throw new Refusal('Give the mail a subject.')
  const sent = await demo.mail.write({ from, ...written, ...(answers !== undefined && { answers }) }).catch(() => {
    throw new Refusal('The mail server did not take the mail.')
  })
  return { id: sent.id }
}

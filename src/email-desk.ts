import { join } from 'node:path'
import { createMailArchive } from './channels/email/archive.ts'
import { createEmailChannel, type EmailChannel } from './channels/email/email.ts'
import { type DocumentCollection, mailMemoryOn } from './channels/email/mail-memory.ts'
import { opensLater } from './channels/email/opens-later.ts'
import type { CaseLookup } from './channels/email/ports.ts'
import type { Config } from './config.ts'
import { createCaseStore } from './core/store/case-store.ts'
import type { Models } from './core/store/models.ts'

export type EmailDesk = {
  readonly models: Models
  /** Only one kind of process reads mailboxes; the other sends and shows. */
  readonly receives: boolean
  readonly onTrouble: (words: string) => void
  /** The clock that all processes share, since leases are compared between them. */
  readonly now: () => Date
  /** When the mailbox is to be read; at once where absent. */
  readonly mailOpens?: Promise<void>
}

/** The e-mail channel on the house's own store; without a desk, as the doctor has none, it can only be checked. */
export function emailFor({ email, environment }: Config, desk?: EmailDesk): readonly EmailChannel[] {
  if (email === undefined) return []
  const archive = createMailArchive(join(environment.dataDir, 'mail'))
  if (desk === undefined) {
    const memory = mailMemoryOn({ counters: nowhere, leases: nowhere })
    return [createEmailChannel(email, { memory, archive, cases: noCases, receives: false })]
  }
  const { counters, leases } = desk.models
  const memory = mailMemoryOn({ counters: counters.collection, leases: leases.collection })
  const { receives, onTrouble, now: clock } = desk
  const channel = createEmailChannel(email, {
    memory,
    archive,
    cases: casesOn(desk.models),
    receives,
    onTrouble,
    clock,
  })
  return [desk.mailOpens === undefined ? channel : opensLater(channel, desk.mailOpens, onTrouble)]
}

const mostInOneMail = 20

/** Cases as e-mail asks about them, on the house's own store. */
export function casesOn(models: Models): CaseLookup {
  const { load, latestOf } = createCaseStore(models)
  return {
    latestOf,
    concerning: async (providerId) => {
      const found = models.outbox.collection.find({ providerId }, { projection: { caseId: 1 } }).limit(mostInOneMail)
      return [...new Set((await found.toArray()).flatMap(({ caseId }) => (typeof caseId === 'string' ? [caseId] : [])))]
    },
    partyOf: async (caseId) => {
      const { state } = await load(caseId)
      return state.status === 'none' ? undefined : { customer: state.customer, conversation: state.conversation }
    },
  }
}

const unopened = () => Promise.reject(new Error('no database is open'))
const nowhere: DocumentCollection = { findOne: unopened, updateOne: unopened, deleteOne: unopened }
const noCases: CaseLookup = { partyOf: unopened, latestOf: unopened, concerning: unopened }

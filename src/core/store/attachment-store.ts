import { Binary } from 'bson'
import type { AttachmentRow, AttachmentStore } from '../attachments/keep.ts'
import { insertTogether } from './grouped.ts'
import type { Models } from './models.ts'

type Document = Record<string, unknown>

/** Files of customers, each in one document: providers' limits (5 MB) are far below MongoDB's 16 MB. */
export function createAttachmentStore({ attachments }: Models): AttachmentStore {
  const rows = attachments.collection
  const byId = (id: string) => ({ _id: id }) as object
  const insert = insertTogether(attachments)
  return {
    want: (wanted, at) => insert(wanted.map(({ id, ...row }) => ({ _id: id, ...row, state: 'wanted', nextAt: at }))),
    claimDue: async (now, until) => {
      const claim = { $set: { nextAt: until }, $inc: { attempts: 1 } }
      const options = { sort: { nextAt: 1 }, returnDocument: 'after' } as const
      const found = await rows.findOneAndUpdate({ nextAt: { $lte: now } }, claim, options)
      return found === null ? undefined : toRow(found)
    },
    keep: async (id, { bytes, ...about }, at) => {
      const set = { state: 'kept', keptAt: at, ...about, bytes: new Binary(bytes) }
      await rows.updateOne(byId(id), { $set: set, $unset: { nextAt: true } })
    },
    retry: async (id, at, reason) => {
      await rows.updateOne(byId(id), { $set: { nextAt: at, reason } })
    },
    giveUp: async (id, reason) => {
      await rows.updateOne(byId(id), { $set: { state: 'missed', reason }, $unset: { nextAt: true } })
    },
    file: async (id) => {
      const found = await rows.findOne(byId(id))
      if (found === null || found.state !== 'kept') return undefined
      const { name, contentType, sizeBytes, sha256, bytes } = found as unknown as AttachmentRow & {
        sha256: string
        bytes: Binary
      }
      return { name, contentType, sizeBytes, sha256, bytes: Buffer.from(bytes.value()) }
    },
  }
}

const toRow = (document: Document): AttachmentRow => {
  const { _id, caseId, source, name, contentType, sizeBytes, ref, attempts } = document
  return { id: _id, caseId, source, name, contentType, sizeBytes, ref, attempts } as AttachmentRow
}

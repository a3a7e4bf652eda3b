import { Binary } from 'bson'
import type { AttachmentRow, AttachmentStore, StoredFile } from '../attachments/keep.ts'
import { insertTogether } from './grouped.ts'
import type { Models } from './models.ts'

type Document = Record<string, unknown>

/** What a colleague sent and put into no answer is of no use to anybody after this. */
const unusedMs = 2 * 86_400_000
const described = { name: 1, contentType: 1, sizeBytes: 1, offeredTo: 1, state: 1, reason: 1 } as const
const withoutBytes = { projection: described }

/** Files, each in one document: providers' limits and ours (10 MB) are below MongoDB's 16 MB. */
export function createAttachmentStore({ attachments }: Models): AttachmentStore {
  const rows = attachments.collection
  const byId = (id: string) => ({ _id: id }) as object
  const insert = insertTogether(attachments)
  return {
    want: (wanted, at) => insert(wanted.map((row) => ({ ...documentOf(row, at), state: 'wanted', nextAt: at }))),
    put: (row, { bytes, ...about }, at) =>
      insert([{ ...documentOf(row, at), ...about, state: 'kept', keptAt: at, bytes: new Binary(bytes) }]),
    about: async (ids) => (await rows.find({ _id: { $in: [...ids] } } as object, withoutBytes).toArray()).map(toStored),
    offered: async (to, since, limit) => {
      const found = rows
        .find({ offeredTo: to, at: { $gte: since } }, withoutBytes)
        .sort({ at: -1 })
        .limit(limit)
      return (await found.toArray()).map(toStored)
    },
    used: async (ids) => {
      await rows.updateMany({ _id: { $in: [...ids] } } as object, { $unset: { goneAt: true } })
    },
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

/** Posted under a card it belongs to the case; sent for an answer that never comes, it goes by itself. */
function documentOf({ id, ...row }: AttachmentRow, at: Date): Document {
  const isForPerson = row.offeredTo !== undefined && row.caseId === ''
  const goneAt = new Date(at.getTime() + unusedMs)
  return { _id: id, ...row, ...(row.offeredTo !== undefined && { at }), ...(isForPerson && { goneAt }) }
}

const toRow = (document: Document): AttachmentRow => {
  const { _id, caseId, source, name, contentType, sizeBytes, ref, attempts, offeredTo } = document
  const row = { id: _id, caseId, source, name, contentType, sizeBytes, ref, attempts }
  return { ...row, ...(offeredTo !== undefined && { offeredTo }) } as AttachmentRow
}

const toStored = (document: Document): StoredFile => {
  const { _id, name, contentType, sizeBytes, offeredTo, state, reason } = document
  const file = { id: _id, name, contentType, sizeBytes, state }
  return {
    ...{ ...file, ...(offeredTo !== undefined && { offeredTo }) },
    ...(typeof reason === 'string' && { reason }),
  } as StoredFile
}

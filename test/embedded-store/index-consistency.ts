import { decode } from '../../src/embedded-store/bson-value.ts'
import { indexEntriesOf } from '../../src/embedded-store/index-entries.ts'
import type { Storage } from '../../src/embedded-store/storage.ts'
import {
  documentRange,
  indexEntryKey,
  indexRange,
  recordAtEnd,
  recordBytes,
} from '../../src/embedded-store/storage-keys.ts'

/** Every index entry without its document, every document without an entry, and every wrong counter, in words. */
export function inconsistenciesOf(storage: Storage): string[] {
  const faults: string[] = []
  for (const collection of storage.collections.values()) {
    const documents = documentRange(collection.id)
    const stored = [...storage.range(documents.low, documents.high)]
    const counted = storage.count(collection)
    if (counted !== stored.length) faults.push(`${collection.namespace} counts ${counted} of ${stored.length}`)
    for (const index of collection.indexes) {
      const expected = new Set<string>()
      for (const { key, value } of stored) {
        const record = recordBytes(recordAtEnd(key))
        const entries = indexEntriesOf(index, decode(value))
        if (entries.index !== index) faults.push(`${index.name} does not know that it is multikey or cut`)
        for (const { bytes } of entries.keys.values()) {
          const entry = indexEntryKey(index.id, index.unique ? bytes : Buffer.concat([bytes, record]))
          expected.add(`${entry.toString('hex')}=${index.unique ? record.toString('hex') : ''}`)
        }
      }
      const { low, high } = indexRange(index.id)
      for (const { key, value } of storage.range(low, high))
        if (!expected.delete(`${key.toString('hex')}=${value.toString('hex')}`))
          faults.push(`${index.name} has a stray entry`)
      if (expected.size > 0) faults.push(`${index.name} lacks ${expected.size} entries`)
    }
  }
  return faults
}

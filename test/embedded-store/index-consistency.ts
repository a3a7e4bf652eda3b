import { decode } from '../../src/embedded-store/bson-value.ts'
import { entriesOf } from '../../src/embedded-store/documents.ts'
import type { Storage } from '../../src/embedded-store/storage.ts'
import { documentRange, indexRange, recordAtEnd, recordBytes } from '../../src/embedded-store/storage-keys.ts'

/** Every index entry without its document, every document without an entry, and every wrong counter, in words. */
export function inconsistenciesOf(storage: Storage): string[] {
  const faults: string[] = []
  for (const collection of storage.collections.values()) {
    const stored = [...storage.range(documentRange(collection.id))]
    const counted = storage.count(collection)
    if (counted !== stored.length) faults.push(`${collection.namespace} counts ${counted} of ${stored.length}`)
    for (const index of collection.indexes) {
      const expected = new Set<string>()
      for (const { key, value } of stored) {
        const record = recordAtEnd(key)
        const { index: learned, entries } = entriesOf(index, decode(value), record)
        if (learned !== index) faults.push(`${index.name} does not know that it is multikey or cut`)
        for (const entry of entries.values())
          expected.add(`${entry.key.toString('hex')}=${index.unique ? recordBytes(record).toString('hex') : ''}`)
      }
      for (const { key, value } of storage.range(indexRange(index.id)))
        if (!expected.delete(`${key.toString('hex')}=${value.toString('hex')}`))
          faults.push(`${index.name} has a stray entry`)
      if (expected.size > 0) faults.push(`${index.name} lacks ${expected.size} entries`)
    }
  }
  return faults
}

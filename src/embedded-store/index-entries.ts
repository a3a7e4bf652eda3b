import { EJSON } from 'bson'
import type { Document } from './bson-value.ts'
import type { Collection, Index } from './catalogue.ts'
import { encodeComponents, LONGEST_KEY, storedKey } from './index-key.ts'
import { keyRowsOf, someAtPath } from './path.ts'
import { StoreError } from './store-error.ts'

/** The keys of one document in one index, each with the values it stands for, and the index as it then is. */
export interface IndexEntries {
  readonly index: Index
  readonly keys: ReadonlyMap<string, { readonly bytes: Buffer; readonly values: readonly unknown[] }>
}

/** Works out which keys a document has in an index. The document needs only the fields that the index reads. */
export function indexEntriesOf(index: Index, document: Document): IndexEntries {
  const keys = new Map<string, { bytes: Buffer; values: readonly unknown[] }>()
  if (!belongsTo(index, document)) return { index, keys }
  const { rows, arrayAt } = keyRowsOf(document, index.key)
  let { hasCutKeys } = index
  for (const values of rows) {
    const encoded = encodeComponents(values, index.key)
    hasCutKeys ||= encoded.length > LONGEST_KEY
    const bytes = storedKey(encoded)
    keys.set(bytes.toString('latin1'), { bytes, values })
  }
  if (hasCutKeys === index.hasCutKeys && (arrayAt < 0 || index.multikey[arrayAt])) return { index, keys }
  const multikey = index.multikey.map((known, i) => known || i === arrayAt)
  return { index: { ...index, multikey, hasCutKeys }, keys }
}

function belongsTo(index: Index, document: Document): boolean {
  if (index.partial && !index.partial.matches(document)) return false
  return !index.sparse || index.key.some(({ path }) => someAtPath(document, path, (value) => value !== undefined))
}

/** E11000; mongoose reads `keyPattern` and `keyValue`. */
export function duplicateKey({ namespace }: Collection, index: Index, values: readonly unknown[]): StoreError {
  const keyValue = Object.fromEntries(index.key.map(({ name }, i) => [name, values[i] ?? null]))
  const message = `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: ${EJSON.stringify(keyValue)}`
  return new StoreError(11000, 'DuplicateKey', message, { keyPattern: index.spec.key, keyValue })
}

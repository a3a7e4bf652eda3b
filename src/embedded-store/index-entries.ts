import { type Document, isDocument } from './bson-value.ts'
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
  const paths = index.key.map((field) => field.path)
  // MongoDB allows no array as _id, so that field is never expanded.
  const { rows, arrays } = keyRowsOf(document, paths)
  let hasCutKeys = index.hasCutKeys
  for (const values of rows) {
    const encoded = encodeComponents(values, index.directions)
    hasCutKeys ||= encoded.length > LONGEST_KEY
    const bytes = storedKey(encoded)
    keys.set(bytes.toString('latin1'), { bytes, values })
  }
  const multikey = index.multikey.map((known, i) => known || arrays[i] === true)
  const isUnchanged = hasCutKeys === index.hasCutKeys && multikey.every((flag, i) => flag === index.multikey[i])
  return { index: isUnchanged ? index : { ...index, multikey, hasCutKeys }, keys }
}

function belongsTo(index: Index, document: Document): boolean {
  if (index.partial && !index.partial.matches(document)) return false
  if (!index.sparse) return true
  return index.key.some(({ path }) => someAtPath(document, path, (value) => value !== undefined))
}

/** E11000 as MongoDB words it; mongoose reads `keyPattern` and `keyValue`. */
export function duplicateKey(collection: Collection, index: Index, values: readonly unknown[]): StoreError {
  const keyValue = Object.fromEntries(index.key.map(({ name }, i) => [name, values[i] ?? null]))
  const shown = Object.entries(keyValue).map(([name, value]) => `${name}: ${show(value)}`)
  return new StoreError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: index.spec.key, keyValue },
  )
}

function show(value: unknown): string {
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if ((value as { _bsontype?: string } | null)?._bsontype === 'ObjectId') return `ObjectId('${value}')`
  if (isDocument(value) || Array.isArray(value) || typeof value === 'string') return JSON.stringify(value)
  return String(value)
}

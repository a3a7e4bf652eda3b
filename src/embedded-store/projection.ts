import { isDocument, isNumber, isTruthy } from './bson-value.ts'
import { pickFields } from './raw-document.ts'
import { badValue, refused } from './store-error.ts'

/** Keeps some fields of an encoded document, without decoding any. */
export type Projection = (raw: Buffer) => Buffer

/** Compiles an inclusion of fields; undefined when every field is wanted. `_id` is there unless it is told not to. */
export function compileProjection(projection: unknown = {}): Projection | undefined {
  if (!isDocument(projection)) throw badValue('the projection has to be a document')
  const names = Object.keys(projection)
  if (names.length === 0) return undefined
  const wanted = new Set(names.filter((name) => isIncluded(name, projection[name])))
  if (!names.includes('_id')) wanted.add('_id')
  if (wanted.size === 0) throw refused('a projection that only excludes')
  return (raw) => pickFields(raw, wanted)
}

function isIncluded(name: string, value: unknown): boolean {
  if (name.includes('.') || name.includes('$')) throw refused(`the projection '${name}' of a part of a field`)
  if (typeof value !== 'boolean' && !isNumber(value)) throw refused(`the computed projection '${name}'`)
  if (!isTruthy(value) && name !== '_id') throw refused(`the exclusion of '${name}' by a projection`)
  return isTruthy(value)
}

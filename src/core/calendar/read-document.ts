import type { z } from 'zod'
import type { ConfigDocument, Fault } from './fault.ts'

export type DocumentRead<T> = { readonly value?: T; readonly faults: readonly Fault[] }

/** Checks a document against its schema; every issue becomes a fault with the key it is at. */
export function readDocument<T extends z.ZodType>(schema: T, document: ConfigDocument): DocumentRead<z.output<T>> {
  const parsed = schema.safeParse(document.content)
  if (parsed.success) return { value: parsed.data, faults: [] }
  return {
    faults: parsed.error.issues.map((issue) => ({
      file: document.file,
      key: keyOf(issue.path),
      message: issue.message,
    })),
  }
}

function keyOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

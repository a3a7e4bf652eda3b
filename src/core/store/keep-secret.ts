import { randomBytes } from 'node:crypto'
import type { Models } from './models.ts'

/** A random secret of this site, made once and the same for every process on its database. */
export async function keepSecret({ secrets }: Models, name: string): Promise<string> {
  const made = { value: randomBytes(32).toString('base64url') }
  const kept = await secrets.collection.findOneAndUpdate(
    { _id: name } as object,
    { $setOnInsert: made },
    { upsert: true, returnDocument: 'after' },
  )
  return String(kept?.value)
}

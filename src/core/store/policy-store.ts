import { createHash } from 'node:crypto'
import type { Policy } from '../case/policy.ts'
import type { Models } from './models.ts'

export type Policies = { readonly current: Policy; readonly of: (version: string) => Policy }

/**
 * Keeps every policy that a case was ever opened under. A policy that was edited without a new version number gets one
 * by its content, so that running cases keep theirs.
 */
export async function keepPolicies({ policies }: Models, policy: Policy): Promise<Policies> {
  const { version: _named, ...content } = policy
  const digest = createHash('sha256').update(JSON.stringify(content, infinityAsText)).digest('hex').slice(0, 8)
  const current: Policy = { ...policy, version: `${policy.version}+${digest}` }
  const byVersion = { _id: current.version } as object
  await policies.collection.updateOne(byVersion, { $setOnInsert: { policy: current } }, { upsert: true })
  const stored = await policies.collection.find({}).toArray()
  const known = new Map(stored.map(({ _id, policy: kept }) => [String(_id), kept as Policy]))
  return { current, of: (version) => known.get(version) ?? current }
}

const infinityAsText = (_key: string, value: unknown) => (value === Number.POSITIVE_INFINITY ? 'forever' : value)

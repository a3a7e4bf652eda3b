import { isDocument } from './bson-value.ts'
import type { Reply, RequestContext } from './request-context.ts'

/** The release whose documented behaviour this store follows. */
const VERSION = '7.0.0'
const LARGEST_DOCUMENT = 16 * 1024 * 1024

/** `hello`: a standalone server, so that drivers offer neither transactions nor change streams. */
export const hello = (): Reply => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: LARGEST_DOCUMENT,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: 1,
  minWireVersion: 0,
  // The wire version of MongoDB 7.0.
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
})

/** `ping`, and `endSessions`: sessions are accepted and mean nothing here. */
export const acknowledge = (): Reply => ({ ok: 1 })

/** `buildInfo`. */
export const buildInfo = (): Reply => ({
  version: VERSION,
  versionArray: VERSION.split('.').map(Number),
  modules: ['gatehouse-embedded-store'],
  bits: 64,
  maxBsonObjectSize: LARGEST_DOCUMENT,
  ok: 1,
})

/** `serverStatus`: what a health check asks. */
export const serverStatus = ({ cursors, storage }: RequestContext): Reply => ({
  version: VERSION,
  process: 'gatehouse-embedded-store',
  pid: process.pid,
  uptime: process.uptime(),
  metrics: { cursor: { open: { total: cursors.count } } },
  catalogue: { collections: storage.catalogue.collections.size },
  ok: 1,
})

/** True for the only read and write concerns that a single node can mean. */
export function isUsableConcern(name: string, value: unknown): boolean {
  if (!isDocument(value)) return false
  if (name === 'readConcern')
    return value.level === undefined || ['local', 'available', 'majority'].includes(String(value.level))
  return value.w === undefined || ['0', '1', 'majority'].includes(String(value.w))
}

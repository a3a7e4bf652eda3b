import { connect } from '../core/store/connect.ts'
import { storesOn } from '../core/store/stores.ts'
import { failuresBeforeAlarm } from '../core/watch/trouble.ts'
import type { HouseParts } from '../house.ts'
import { probeRecords } from '../probing.ts'
import type { Finding } from './doctor.ts'

/** What `doctor` says of each probe; nothing where the database cannot be opened, because that is said already. */
export async function probeFindings(parts: Pick<HouseParts, 'config' | 'channels'>): Promise<readonly Finding[]> {
  const { file } = parts.config.places
  if (file.probes.length === 0) {
    const detail = 'none is configured (probes in channels.yaml): providers are asked, no message goes round'
    return [{ part: 'probes', ok: true, detail }]
  }
  const database = await connect(parts.config.environment).catch(() => undefined)
  if (database === undefined) return []
  const found = await probeRecords({ ...parts, stores: storesOn(database.models) })()
  await database.close()
  return found.map(findingOf)
}

type Known = Awaited<ReturnType<ReturnType<typeof probeRecords>>>[number]

/** How one probe stands, in words. */
export function findingOf({ probe: { id, site }, record }: Known): Finding {
  const part = `probe ${id} (${site})`
  const last = record?.goodAt && `came back at ${record.goodAt.toISOString()}, after ${(record.tookMs ?? 0) / 1_000} s`
  if (record === undefined) return { part, ok: true, detail: 'has not been sent yet: it begins when Gatehouse runs' }
  const { failures } = record
  if (failures < failuresBeforeAlarm) return { part, ok: true, detail: last ?? 'is on its way for the first time' }
  const mend = 'Check both webhooks at the provider (or the mailbox), and npx gatehouse ledger for what came in.'
  return { part, ok: false, detail: `did not come back ${failures} times in a row; last: ${last ?? 'never'}`, mend }
}

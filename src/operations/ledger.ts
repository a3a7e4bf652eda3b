import type { Counts } from '../core/ports.ts'
import { withStores } from './configured.ts'

/** `gatehouse ledger`: what was received on each channel, and that all of it is accounted for. */
export async function runLedger({ json = false }: { json?: boolean }): Promise<void> {
  const ledger = await withStores((stores) => stores.inbox.ledger())
  if (json) return console.log(JSON.stringify(ledger))
  const rows = Object.entries(ledger)
  if (rows.length === 0) return console.log('Nothing was received yet.')
  console.table(Object.fromEntries(rows.map(([channel, counts]) => [channel, shown(counts)])))
}

const shown = ({ received, onCase, suppressed, quarantined, pending }: Counts) => ({
  received,
  'on a case': onCase,
  suppressed,
  quarantined,
  pending,
})

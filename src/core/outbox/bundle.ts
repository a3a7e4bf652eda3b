import type { ChannelLimits } from '../channel.ts'
import type { CaseStore, OutboxRow, OutboxStore } from '../ports.ts'
import { supersededBecause } from './relevant.ts'

type Deps = {
  readonly outbox: Pick<OutboxStore, 'waiting'>
  readonly cases: Pick<CaseStore, 'load'>
}

const most = 20

/**
 * The other pages that wait for the same person on the same phone, to go out as one message: only of severity 3 and 4, and
 * only where a message carries no card of its own. Each names its own case, so each can be answered by its number.
 */
export async function bundledWith(
  row: OutboxRow,
  { maxTextLength, buttons }: ChannelLimits,
  deps: Deps,
): Promise<readonly OutboxRow[]> {
  if (!mayBundle(row) || buttons > 0) return []
  let room = maxTextLength - row.message.text.length
  const taken: OutboxRow[] = []
  for (const other of await deps.outbox.waiting(row.message.conversation, most)) {
    if (other.id === row.id || other.state !== 'queued' || !mayBundle(other)) continue
    room -= other.message.text.length + 1
    if (room < 0) break
    const { state } = await deps.cases.load(other.message.caseId ?? '')
    if (supersededBecause(other.purpose, state) === undefined) taken.push(other)
  }
  return taken
}

/** It may have gone out with an earlier one since it was read. */
export const mayBundle = ({ purpose, urgent }: OutboxRow): boolean => purpose.type === 'page' && !urgent

/** Their words, one a line. */
export const bundleText = (rows: readonly OutboxRow[]): string => rows.map(({ message }) => message.text).join('\n')

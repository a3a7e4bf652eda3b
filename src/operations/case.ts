import type { CaseRecord } from '../core/case-list.ts'
import { proofInWords, proofOf } from '../core/case-proof.ts'
import { senderWords } from '../core/desk/sender-words.ts'
import { createCaseList } from '../core/store/case-list.ts'
import { configured, withStores } from './configured.ts'
import { Refusal } from './refusal.ts'

/** What `gatehouse case` is asked for. */
type Options = { readonly json?: boolean; readonly proof?: boolean }

/** `gatehouse case`: everything about one case; with `--proof` every page with who, how, accepted, delivered, read, late by. */
export async function runCase(ref: string, { json = false, proof = false }: Options): Promise<void> {
  const record = await withStores((stores, { models }) => createCaseList(models, stores).record(ref.toUpperCase()))
  if (record === undefined) throw new Refusal(`there is no case ${ref.toUpperCase()}`)
  if (proof) {
    const severity = record.state.status === 'none' ? 4 : record.state.severity
    const { receiptSeconds } = configured().policy.policy.ladders[severity]
    const shown = proofOf(record, { now: new Date(), ...(receiptSeconds !== undefined && { receiptSeconds }) })
    console.log(json ? JSON.stringify(shown) : proofInWords(shown))
  } else console.log(json ? JSON.stringify(record) : inWords(record))
}

function inWords({ ref, state, thread, log, pages }: CaseRecord): string {
  if (state.status === 'none') return ref
  const { status, site, kind, category, severity, openedAt } = state
  return [
    `${ref}  ${status}  ${site}  ${kind}/${category}  severity ${severity}  opened ${openedAt.toISOString()}`,
    ...section(
      'Thread',
      thread.map(
        (entry) =>
          `${stamp(entry.at)} ${entry.direction === 'in' ? '<' : '>'} [${entry.channel}${entry.state ? `, ${entry.state}` : ''}${entry.authenticity ? `, sender ${senderWords(entry.authenticity).short}` : ''}] ${oneLine(entry.text)}`,
      ),
    ),
    ...section(
      'Log',
      log.map(({ event }) => `${stamp(event.at)} ${event.type}${detail(event)}`),
    ),
    ...section(
      'Pages',
      pages.map(
        (page) =>
          `${stamp(page.queuedAt)} ${page.person} by ${page.channel}: ${page.state}${page.acceptedAt ? `, accepted ${stamp(page.acceptedAt)}` : ''}${page.reason ? ` (${page.reason})` : ''}`,
      ),
    ),
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
const stamp = (at: Date): string => at.toISOString()
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200)

function detail(event: object): string {
  const { type: _type, at: _at, ...rest } = event as Record<string, unknown>
  const text = JSON.stringify(rest)
  return text === '{}' ? '' : ` ${text.slice(0, 300)}`
}

import type { DeskList } from '../message.ts'
import type { LoggedEvent, ThreadEntry } from '../ports.ts'
import type { Known } from './command.ts'
import { deliveryWords } from './delivery-words.ts'
import type { DeskDeps } from './desk-deps.ts'
import type { Performed } from './performed.ts'
import { senderWords } from './sender-words.ts'

const latestWords = 15
const latestActs = 15
const longestWords = 300

/** Everything about a case, for one person only: there may stand what the channel does not need to see. */
export async function showCase(caseId: string, desk: DeskDeps): Promise<Performed> {
  const { state, version } = await desk.engine.cases.load(caseId)
  if (state.status === 'none') return { outcome: 'refused', because: 'no-case', answer: `There is no case ${caseId}.` }
  const { thread, log } = await desk.cases.record(caseId)
  const time = (at: Date) => desk.time(at, state.site)
  const items = [
    ...aboutCustomer(state),
    ...sender(thread),
    ...thread.slice(-latestWords).map((entry) => said(entry, time)),
    ...acts(log)
      .slice(-latestActs)
      .map(({ event }) => ({ title: time(event.at), detail: actWords(event) })),
  ]
  const list: DeskList = { title: `${caseId}: all of it`, items, empty: 'Nothing yet.' }
  const card = await desk.cardFor(caseId, state, version)
  const answer = [list.title, ...items.map(({ title, detail }) => `${title}: ${detail}`)].join('\n')
  return { outcome: 'answered', caseId, answer, shown: { list, ...(card && { card }) } }
}

/** Who the customer is; not on the card, which everybody in the channel sees. */
export function aboutCustomer({ customer, contact, parties = [], links = [] }: Known): DeskList['items'] {
  const reach = [contact.name, `${customer.channel} ${customer.id}`, contact.phone, contact.email]
  return [
    { title: 'Customer', detail: [...new Set(reach.filter((part) => part !== undefined))].join(', ') },
    ...parties.map(({ name, role, contact: way }) => ({
      title: role,
      detail: way === undefined ? name : `${name}, ${way}`,
    })),
    ...links.map(({ caseId, how }) => ({ caseId, title: how.replace('-', ' '), detail: caseId })),
  ]
}

/** Of the newest mail; earlier ones say it of themselves where it is otherwise. */
function sender(thread: readonly ThreadEntry[]): DeskList['items'] {
  const found = thread.findLast(({ direction }) => direction === 'in')?.authenticity
  return found === undefined ? [] : [{ title: 'Sender', detail: senderWords(found).long }]
}

const unproven = ({ authenticity }: ThreadEntry): string =>
  authenticity === undefined || authenticity.verdict === 'pass' ? '' : ` [sender ${senderWords(authenticity).short}]`

const said = (entry: ThreadEntry, time: (at: Date) => string) => ({
  title: `${time(entry.at)} ${entry.direction === 'in' ? 'customer' : 'us'}, ${entry.channel}`,
  detail: `${[...entry.text].slice(0, longestWords).join('')}${entry.direction === 'out' ? ` (${deliveryWords(entry)})` : unproven(entry)}`,
})

const acts = (log: readonly LoggedEvent[]): readonly LoggedEvent[] =>
  log.filter(({ event }) => event.type !== 'message-added' && event.type !== 'chased')

/** One fact of the log in a few words. */
export function actWords(event: LoggedEvent['event']): string {
  const by = 'by' in event && typeof event.by === 'object' ? ` by ${event.by.name}` : ''
  switch (event.type) {
    case 'commanded':
      return `${event.command}${by} (${event.desk})`
    case 'noted':
      return `note${by}: ${[...event.text].slice(0, longestWords).join('')}`
    case 'cleared':
      return `not about ${event.person.name}${by}: ${[...event.reason].slice(0, longestWords).join('')}`
    case 'paged':
      return `paged ${event.pages.map(({ name }) => name).join(', ')}`
    default:
      return `${event.type.replace(/-/g, ' ')}${by}`
  }
}

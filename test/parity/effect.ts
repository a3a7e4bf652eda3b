import type { CaseEvent } from '../../src/core/case/events.ts'
import type { Stage } from './stage.ts'

export type Effect = {
  /** What the case has become, what its log says, and what went to the customer; numbers, ids and times left out. */
  readonly state: unknown
  readonly log: readonly unknown[]
  readonly told: readonly string[]
  readonly audit: readonly unknown[]
}

/** What was done to a case since its log had `from` entries. */
export async function effectOn({ house, phones }: Stage, caseId: string, from: number): Promise<Effect> {
  const { state } = await house.stores.cases.load(caseId)
  const log = (await house.stores.cases.log(caseId)).slice(from).map(({ event }) => event)
  const plain = plainFor(caseId)
  const told = phones.arrived.filter(({ message }) => message.audience === 'customer')
  return {
    state: plain(state),
    log: log.filter(isOther).map(plain),
    told: told.map(({ message }) => String(plain(message.text))),
    audit: log.filter((event) => event.type === 'commanded').map((event) => plain({ ...event, desk: '' })),
  }
}

const isOther = (event: CaseEvent): boolean => event.type !== 'commanded'

/** The same act at two desks differs in numbers, ids and instants, and in nothing else. */
const plainFor = (caseId: string) => {
  const seen = [caseId]
  const numbered = (found: string): string => {
    if (!seen.includes(found)) seen.push(found)
    return seen.indexOf(found) === 0 ? 'CASE' : `CASE-${seen.indexOf(found)}`
  }
  const inText = (text: string): string =>
    text
      .replace(/(?:api|slack|teams):[^\s"]+/g, 'ID')
      .replace(/GH-\d{4}-\d{6}/g, numbered)
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replace(/(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w+, \d\d:\d\d/g, 'TIME')
      .replace(/\+1\d{10}/g, 'NUMBER')
      .replace(/"[\w-]{22}"/g, '"ID"')
      .replace(/files\/[\w-]{22}/g, 'files/ID')
      .replace(/sms-in-\d+|signature=[^\s"]+|until=\d+/g, 'ID')
  return (value: unknown): unknown => JSON.parse(inText(JSON.stringify(value)))
}

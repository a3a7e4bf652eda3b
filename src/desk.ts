import { lintReply } from './bot/lint-reply.ts'
import { say } from './bot/phrases.ts'
import type { Category } from './core/case/taxonomy.ts'
import { routeWords } from './core/desk/card.ts'
import type { Known } from './core/desk/command.ts'
import type { DeskDeps, TakeOver } from './core/desk/desk-deps.ts'
import { printLink } from './core/desk/print-link.ts'
import type { Directory } from './core/duty/directory.ts'
import type { LiveDuty } from './core/duty/live-duty.ts'
import type { ShiftDesk } from './core/duty/record-changes.ts'
import { resolveSchedule } from './core/duty/resolve-schedule.ts'
import { whoIsOnDuty } from './core/duty/who-is-on-duty.ts'
import type { EngineDeps } from './core/engine.ts'
import type { Option } from './core/message.ts'
import { localTime } from './core/outbox/local-time.ts'
import { deskContacts } from './desk-contacts.ts'
import { deskFiles } from './desk-files.ts'
import type { HouseParts } from './house.ts'
import { rotaOf } from './rota.ts'
import { cardsFor } from './wording.ts'

type Around = {
  readonly engine: EngineDeps
  readonly directory: Directory
  readonly live: LiveDuty
  readonly shifts: ShiftDesk
  /** Files wait to be fetched. */
  readonly onWanted: () => void
}

/** What the commands of staff work with, from the parts of the house. */
export function deskOf(parts: HouseParts, { engine, directory, live, shifts, onWanted }: Around): DeskDeps {
  const { config, stores, linkKey } = parts
  const { phrases, places, duty, environment } = config
  const sites = [...duty.rosters.sites.values()].map(({ id, name, zone }) => ({ id, name, zone }))
  const zoneOf = (site: string) => sites.find(({ id }) => id === site)?.zone ?? 'Asia/Hong_Kong'
  const time = (at: Date, site: string) => localTime(at, 'en', zoneOf(site))
  return {
    ...{ engine, directory, sites, time },
    files: deskFiles(parts, onWanted),
    contacts: deskContacts(parts, live, engine.onRelayed),
    cases: {
      list: async (list, by) => {
        const found = await stores.workLists.cases(list)
        return found.filter((row) => !directory.isWalledOff(by, row))
      },
      record: (caseId) => recordOf(caseId, parts),
    },
    reviews: stores.botReviews,
    quarantine: { list: stores.workLists.quarantined, release: stores.workLists.release },
    shifts: { running: (site, at) => runningShifts(live, site, at), takeOver: (ask) => takeOver(shifts, ask) },
    rota: rotaOf({ live, shifts, sites, time }),
    onDuty: (site, at) => onDutyLines(live, { site, at }, time),
    texts: textsOf(parts),
    remarksOn: (state, draft) => remarksOn(state, draft, { ...parts, time }),
    word: (key, language = 'en') => say(phrases, key, language, {}),
    routeOf: ({ customer, site }, texts = []) => ({
      to: [routeWords(customer), ...texts.flatMap(sizeOn(parts, customer.channel))].join(', '),
      as: places.teamName(site, 'en'),
    }),
    cardFor: cardsFor(parts),
    printLink: (caseId, at) => `${environment.publicUrl}${printLink(caseId, linkKey, at)}`,
  }
}

const mostRemarks = 6

/** By the rules of the reply lint: in the customer's language, against what was promised and what was sent before. */
async function remarksOn(
  { language, kind, caseId, site, promisedBy }: Known,
  text: string,
  { stores, time }: HouseParts & Pick<DeskDeps, 'time'>,
): Promise<readonly string[]> {
  const sent = await stores.outbox.thread(caseId, longestRecord)
  const draft = { text, language, isComplaint: kind === 'complaint', sentBefore: sent.map((one) => one.text) }
  const remarks = lintReply({ ...draft, ...(promisedBy !== undefined && { promisedBy: time(promisedBy, site) }) })
  const first = (weight: string) => Number(weight !== 'must')
  return remarks
    .toSorted((a, b) => first(a.weight) - first(b.weight))
    .slice(0, mostRemarks)
    .map(({ message }) => message)
}

const sizeOn = ({ channels }: HouseParts, name: string) => {
  const sizeOf = channels.flatMap(({ limits }) => limits[name] ?? []).find((one) => one.sizeOf)?.sizeOf
  return (text: string): string | [] => sizeOf?.(text) ?? []
}

const longestRecord = 200

async function recordOf(caseId: string, { stores }: HouseParts) {
  const [incoming, outgoing, log] = await Promise.all([
    stores.inbox.thread(caseId, longestRecord),
    stores.outbox.thread(caseId, longestRecord),
    stores.cases.log(caseId),
  ])
  return { thread: [...incoming, ...outgoing].sort((a, b) => a.at.getTime() - b.at.getTime()), log }
}

function runningShifts(live: LiveDuty, site: string, at: Date): readonly Option[] {
  const { rosters, staff } = live.duty()
  const schedules = new Set(rosters.sites.get(site)?.groups.flatMap((group) => group.schedules) ?? [])
  return [...schedules].flatMap((id) => {
    const schedule = rosters.schedules.get(id)
    if (schedule === undefined) return []
    return resolveSchedule(rosters, schedule, at).people.map(({ person }) => ({
      id: `${id} ${person}`,
      label: `${staff.get(person)?.name ?? person}, ${schedule.name}`,
    }))
  })
}

async function takeOver(shifts: ShiftDesk, ask: TakeOver) {
  const taken = await shifts.takeOver({ ...ask, by: ask.to })
  if (!taken.ok) return taken
  return { ok: true, until: taken.overrides[0]?.endAt ?? ask.at } as const
}

type Asked = { readonly site: string; readonly at: Date }

function onDutyLines(live: LiveDuty, { site, at }: Asked, time: DeskDeps['time']) {
  const name = live.duty().rosters.sites.get(site)?.name ?? site
  return whoIsOnDuty(live.duty(), { site, at }).map(({ name: group, people, because }) => ({
    title: `${name}: ${group}`,
    detail:
      people.length === 0
        ? `NOBODY (${because})`
        : people.map(({ person, until }) => `${person.name} until ${time(until, site)}`).join(', '),
  }))
}

const prefix = 'text-'
const longestLabel = 70

/** Texts of phrases.yaml that staff may send as they are, those for the case's category first. */
function textsOf({ config: { phrases, places, duty } }: HouseParts): DeskDeps['texts'] {
  const ids = [...phrases.keys()].filter((key) => key.startsWith(prefix))
  const forCategory = (category: Category) => (id: string) => Number(!id.startsWith(`${prefix}${category}`))
  return {
    list: (category) =>
      ids
        .toSorted((a, b) => forCategory(category)(a) - forCategory(category)(b))
        .map((id) => ({
          id: id.slice(prefix.length),
          label: [...say(phrases, id, 'en', {})].slice(0, longestLabel).join(''),
        })),
    text: (id, { language, site, caseId }, name) => {
      if (!phrases.has(`${prefix}${id}`)) return undefined
      const found = duty.rosters.sites.get(site)
      const siteName = (language === 'en' ? found?.name : found?.nameZh) ?? found?.name ?? site
      return say(phrases, `${prefix}${id}`, language, {
        caseId,
        name,
        site: siteName,
        team: places.teamName(site, language),
      })
    },
  }
}

import { holds } from '../../duty/directory.ts'
import { roles, type StaffMember } from '../../duty/staff.ts'
import { applySignal } from '../../engine.ts'
import type { DeskList } from '../../message.ts'
import { command, type DeskCommand, everybody, isCase, words } from '../command.ts'
import type { DeskDeps } from '../desk-deps.ts'
import type { FormField } from '../forms.ts'
import { dueSoon, itemsOf, mine, team } from '../lists.ts'
import { type CommandRequest, type Performed, refuse } from '../performed.ts'
import { caseIdOf } from '../reply-code.ts'
import { showCase } from '../show-case.ts'

const longList = 20

export const siteField = (required: boolean): FormField => ({
  ...{ kind: 'choice', name: 'site', label: 'Site', required, options: [], from: 'sites' },
})

const listed = (list: DeskList): Performed => ({ outcome: 'answered', answer: listWords(list), shown: { list } })

/** The list for a desk that shows only text. */
const listWords = ({ title, items, empty }: DeskList): string =>
  items.length === 0 ? empty : [title, ...items.map((item) => `${item.title}: ${item.detail}`)].join('\n')

/** The sites somebody works at, or the one they name. */
export function sitesOf(member: StaffMember, desk: DeskDeps, wanted = ''): readonly string[] {
  const all = desk.sites.map(({ id }) => id).filter((site) => holds(member, site, roles))
  return wanted === '' ? all : all.filter((site) => site === wanted)
}

/** Whole numbers and whole addresses only: nobody leafs through customers. */
export async function searched(member: StaffMember, query: string, at: Date, desk: DeskDeps): Promise<DeskList> {
  const asNumber = /^(?:GH-)?(?:\d{4}-)?\d{1,6}$/i.test(query)
  const wanted = asNumber ? [caseIdOf(query, at.getUTCFullYear()), query] : [query]
  const found = (
    await Promise.all(wanted.map((q) => desk.cases.list({ of: 'search', q, limit: longList }, member.id)))
  ).flat()
  const seen = found.filter(({ site }) => holds(member, site, roles))
  const empty = 'Nothing found. Search by a whole case number, address or telephone number.'
  return { title: `Found ${seen.length}`, items: itemsOf(seen, desk), empty }
}

/** Who read a whole file, or spoke of it elsewhere, stands in that file. */
export async function noteLook({ id, at, by, caseId, command: name, desk: from }: CommandRequest, desk: DeskDeps) {
  const asked = { command: name, desk: from, args: {} }
  const signal = { type: 'look', id, at, by: { id: by.id, name: by.name }, asked } as const
  await applySignal(caseId, signal, desk.engine)
}

export const lookingCommands: readonly DeskCommand[] = [
  command({
    name: 'show',
    label: 'Show everything',
    help: 'Read the whole case: what was said, what was done by whom, and what is due. Only you see it.',
    roles: everybody,
    aliases: ['case'],
    shortcut: 'message',
    offered: isCase,
    run: async (request, _args, desk) => {
      await noteLook(request, desk)
      return showCase(request.caseId, desk)
    },
  }),
  command({
    name: 'print',
    label: 'Print',
    help: 'A page with the whole case for printing, behind a link that ends after fifteen minutes.',
    roles: everybody,
    offered: isCase,
    run: async (request, _args, desk) => {
      await noteLook(request, desk)
      const { caseId, at } = request
      const answer = `${caseId}: open within fifteen minutes, and print from your browser: ${desk.printLink(caseId, at)}`
      return { outcome: 'answered', caseId, answer }
    },
  }),
  command({
    name: 'search',
    label: 'Search',
    help: 'Find cases by case number, telephone number or address.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    aliases: ['find'],
    shortcut: 'global',
    fields: [words('q', 'Case number, telephone number or address', { lines: 'one', maxLength: 200 })],
    form: { title: 'Search', submit: 'Search' },
    run: async ({ by, at }, { q = '' }, desk) => listed(await searched(by, q, at, desk)),
  }),
  command({
    name: 'my-cases',
    label: 'My cases',
    help: 'The cases you have, and those that are offered to you.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    aliases: ['mine', 'cases'],
    shortcut: 'global',
    run: async ({ by }, _args, desk) => listed(await mine(by, desk, longList)),
  }),
  command({
    name: 'team-cases',
    label: "My team's cases",
    help: 'The open cases of your sites, the one that is due first at the top.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    aliases: ['team'],
    run: async ({ by }, _args, desk) => listed(await team(by, sitesOf(by, desk), desk, longList)),
  }),
  command({
    name: 'due-soon',
    label: 'Due soon',
    help: 'The open cases of your sites that are due within the hour, or overdue.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    aliases: ['due'],
    shortcut: 'global',
    run: async ({ by, at }, _args, desk) => listed(await dueSoon(by, { sites: sitesOf(by, desk), at }, desk, longList)),
  }),
  command({
    name: 'on-duty',
    label: 'Who is on duty',
    help: 'Who is on duty at each level of your sites now, and until when.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    aliases: ['duty', 'who'],
    shortcut: 'global',
    fields: [siteField(false)],
    run: async ({ by, at }, { site = '' }, desk) => {
      const sites = sitesOf(by, desk, site)
      if (sites.length === 0) return refuse('not-allowed', 'You hold no role at such a site.')
      const items = sites.flatMap((one) => desk.onDuty(one, at))
      return listed({ title: 'On duty now', items, empty: 'Nobody is on duty.' })
    },
  }),
]

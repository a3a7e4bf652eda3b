import { roles, type StaffMember } from '../duty/staff.ts'
import type { DeskCommand } from './command.ts'

type Asked = { readonly member?: StaffMember; readonly about?: string }

/** What a staff member sees for `help`, from the registry itself: the commands they may use, or one of them. */
export function helpText(commands: readonly DeskCommand[], { member, about = '' }: Asked = {}): string {
  const wanted = about.trim().toLowerCase()
  const one = commands.find(({ name, aliases = [] }) => name === wanted || aliases.includes(wanted))
  if (one !== undefined) return lineOf(one, { whole: true })
  const held = member?.posts.map(({ role }) => role) ?? roles
  return commands
    .filter((each) => each.roles.some((role) => held.includes(role)))
    .map((each) => lineOf(each, { whole: false }))
    .join('\n')
}

function lineOf(
  { name, about, fields, help, roles: who, aliases = [] }: DeskCommand,
  { whole }: { whole: boolean },
): string {
  const words = [name, ...(about === 'case' ? ['GH-…'] : []), ...fields.map((field) => field.name)].join(' ')
  if (!whole) return `${words}: ${help}`
  const short = aliases.length === 0 ? [] : [`Also: ${aliases.join(', ')}.`]
  return [`${words}: ${help}`, `For: ${who.join(', ')}.`, ...short].join('\n')
}

import { randomBytes } from 'node:crypto'
import { viewFaults } from './blocks.ts'
import { isRecord, type Json, listOf, textOf } from './json.ts'
import { fileObject } from './payloads.ts'
import { type OpenView, type Workspace, withBlockIds } from './workspace.ts'

/** A refusal in Slack's own words. */
export class SlackRefusal extends Error {
  readonly faults: readonly string[]

  constructor(name: string, faults: readonly string[] = []) {
    super(name)
    this.faults = faults
  }
}

const triggerLifeMs = 3_000
const mostInStack = 3

/** Opens a modal for the person whose interaction the trigger came from: once, and within three seconds. */
export function openView(workspace: Workspace, triggerId: string, view: unknown, how: 'open' | 'push'): OpenView {
  const trigger = workspace.triggers.get(triggerId)
  if (trigger === undefined) throw new SlackRefusal('invalid_trigger_id')
  if (Date.now() - trigger.at > triggerLifeMs) throw new SlackRefusal('expired_trigger_id')
  workspace.triggers.delete(triggerId)
  return stack(workspace, trigger.user, view, how)
}

/** Puts a view on top of a person's modals, as `views.push` and `response_action: push` do. */
export function stack(workspace: Workspace, user: string, view: unknown, how: 'open' | 'push'): OpenView {
  const checked = checkedView(view)
  const below = how === 'push' ? (workspace.modals.get(user) ?? []) : []
  if (below.length >= mostInStack) throw new SlackRefusal('push_limit_reached')
  const id = `V${randomBytes(5).toString('hex').toUpperCase()}`
  const previous = below.at(-1)
  const links = previous === undefined ? { rootId: id } : { rootId: previous.rootId, previousId: previous.id }
  const open: OpenView = { id, user, ...links, hash: newHash(), view: checked, errors: {} }
  workspace.modals.set(user, [...below, open])
  workspace.changed()
  return open
}

export function updateView(workspace: Workspace, id: string, view: unknown, hash?: string): OpenView {
  const open = [...workspace.modals.values()].flat().find((each) => each.id === id)
  if (open === undefined) throw new SlackRefusal('not_found')
  if (hash !== undefined && hash !== open.hash) throw new SlackRefusal('hash_conflict')
  open.view = checkedView(view)
  open.hash = newHash()
  open.errors = {}
  workspace.changed()
  return open
}

export function checkedView(view: unknown): Json {
  const faults = viewFaults(view)
  if (!isRecord(view) || faults.length > 0) throw new SlackRefusal('invalid_arguments', faults)
  return { ...view, blocks: withBlockIds(listOf(view, 'blocks')) }
}

/** What becomes of a modal when the app has answered its submission. */
export type Submitted = 'closed' | 'errors' | 'updated' | 'pushed'

export function applyAnswer(workspace: Workspace, open: OpenView, answer: unknown): Submitted {
  const said = isRecord(answer) ? answer : {}
  switch (textOf(said, 'response_action')) {
    case 'errors':
      open.errors = isRecord(said.errors) ? (said.errors as Record<string, string>) : {}
      workspace.changed()
      return 'errors'
    case 'update':
      updateView(workspace, open.id, said.view)
      return 'updated'
    case 'push':
      stack(workspace, open.user, said.view, 'push')
      return 'pushed'
    case 'clear':
      workspace.modals.delete(open.user)
      workspace.changed()
      return 'closed'
    default:
      closeTop(workspace, open.user)
      return 'closed'
  }
}

export function closeTop(workspace: Workspace, user: string): void {
  const below = (workspace.modals.get(user) ?? []).slice(0, -1)
  if (below.length === 0) workspace.modals.delete(user)
  else workspace.modals.set(user, below)
  workspace.changed()
}

/** The `state` of a submission: for every input what was filled in, what it was preset to, or null. */
export function stateOf(workspace: Workspace, open: OpenView, given: Readonly<Record<string, string>>): Json {
  const inputs = listOf(open.view, 'blocks').filter((block) => textOf(block, 'type') === 'input')
  const values = inputs.map((block) => {
    const name = textOf(block, 'block_id') ?? ''
    const element = isRecord(block) && isRecord(block.element) ? block.element : {}
    return [name, { [textOf(element, 'action_id') ?? '']: filled(workspace, element, given[name]) }] as const
  })
  return { values: Object.fromEntries(values) }
}

/** Required inputs that are still empty; Slack asks for them itself and sends nothing. */
export function missingInputs(open: OpenView, state: Json): readonly string[] {
  const values = isRecord(state.values) ? state.values : {}
  return listOf(open.view, 'blocks').flatMap((block) => {
    if (textOf(block, 'type') !== 'input' || (isRecord(block) && block.optional === true)) return []
    const name = textOf(block, 'block_id') ?? ''
    const input = Object.values(isRecord(values[name]) ? values[name] : {})[0]
    const isEmpty = !isRecord(input) || (!input.value && !input.selected_option)
    return isEmpty ? [name] : []
  })
}

function filled(workspace: Workspace, element: Json, given: string | undefined): Json {
  const several = (given ?? '').split(/[\s,]+/).filter((one) => one !== '')
  if (element.type === 'file_input') {
    const files = several.flatMap((id) => workspace.files.get(id) ?? []).map((file) => fileObject(workspace, file))
    return { type: 'file_input', files }
  }
  if (element.type === 'multi_static_select') {
    const options = listOf(element, 'options').filter((option) => several.includes(textOf(option, 'value') ?? ''))
    return { type: 'multi_static_select', selected_options: options }
  }
  if (element.type !== 'static_select') {
    return { type: element.type, value: (given ?? textOf(element, 'initial_value') ?? '') || null }
  }
  const chosen = listOf(element, 'options').find((option) => textOf(option, 'value') === given)
  return { type: 'static_select', selected_option: chosen ?? element.initial_option ?? null }
}

const newHash = (): string => `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`

import { isRecord, type Json, listOf, textOf } from '../slack/json.ts'

/** More in one row are not drawn. */
const mostInRow = 6
const actionTypes = new Set([
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
  'Action.ShowCard',
  'Action.ToggleVisibility',
])

/** What Teams would refuse of a card, or show as an error instead of it. */
export function cardFaults(card: Json): readonly string[] {
  const version = Number(textOf(card, 'version') ?? Number.NaN)
  const faults: string[] = []
  if (card.type !== 'AdaptiveCard') faults.push('not an Adaptive Card')
  if (!(version <= 1.5)) faults.push(`version ${textOf(card, 'version')} is newer than 1.5`)
  for (const action of actionsOf(card)) {
    if (!actionTypes.has(textOf(action, 'type') ?? ''))
      faults.push(`action type ${textOf(action, 'type')} is not known`)
    if (textOf(action, 'title') === undefined) faults.push('an action without a title')
  }
  if (listOf(card, 'actions').length > mostInRow) faults.push(`more than ${mostInRow} actions in a row`)
  const inputs = inputsOf(card).map((input) => textOf(input, 'id'))
  if (new Set(inputs).size < inputs.length || inputs.includes(undefined)) faults.push('inputs without distinct ids')
  return faults
}

/** Every action of a card, also of those that unfold under it. */
export function actionsOf(part: unknown): readonly Json[] {
  if (Array.isArray(part)) return part.flatMap(actionsOf)
  if (!isRecord(part)) return []
  const own = listOf(part, 'actions').filter(isRecord)
  const nested = own.flatMap((action) => actionsOf(action.card))
  return [...own, ...nested, ...['body', 'items', 'columns'].flatMap((key) => actionsOf(part[key]))]
}

/** Every input of a card, however deep. */
export function inputsOf(part: unknown): readonly Json[] {
  if (Array.isArray(part)) return part.flatMap(inputsOf)
  if (!isRecord(part)) return []
  const isInput = textOf(part, 'type')?.startsWith('Input.') === true
  return [...(isInput ? [part] : []), ...['body', 'items', 'columns'].flatMap((key) => inputsOf(part[key]))]
}

/** Whether this button is the one meant: by the command it carries, or by what is written on it. */
export function isMeant(action: Json, wanted: string): boolean {
  const data = isRecord(action.data) ? action.data : {}
  return textOf(data.gatehouse, 'command') === wanted || textOf(action, 'title') === wanted
}

/** What Teams hands back when a form is submitted: its inputs, preset or filled in, and the data of the button. */
export function submitted(card: Json, action: Json, given: Readonly<Record<string, string>>): Json {
  const data = isRecord(action.data) ? action.data : {}
  if (action.associatedInputs === 'none') return { ...data }
  const filled = inputsOf(card).map((input) => {
    const id = textOf(input, 'id') ?? ''
    return [id, given[id] ?? textOf(input, 'value') ?? ''] as const
  })
  return { ...Object.fromEntries(filled), ...data }
}

/** Required inputs that are still empty; Teams asks for them itself and sends nothing. */
export function missingInputs(card: Json, given: Json): readonly string[] {
  return inputsOf(card).flatMap((input) => {
    const id = textOf(input, 'id') ?? ''
    return input.isRequired === true && !textOf(given, id) ? [id] : []
  })
}

import { isRecord, type Json, listOf, textOf } from './json.ts'

/**
 * The limits that Slack checks, as far as an app like ours can hit them; each fault in words.
 * Source: https://docs.slack.dev/reference/block-kit/blocks and the JSDoc of @slack/types.
 */
export function blockFaults(blocks: unknown, most: number): readonly string[] {
  if (!Array.isArray(blocks)) return ['blocks must be a list']
  const faults = blocks.length > most ? [`no more than ${most} blocks`] : []
  const ids = blocks.map((block) => textOf(block, 'block_id')).filter((id) => id !== undefined)
  if (new Set(ids).size < ids.length) faults.push('block_id must be unique')
  return [...faults, ...blocks.flatMap((block, index) => oneBlock(block).map((fault) => `block ${index}: ${fault}`))]
}

export function viewFaults(view: unknown): readonly string[] {
  if (!isRecord(view)) return ['view must be an object']
  const faults = [...blockFaults(view.blocks, 100)]
  if ((textOf(view, 'private_metadata') ?? '').length > 3000) faults.push('private_metadata is longer than 3000')
  if ((textOf(view, 'callback_id') ?? '').length > 255) faults.push('callback_id is longer than 255')
  if (view.type === 'home') return faults
  if (view.type !== 'modal') return [...faults, 'type must be modal or home']
  for (const part of ['title', 'submit', 'close']) {
    if (part === 'title' || view[part] !== undefined) faults.push(...plainText(view[part], 24, part))
  }
  const asks = listOf(view, 'blocks').some((block) => textOf(block, 'type') === 'input')
  return asks && view.submit === undefined ? [...faults, 'a view with inputs needs submit'] : faults
}

function oneBlock(block: unknown): readonly string[] {
  if (!isRecord(block)) return ['must be an object']
  const long = (textOf(block, 'block_id') ?? '').length > 255 ? ['block_id is longer than 255'] : []
  switch (block.type) {
    case 'header':
      return [...long, ...plainText(block.text, 150, 'header')]
    case 'section':
      return [...long, ...section(block)]
    case 'context':
      return [
        ...long,
        ...counted(block, 10),
        ...listOf(block, 'elements').flatMap((each) => anyText(each, 3000, 'context')),
      ]
    case 'actions':
      return [...long, ...actions(block)]
    case 'input':
      return [...long, ...plainText(block.label, 2000, 'label'), ...element(block.element)]
    case 'rich_text':
      return [...long, ...listOf(block, 'elements').flatMap(richElement)]
    case 'divider':
      return long
    default:
      return ['unsupported type']
  }
}

function section(block: Json): readonly string[] {
  const fields = listOf(block, 'fields')
  const faults = fields.length > 10 ? ['more than 10 fields'] : []
  if (block.text === undefined && fields.length === 0) faults.push('a section needs text or fields')
  const texts = block.text === undefined ? [] : anyText(block.text, 3000, 'section')
  const beside = block.accessory === undefined ? [] : element(block.accessory)
  return [...faults, ...beside, ...texts, ...fields.flatMap((field) => anyText(field, 2000, 'field'))]
}

function actions(block: Json): readonly string[] {
  const elements = listOf(block, 'elements')
  const ids = elements.map((each) => textOf(each, 'action_id'))
  const unique = new Set(ids).size < ids.length ? ['action_id must be unique in its block'] : []
  return [...unique, ...counted(block, 25), ...elements.flatMap(element)]
}

function counted(block: Json, most: number): readonly string[] {
  const count = listOf(block, 'elements').length
  return count < 1 || count > most ? [`needs 1 to ${most} elements`] : []
}

function element(value: unknown): readonly string[] {
  if (!isRecord(value)) return ['element must be an object']
  const id = textOf(value, 'action_id') ?? ''
  const faults = id === '' || id.length > 255 ? ['action_id must have 1 to 255 characters'] : []
  if (value.type === 'button') return [...faults, ...button(value)]
  if (value.type === 'plain_text_input') return [...faults, ...textInput(value)]
  if (value.type === 'static_select' || value.type === 'multi_static_select') return [...faults, ...select(value)]
  if (value.type === 'file_input') return [...faults, ...fileInput(value)]
  return [...faults, 'unsupported element']
}

function button(value: Json): readonly string[] {
  const faults = [...plainText(value.text, 75, 'button')]
  if ((textOf(value, 'value') ?? '').length > 2000) faults.push('button value is longer than 2000')
  if ((textOf(value, 'accessibility_label') ?? '').length > 75) faults.push('accessibility_label is longer than 75')
  if (value.style !== undefined && value.style !== 'primary' && value.style !== 'danger') faults.push('unknown style')
  return faults
}

function textInput(value: Json): readonly string[] {
  const most = typeof value.max_length === 'number' ? value.max_length : 3000
  if (most < 1 || most > 3000) return ['max_length must be 1 to 3000']
  return (textOf(value, 'initial_value') ?? '').length > most ? ['initial_value is longer than max_length'] : []
}

function fileInput({ max_files: most }: Json): readonly string[] {
  return typeof most === 'number' && (most < 1 || most > 10) ? ['max_files must be 1 to 10'] : []
}

function select(value: Json): readonly string[] {
  const options = listOf(value, 'options')
  const faults = options.length < 1 || options.length > 100 ? ['needs 1 to 100 options'] : []
  const long = options.some((option) => (textOf(option, 'value') ?? '').length > 150)
    ? ['option value is too long']
    : []
  const texts = options.flatMap((option) => (isRecord(option) ? plainText(option.text, 75, 'option') : ['bad option']))
  return [...faults, ...long, ...texts]
}

const richTypes = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted', 'rich_text_list']

function richElement(value: unknown): readonly string[] {
  if (!isRecord(value) || !richTypes.includes(String(value.type))) return ['unsupported rich text']
  const texts = listOf(value, 'elements').filter((each) => textOf(each, 'type') === 'text')
  return texts.some((each) => !textOf(each, 'text')) ? ['rich text must not be empty'] : []
}

function plainText(value: unknown, most: number, name: string): readonly string[] {
  return textOf(value, 'type') === 'plain_text' ? anyText(value, most, name) : [`${name} must be plain_text`]
}

function anyText(value: unknown, most: number, name: string): readonly string[] {
  const text = textOf(value, 'text') ?? ''
  return text === '' || text.length > most ? [`${name} text must have 1 to ${most} characters`] : []
}

import { h, langOf, words } from './dom.js'

/** Draws an Adaptive Card as Teams does; `press` is called with an action and its button. */
export function drawCard(card, around) {
  return h('div', { class: 'adaptive' }, ...drawParts(card.body ?? [], around), drawActions(card.actions ?? [], around))
}

export const drawParts = (parts, around) => parts.map((part) => drawPart(part, around))

function drawPart(part, around) {
  switch (part.type) {
    case 'TextBlock':
      return words(part.style === 'heading' ? 'h4' : 'p', unescaped(part.text))
    case 'RichTextBlock':
      return drawRuns(part)
    case 'Container':
      return h('div', { class: part.style === 'emphasis' ? 'emphasis' : undefined }, ...drawParts(part.items, around))
    case 'ColumnSet':
      return h('div', { class: 'columns' }, ...part.columns.map((column) => drawColumn(column, around)))
    case 'ActionSet':
      return drawActions(part.actions, around)
    case 'Input.Text':
    case 'Input.ChoiceSet':
      return drawInput(part)
    default:
      return h('p', {}, `(an element of type ${part.type})`)
  }
}

const drawColumn = ({ width, items }, around) =>
  h('div', { class: width === 'auto' ? 'narrow' : 'wide' }, ...drawParts(items, around))

const dots = { '🔴': 'red', '🟠': 'amber', '🟢': 'green', '⚪': 'grey' }

function drawRuns({ inlines }) {
  const text = inlines.map((run) => run.text).join('')
  return h('p', { lang: langOf(text), dir: 'auto' }, ...inlines.flatMap(drawRun))
}

/** A coloured circle at the front of a text is drawn; the words after it say the same. */
function drawRun({ text, weight, isSubtle }) {
  const [sign] = text
  const dot = dots[sign] === undefined ? [] : [h('span', { class: `dot ${dots[sign]}`, 'aria-hidden': 'true' })]
  const rest = dot.length === 0 ? text : text.slice(sign.length)
  return [...dot, h(weight === 'Bolder' ? 'strong' : 'span', { class: isSubtle ? 'subtle' : undefined }, rest)]
}

function drawActions(actions, around) {
  if (actions.length === 0) return undefined
  const buttons = actions.filter(({ type }) => type !== 'Action.ShowCard').map((action) => drawButton(action, around))
  const more = actions.filter(({ type }) => type === 'Action.ShowCard').map((action) => drawMore(action, around))
  return h('div', { class: 'actions' }, ...buttons, ...more)
}

const looks = { positive: 'primary', destructive: 'danger' }

function drawButton(action, { press, about }) {
  const { title, style } = action
  const onclick = (event) => press({ action, button: event.currentTarget })
  const label = about === undefined ? undefined : `${title} ${about}`
  return words('button', title, {
    type: 'button',
    class: looks[style],
    'data-part': title,
    'aria-label': label,
    onclick,
  })
}

/** What a person has unfolded stays so when its card is drawn anew. */
const unfolded = new Set()

function drawMore({ title, card }, around) {
  const key = `${around.about} ${title}`
  const ontoggle = ({ currentTarget }) => (currentTarget.open ? unfolded.add(key) : unfolded.delete(key))
  const summary = h('summary', { 'data-part': title }, title)
  return h('details', { class: 'more', open: unfolded.has(key), ontoggle }, summary, ...drawParts(card.body, around))
}

function drawInput(part) {
  const { id, label, isRequired } = part
  const name = `task-${id}`
  const more = {
    id: name,
    name: id,
    'aria-required': isRequired ? 'true' : undefined,
    'aria-describedby': `${name}-error`,
  }
  return h(
    'div',
    { class: 'field', 'data-field': id },
    h('label', { for: name }, label, isRequired ? undefined : h('span', {}, ' (optional)')),
    part.type === 'Input.ChoiceSet' ? drawChoices(part, more) : drawText(part, more),
    h('p', { class: 'error', id: `${name}-error`, role: 'alert' }),
  )
}

function drawChoices({ choices, value, isMultiSelect }, more) {
  if (isMultiSelect) {
    const chosen = (value ?? '').split(',')
    const all = choices.map((each) =>
      h('option', { value: each.value, selected: chosen.includes(each.value) }, each.title),
    )
    return h('select', { ...more, multiple: true, size: String(Math.min(4, all.length)) }, ...all)
  }
  const empty = value === undefined ? [h('option', { value: '' }, 'Choose …')] : []
  const options = choices.map((each) => h('option', { value: each.value, selected: each.value === value }, each.title))
  return h('select', more, ...empty, ...options)
}

function drawText({ isMultiline, maxLength, placeholder, value }, more) {
  const limits = { ...more, maxlength: String(maxLength ?? 4000), placeholder }
  return isMultiline ? h('textarea', { ...limits, rows: '5' }, value ?? '') : h('input', { ...limits, value })
}

/** The one element whose text is Markdown; Gatehouse escapes everything in it. */
const unescaped = (text) => text.replace(/\\(.)/g, '$1')

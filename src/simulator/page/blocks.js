import { h, langOf, words } from './dom.js'

/** Draws Block Kit as Slack does; `press` is called with a button's action and value. */
export function drawBlocks(blocks, { press, nameOf }) {
  return blocks.map((block) => drawBlock(block, { press, nameOf })).filter((element) => element !== undefined)
}

function drawBlock(block, around) {
  switch (block.type) {
    case 'header':
      return words('h4', block.text.text)
    case 'section':
      return drawSection(block, around)
    case 'rich_text':
      return h('div', { class: 'rich' }, ...block.elements.map((part) => drawRich(part, around)))
    case 'context':
      return h('p', { class: 'context' }, ...block.elements.map((each) => drawText(each, around, 'span')))
    case 'actions':
      return h('div', { class: 'actions' }, ...block.elements.map((each) => drawElement(each, around)))
    case 'divider':
      return h('hr', {})
    default:
      return h('p', {}, `(a block of type ${block.type})`)
  }
}

function drawSection({ text, fields = [], accessory }, around) {
  const drawn = text === undefined ? [] : [drawText(text, around, 'p')]
  const list =
    fields.length === 0 ? [] : [h('ul', { class: 'fields' }, ...fields.map((each) => drawText(each, around, 'li')))]
  const beside = accessory === undefined ? [] : [drawElement(accessory, around)]
  return h('div', { class: 'section' }, ...drawn, ...list, ...beside)
}

/** Plain text is shown as it is; only `mrkdwn` has characters with a meaning. */
export function drawText({ type, text }, { nameOf }, tag) {
  return type === 'mrkdwn' ? drawMarkup(text, nameOf, tag) : words(tag, text)
}

function drawRich(part, around) {
  const tags = { rich_text_quote: 'blockquote', rich_text_preformatted: 'pre', rich_text_list: 'ul' }
  const drawn = part.elements.map((each) =>
    part.type === 'rich_text_list' ? drawRich(each, around) : drawRun(each, around),
  )
  return h(tags[part.type] ?? 'p', { lang: langOf(JSON.stringify(part.elements)), dir: 'auto' }, ...drawn)
}

function drawRun({ type, text, style, url, user_id: user, range }, { nameOf }) {
  if (type === 'text') return style?.bold ? h('strong', {}, ...signed(text)) : style?.italic ? h('em', {}, text) : text
  if (type === 'link') return h('span', { class: 'link', title: url }, text ?? url)
  return h('mark', {}, type === 'user' ? `@${nameOf(user)}` : `@${range ?? type}`)
}

const dots = { '🔴': 'red', '🟠': 'amber', '🟢': 'green', '⚪': 'grey' }

/** A coloured circle at the front of a text is drawn; the words after it say the same. */
function signed(text) {
  const [sign] = text
  return dots[sign] === undefined
    ? [text]
    : [h('span', { class: `dot ${dots[sign]}`, 'aria-hidden': 'true' }), text.slice(sign.length)]
}

const drawElement = (element, around) =>
  element.type === 'static_select' ? drawMenu(element, around) : drawButton(element, around)

/** Choosing acts at once, as in Slack; the menu then shows its own words again. */
function drawMenu({ placeholder, options, action_id: action }, { press }) {
  const onchange = (event) => {
    const menu = event.currentTarget
    if (menu.value !== '') press({ action, value: menu.value, button: menu })
    menu.selectedIndex = 0
  }
  const entries = options.map(({ text, value }) => words('option', text.text, { value }))
  const first = words('option', placeholder.text, { value: '' })
  return h('select', { 'aria-label': placeholder.text, 'data-part': action, onchange }, first, ...entries)
}

function drawButton({ text, style, action_id: action, value, accessibility_label: label }, { press }) {
  const onclick = (event) => press({ action, value, button: event.currentTarget })
  return words('button', text.text, { type: 'button', class: style, 'aria-label': label, 'data-part': action, onclick })
}

/**
 * Slack's own markup in a text. A mention or a link is drawn as one, on purpose: if a customer's words ever came this
 * far unescaped, this is where it would be seen.
 */
export function drawMarkup(text, nameOf, tag = 'p') {
  const parts = text.split(/(<[^<>]+>|\*[^*\n]+\*|`[^`\n]+`)/)
  return h(
    tag,
    { lang: langOf(text), dir: 'auto' },
    ...parts.filter((part) => part !== '').map((part) => drawPart(part, nameOf)),
  )
}

function drawPart(part, nameOf) {
  const [, sort, rest] = /^<([@#!]?)([^<>]+)>$/.exec(part) ?? []
  if (rest !== undefined) return drawReference(sort, rest, nameOf)
  if (/^\*.+\*$/.test(part)) return h('strong', {}, unescaped(part.slice(1, -1)))
  if (/^`.+`$/.test(part)) return h('code', {}, unescaped(part.slice(1, -1)))
  return unescaped(part)
}

function drawReference(sort, rest, nameOf) {
  const [target, label] = rest.split('|')
  if (sort === '@') return h('mark', {}, `@${label ?? nameOf(target)}`)
  if (sort === '#') return h('mark', {}, `#${label ?? target}`)
  if (sort === '!') return h('mark', {}, `@${label ?? target}`)
  return h('span', { class: 'link', title: unescaped(target) }, unescaped(label ?? target))
}

const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

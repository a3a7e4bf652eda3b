/**
 * Makes an element. Functions become handlers, `true` an attribute without a value, absent and `false` nothing at all.
 * Children are elements or text; text never becomes markup, whoever wrote it.
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue
    if (typeof value === 'function') element[name] = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null))
  return element
}

export const byId = (id) => document.getElementById(id)

/** `lang` for words that are (partly) Chinese, so that they are read out and drawn as such. */
export const langOf = (text) => (/\p{Script=Han}/u.test(text) ? 'zh-HK' : undefined)

/** Text as it was written, in an element of its own with its language. */
export const words = (tag, text, properties) => h(tag, { lang: langOf(text), dir: 'auto', ...properties }, text)

/**
 * Brings a list to these items. Elements of items that look the same stay where they are, and with them the focus, what
 * is selected and what is read out; a focus inside an element that is drawn anew goes to the same part of the new one.
 */
export function showList(list, items, { key, look = JSON.stringify, draw }) {
  const known = new Map([...list.children].map((element) => [element.dataset.key, element]))
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60
  const focused = list.contains(document.activeElement) ? document.activeElement : undefined
  const lost = { part: focused?.dataset.part, key: focused?.closest('[data-key]')?.dataset.key }
  const wanted = items.map((item) => keptOrDrawn(known.get(key(item)), item, { key, look, draw }))
  for (const [index, element] of wanted.entries())
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null)
  while (list.children.length > wanted.length) list.lastElementChild.remove()
  if (focused !== undefined && !focused.isConnected) refocus(list, lost)
  if (wasAtEnd) list.scrollTop = list.scrollHeight
}

function keptOrDrawn(known, item, { key, look, draw }) {
  const seen = look(item)
  if (known?.look === seen) return known
  const drawn = draw(item)
  drawn.look = seen
  drawn.dataset.key = key(item)
  return drawn
}

function refocus(list, { part, key }) {
  const element = [...list.children].find((child) => child.dataset.key === key)
  const again = part === undefined ? undefined : element?.querySelector(`[data-part="${CSS.escape(part)}"]`)
  const target = again ?? element ?? list
  if (target !== again && !target.hasAttribute('tabindex')) target.tabIndex = -1
  target.focus({ preventScroll: true })
}

/** Fills a select once; the chosen value is kept when it is still there. */
export function fillSelect(select, groups) {
  const { value } = select
  const options = (list) => list.map((each) => h('option', { value: each.value }, each.label))
  select.replaceChildren(
    ...groups.flatMap(({ label, choices }) =>
      label === undefined ? options(choices) : [h('optgroup', { label }, ...options(choices))],
    ),
  )
  if (groups.some(({ choices }) => choices.some((each) => each.value === value))) select.value = value
}

/** Enter sends, Shift and Enter begin a new line; composing Chinese with Enter does neither. */
export function sendOnEnter(form, textarea) {
  textarea.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
}

export function showBadge(button, count) {
  const badge = button.querySelector('.badge')
  badge.hidden = count === 0
  badge.textContent = count === 0 ? '' : String(count)
  badge.setAttribute('aria-label', `${count} new`)
}

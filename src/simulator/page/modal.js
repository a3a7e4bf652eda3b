import { act } from './api.js'
import { drawBlocks } from './blocks.js'
import { byId, h, words } from './dom.js'
import { valuesIn } from './files.js'
import { me } from './staff-view.js'

/** The form that Slack shows over everything; it follows what the app opened, pushed, refused or closed. */
export function createModal(slack) {
  const dialog = byId('modal')
  const modal = { dialog, slack, shown: '' }
  // Escape means Cancel; the form itself goes when the provider says so.
  dialog.oncancel = (event) => {
    event.preventDefault()
    leave(slack)
  }
  // A browser closes at the second Escape whatever we say; then the provider must hear of it too.
  dialog.onclose = () => {
    if (modal.shown !== '') leave(slack)
  }
  return { update: (open) => update(modal, open) }
}

const leave = (slack) => slack.attempt(() => act('close', { user: me() }))

function update(modal, open) {
  const { dialog } = modal
  if (open === undefined) {
    modal.shown = ''
    if (dialog.open) dialog.close()
    return
  }
  const look = JSON.stringify([open.id, open.view])
  if (look !== modal.shown) draw(modal, open)
  modal.shown = look
  showErrors(dialog, open.errors)
}

function draw({ dialog, slack }, { view }) {
  const nameOf = (id) => id
  const fields = view.blocks.map((block) =>
    block.type === 'input' ? [input(block)] : drawBlocks([block], { nameOf, press: () => {} }),
  )
  const form = h(
    'form',
    { onsubmit: (event) => submit(event, slack) },
    ...fields.flat(),
    h('div', { class: 'ends' }, ...buttons(view, slack)),
  )
  const title = words('h2', view.title.text, { id: 'modal-title' })
  dialog.replaceChildren(title, form)
  if (!dialog.open) dialog.showModal()
  const first = form.querySelector('textarea, input, select')
  ;(first ?? title).focus()
}

function buttons({ submit: send, close }, slack) {
  const cancel = h('button', { type: 'button', onclick: () => leave(slack) }, close?.text ?? 'Cancel')
  return send ? [cancel, h('button', { type: 'submit', class: 'primary' }, send.text)] : [cancel]
}

function input({ block_id: name, label, hint, element, optional }) {
  const about = [`${name}-error`, hint === undefined ? undefined : `${name}-hint`].filter(Boolean).join(' ')
  const more = { id: `field-${name}`, name, 'aria-describedby': about, 'aria-required': optional ? undefined : 'true' }
  return h(
    'div',
    { class: 'field', 'data-field': name },
    h('label', { for: more.id }, label.text, optional ? h('span', {}, ' (optional)') : undefined),
    control(element, more),
    hint === undefined ? undefined : words('p', hint.text, { class: 'hint', id: `${name}-hint` }),
    h('p', { class: 'error', id: `${name}-error`, role: 'alert' }),
  )
}

function control(element, more) {
  if (element.type === 'static_select') {
    const empty = element.initial_option === undefined ? [h('option', { value: '' }, 'Choose …')] : []
    const options = element.options.map(({ text, value }) =>
      h('option', { value, selected: value === element.initial_option?.value }, text.text),
    )
    return h('select', more, ...empty, ...options)
  }
  if (element.type === 'file_input') {
    const accept = (element.filetypes ?? []).map((ending) => `.${ending}`).join(',')
    return h('input', { ...more, type: 'file', accept, multiple: element.max_files > 1 })
  }
  if (element.type === 'multi_static_select') {
    const options = element.options.map(({ text, value }) => h('option', { value }, text.text))
    return h('select', { ...more, multiple: true, size: String(Math.min(4, options.length)) }, ...options)
  }
  const limits = { ...more, maxlength: String(element.max_length ?? 3000) }
  if (element.multiline) return h('textarea', { ...limits, rows: '5' }, element.initial_value ?? '')
  return h('input', { ...limits, value: element.initial_value })
}

async function submit(event, slack) {
  event.preventDefault()
  const { currentTarget: form } = event
  const send = form.querySelector('button[type=submit]')
  send.setAttribute('aria-busy', 'true')
  await slack.attempt(async () => {
    const values = await valuesIn(form, 'upload')
    const { outcome, errors } = await act('submit', { user: me(), values })
    if (outcome === 'asked') showErrors(byId('modal'), fillIn(errors))
    if (outcome === 'failed') throw new Error('Gatehouse did not answer in time, as Slack would tell you. Try again.')
  })
  send.removeAttribute('aria-busy')
}

const fillIn = (errors) =>
  Object.fromEntries(Object.keys(errors).map((name) => [name, 'Please complete this required field.']))

/** Says what is wrong beside each field, and brings the person to the first one. */
function showErrors(dialog, errors) {
  const wrong = Object.keys(errors)
  if (wrong.length === 0) return
  for (const field of dialog.querySelectorAll('[data-field]')) {
    const said = errors[field.dataset.field] ?? ''
    const control = field.querySelector('input, textarea, select')
    control.setAttribute('aria-invalid', String(said !== ''))
    const line = field.querySelector('.error')
    if (line.textContent === said) continue
    line.textContent = said
    if (field.dataset.field === wrong[0]) control.focus()
  }
}

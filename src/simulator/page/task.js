import { drawParts } from './adaptive.js'
import { act } from './api.js'
import { byId, h } from './dom.js'
import { valuesIn } from './files.js'

/** The dialog that Teams shows over everything; it follows what the app opened, changed or closed. */
export function createTask(teams) {
  const dialog = byId('task')
  const task = { dialog, teams, shown: '' }
  // Escape means Cancel; the dialog itself goes when the provider says so.
  dialog.oncancel = (event) => {
    event.preventDefault()
    leave(teams)
  }
  dialog.onclose = () => {
    if (task.shown !== '') leave(teams)
  }
  return { update: (open) => update(task, open) }
}

const leave = (teams) => teams.attempt(() => act('teams-close', { user: teams.me() }))

function update(task, open) {
  const { dialog } = task
  if (open === undefined) {
    task.shown = ''
    if (dialog.open) dialog.close()
    return
  }
  const look = JSON.stringify(open)
  if (look !== task.shown) draw(task, open)
  task.shown = look
}

function draw({ dialog, teams }, { title, card }) {
  const actions = card.actions ?? []
  const buttons = actions.map((action, index) => {
    const look = { type: 'submit', class: index === 0 ? 'primary' : undefined, value: action.title }
    return h('button', look, action.title)
  })
  const cancel = h('button', { type: 'button', onclick: () => leave(teams) }, 'Cancel')
  const parts = drawParts(card.body, { press: () => {} })
  const onsubmit = (event) => submit(event, { dialog, teams })
  const form = h('form', { onsubmit, novalidate: true }, ...parts, h('div', { class: 'ends' }, cancel, ...buttons))
  dialog.replaceChildren(h('h2', { id: 'task-title' }, title), form)
  if (!dialog.open) dialog.showModal()
  form.querySelector('input, textarea, select, button[type=submit]')?.focus()
}

async function submit(event, { dialog, teams }) {
  event.preventDefault()
  const { currentTarget: form, submitter } = event
  const values = await valuesIn(form, 'teams-upload')
  const button = submitter?.value ?? ''
  await teams.attempt(async () => {
    const user = teams.me()
    const { outcome, missing } = await act('teams-submit', { user, values, ...(button === '' ? {} : { button }) })
    if (outcome === 'failed') throw new Error('Gatehouse did not answer in time, as Teams would tell you. Try again.')
    showMissing(dialog, missing)
  })
}

function showMissing(dialog, missing) {
  for (const field of dialog.querySelectorAll('[data-field]')) {
    const isMissing = missing.includes(field.dataset.field)
    field.querySelector('input, textarea, select').setAttribute('aria-invalid', String(isMissing))
    field.querySelector('.error').textContent = isMissing ? 'Please fill this in.' : ''
  }
  dialog.querySelector('[aria-invalid="true"]')?.focus()
}

import fc from 'fast-check'
import { deskCommands } from '../../../src/core/desk/registry.ts'
import { team } from '../../../src/simulator/slack/workspace.ts'
import { type Act, argsFor, type Payload, secret, secretText } from '../random-house.ts'

const staff = ['U0000000002', 'U0000000003', 'U0000000007', 'U0000000009']
const people = fc.constantFrom(...staff, 'U0000000004', 'U0STRANGER')
const channel = 'C0HARBOUR1'

const said = (n: number, event: object): Payload => ({
  ...{ type: 'event_callback', team_id: team.id, api_app_id: 'A1', event_id: `Ev${n}` },
  event: { type: 'message', channel, channel_type: 'channel', ...event },
})
const tsOf = (n: number): string => `17637${String(n).padStart(5, '0')}.000100`

const inThread = people.map(
  (user): Act =>
    ({ caseId, n }) =>
      said(n, { ts: tsOf(n), thread_ts: `card-${caseId}`, user, text: secretText(n) }),
)

/** Of a thread message of this sequence, or of one that never was. */
const changes = fc.tuple(people, fc.boolean()).map(
  ([user, isGone]): Act =>
    ({ caseId, n, before }) => {
      const threads = before.map((one) => (one.event ?? {}) as { ts?: string; thread_ts?: string })
      const ts = threads.find(({ thread_ts }) => thread_ts !== undefined)?.ts ?? tsOf(n)
      const now = { ts, thread_ts: `card-${caseId}`, user, text: secretText(n) }
      const earlier = { ...now, text: `${secret} earlier` }
      return isGone
        ? said(n, { subtype: 'message_deleted', ts: tsOf(n), previous_message: earlier })
        : said(n, { subtype: 'message_changed', ts: tsOf(n), message: now, previous_message: earlier })
    },
)

const interaction = (n: number, user: string, more: object): Payload => ({
  ...{ team: { id: team.id }, user: { id: user }, api_app_id: 'A1', trigger_id: `trigger-${n}` },
  ...more,
})

const names = fc.constantFrom(...deskCommands.map(({ name }) => name))

const presses = fc.tuple(people, names, fc.boolean()).map(
  ([user, command, isMenu]): Act =>
    ({ caseId, n }) => {
      const option = { value: `${command} ${caseId}`, text: { type: 'plain_text', text: command } }
      const pressed = isMenu
        ? { type: 'static_select', action_id: 'more', selected_option: option }
        : { type: 'button', action_id: command, value: caseId, text: { type: 'plain_text', text: command } }
      const container = { type: 'message', channel_id: channel, message_ts: `card-${caseId}` }
      const actions = [{ ...pressed, action_ts: tsOf(n) }]
      return interaction(n, user, { type: 'block_actions', container, channel: { id: channel }, actions })
    },
)

/** A form that is submitted (`form`), previewed and left (`preview`), or agreed to after its preview (`send`). */
const tellers = fc.constantFrom('reply', 'ask', 'resolve', 'close', 'split', 'duplicate')
const submitted = fc.oneof({ weight: 1, arbitrary: names }, { weight: 2, arbitrary: tellers })
const submissions = fc.tuple(people, submitted, fc.constantFrom('form', 'preview', 'send'), fc.nat(5)).map(
  ([user, command, step, pick]): Act =>
    ({ caseId, n }) => {
      const hasPreview = deskCommands.find(({ name }) => name === command)?.confirmation === 'preview'
      // A person cannot submit a form in a way that it does not have.
      const real = hasPreview ? (step === 'form' ? 'preview' : step) : 'form'
      const args = argsFor(command, n, pick, real === 'send')
      const filled = Object.entries(args).map(([name, value]) => [name, { [name]: { type: 'text', value } }])
      const origin = { caseId, place: `${channel}:card-${caseId}`, ...(real === 'send' && { args }) }
      const view = { id: `V${n}`, hash: String(n), callback_id: `${real}:${command}` }
      const state = { values: real === 'send' ? {} : Object.fromEntries(filled) }
      const shown = { ...view, private_metadata: JSON.stringify(origin), state }
      return interaction(n, user, { type: 'view_submission', view: shown })
    },
)

const typed = fc.tuple(people, names).map(
  ([user, command]): Act =>
    ({ caseId, n }) => ({
      ...{ command: '/gatehouse', text: `${command} ${caseId} ${secretText(n)}`, user_id: user },
      ...{ team_id: team.id, channel_id: channel, trigger_id: `typed-${n}` },
    }),
)

/** Slack delivers something of this sequence once more. */
const again = fc.nat(20).map(
  (which): Act =>
    ({ caseId, n, before }) =>
      before[which % Math.max(1, before.length)] ??
      said(n, { ts: tsOf(n), thread_ts: `card-${caseId}`, user: staff[0], text: secretText(n) }),
)

const act = fc.oneof(
  { weight: 2, arbitrary: inThread },
  { weight: 2, arbitrary: changes },
  { weight: 3, arbitrary: presses },
  { weight: 4, arbitrary: submissions },
  { weight: 1, arbitrary: typed },
  { weight: 2, arbitrary: again },
)

export const sequences = fc.array(act, { minLength: 2, maxLength: 6 })

import fc from 'fast-check'
import { deskCommands } from '../../../src/core/desk/registry.ts'
import { type Act, argsFor, type Payload, secretText } from '../random-house.ts'

export const tenant = '0b0b0b0b-0000-4000-8000-0000000a9a01'

const personId = (index: number): string => `0c0c0c0c-0000-4000-8000-00000a9a${String(index).padStart(4, '0')}`
const people = fc.constantFrom(...Array.from({ length: 7 }, (_, index) => personId(index)), personId(9_999))
const place = '19:0a1b2c3d4e5f60718293a4b5c6d7e8f9@thread.tacv2'
const names = fc.constantFrom(...deskCommands.map(({ name }) => name))
const bot = { id: '28:the-bot', name: 'Gatehouse' }
const mention = { type: 'mention', text: '<at>Gatehouse</at>', mentioned: bot }

type Who = { readonly user: string; readonly caseId: string; readonly n: number }

/** An activity in the thread of the case's card. */
const activity = ({ user, caseId, n }: Who, more: object): Payload => ({
  ...{ type: 'message', id: String(1_763_700_000_000 + n), timestamp: new Date(1_763_700_000_000 + n).toISOString() },
  ...{ serviceUrl: 'https://teams.example.test/', channelId: 'msteams', recipient: bot },
  from: { id: `29:${user}`, name: 'Somebody', aadObjectId: user },
  conversation: { id: `${place};messageid=card-${caseId}`, conversationType: 'channel', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
  ...more,
})

const words = (text: string) => ({ text: `<at>Gatehouse</at> ${text}`, textFormat: 'plain', entities: [mention] })

const notes = people.map(
  (user): Act =>
    ({ caseId, n }) =>
      activity({ user, caseId, n }, words(secretText(n))),
)

/** Of a note of this sequence, or of one that never was. */
const changes = fc.tuple(people, fc.boolean()).map(
  ([user, isGone]): Act =>
    ({ caseId, n, before }) => {
      const id = before.find(({ type, value }) => type === 'message' && value === undefined)?.id ?? String(n)
      const eventType = isGone ? 'softDeleteMessage' : 'editMessage'
      const channelData = { tenant: { id: tenant }, eventType }
      const said = isGone ? {} : words(secretText(n))
      return activity(
        { user, caseId, n },
        { type: isGone ? 'messageDelete' : 'messageUpdate', id, channelData, ...said },
      )
    },
)

const invoke = (who: Who, name: string, value: object): Payload =>
  activity(who, { type: 'invoke', id: `f:${who.n}`, name, value })

const presses = fc.tuple(people, names, fc.boolean()).map(
  ([user, command, isOld]): Act =>
    ({ caseId, n }) => {
      const data = { gatehouse: { command, caseId } }
      if (isOld) return activity({ user, caseId, n }, { value: data })
      const action = { type: 'Action.Execute', verb: command, data }
      return invoke({ user, caseId, n }, 'adaptiveCard/action', { action, trigger: 'manual' })
    },
)

/** A dialog that is submitted (`form`), previewed and left (`preview`), or agreed to after its preview (`send`). */
const tellers = fc.constantFrom('reply', 'ask', 'resolve', 'close', 'split', 'duplicate')
const submitted = fc.oneof({ weight: 1, arbitrary: names }, { weight: 2, arbitrary: tellers })
const ways = fc.constantFrom('task/submit', 'composeExtension/submitAction')
const submissions = fc.tuple(people, submitted, fc.constantFrom('form', 'preview', 'send'), fc.nat(5), ways).map(
  ([user, command, step, pick, way]): Act =>
    ({ caseId, n }) => {
      const hasPreview = deskCommands.find(({ name }) => name === command)?.confirmation === 'preview'
      // A person cannot submit a dialog in a way that it does not have.
      const real = hasPreview ? (step === 'form' ? 'preview' : step) : 'form'
      const args = argsFor(command, n, pick, real === 'send')
      const gatehouse = { command, caseId, step: real, ...(real === 'send' && { args }) }
      return invoke({ user, caseId, n }, way, { data: real === 'send' ? { gatehouse } : { gatehouse, ...args } })
    },
)

const typed = fc.tuple(people, names).map(
  ([user, command]): Act =>
    ({ caseId, n }) =>
      activity({ user, caseId, n }, words(`${command} ${caseId} ${secretText(n)}`)),
)

/** Teams delivers something of this sequence once more. */
const again = fc.nat(20).map(
  (which): Act =>
    ({ caseId, n, before }) =>
      before[which % Math.max(1, before.length)] ?? activity({ user: personId(1), caseId, n }, words(secretText(n))),
)

const act = fc.oneof(
  { weight: 2, arbitrary: notes },
  { weight: 2, arbitrary: changes },
  { weight: 3, arbitrary: presses },
  { weight: 4, arbitrary: submissions },
  { weight: 1, arbitrary: typed },
  { weight: 2, arbitrary: again },
)

export const sequences = fc.array(act, { minLength: 2, maxLength: 6 })

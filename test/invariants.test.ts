import { describe, expect, it } from 'vitest'
import { evolve } from '../src/core/case/evolve.ts'
import { isOpen, noCase } from '../src/core/case/state.ts'
import { createInbox } from '../src/core/inbox/receive.ts'
import { openHouse, type TestHouse, withStore } from './flows/house.ts'
import { hands, officer, phoneOf, reported, towerDesk } from './flows/people.ts'

withStore()

/** A working day in short: a question, a complaint with everything that can happen to it, an emergency, odd events. */
async function aWholeDay() {
  const house = await openHouse()
  const [asker, tenant, fire] = ['+12025550121', '+12025550122', '+12025550123'].map((number) => phoneOf(house, number))
  const wong = officer(house, 'wong-siu-ming')
  await asker!.texts('Can I bring my dog?')
  await tenant!.texts('Nobody came when I rang the guard post twice.')
  await fire!.texts('There is a fire in the lobby!')
  await officer(house, 'lam-mei-ling').presses('acknowledge', 'GH-2026-000003')
  await house.passes('21m')
  await wong.presses('acknowledge', complaintId)
  await wong.writesUnderCard(complaintId, secretNote)
  await wong.presses('reply', complaintId, { text: 'I am on my way.' })
  await tenant!.texts('STATUS')
  await tenant!.texts('STOP')
  await wong.presses('close', complaintId, { outcome: 'resolved', told: 'Done.' })
  await hands(house, house.phones, { reading: { type: 'quarantine', reason: 'unknown kind' }, on: 'sms' })
  await hands(house, house.phones, { reading: { type: 'suppress', reason: 'an echo' }, on: 'sms' })
  await house.passes('8m')
  return { house, asker: asker!, tenant: tenant!, fire: fire!, wong }
}

const complaintId = 'GH-2026-000002'
const secretNote = 'He is a difficult one, says the manager'

/** Everything that arrived anywhere; the story is about what must not be among it. */
function everythingSent(house: TestHouse) {
  const sent = [...house.phones.arrived, ...house.slack.arrived]
  for (const { message } of sent) (message.to.channel === 'slack' ? house.slack : house.phones).take(message.to)
  return sent
}

describe('the seven invariants', () => {
  it('1. nothing is acknowledged to a provider before it is stored', async () => {
    let storeNow: (() => void) | undefined
    const stored: string[] = []
    const inbox = createInbox({
      maxWaiting: 10,
      onStored: () => {},
      store: {
        add: (events) =>
          new Promise((resolve) => {
            storeNow = () => {
              stored.push(...events.map(({ id }) => id))
              resolve(events.map(() => 'stored' as const))
            }
          }),
      },
    })
    let answered = false
    const event = {
      id: 'e',
      source: 't',
      channel: 'sms',
      kind: 'message',
      conversation: 'c',
      receivedAt: new Date(),
      payload: {},
    } as const
    const answer = inbox.receive(event).then((outcome) => {
      answered = true
      return outcome
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(answered).toBe(false)
    storeNow?.()
    expect(await answer).toBe('stored')
    expect(stored).toEqual(['e'])
  })

  it('1b. what could not be stored is refused, and more than can wait is refused at once', async () => {
    const failing = createInbox({
      maxWaiting: 1,
      onStored: () => {},
      store: { add: () => Promise.reject(new Error('disk full')) },
    })
    const event = {
      id: 'e',
      source: 't',
      channel: 'sms',
      kind: 'message',
      conversation: 'c',
      receivedAt: new Date(),
      payload: {},
    } as const
    const [first, second] = await Promise.allSettled([failing.receive(event), failing.receive(event)])
    expect([first.status, second.status]).toEqual(['rejected', 'rejected'])
  })

  it('2. every stored item ends as exactly one of: on a case, suppressed with a reason, quarantined', async () => {
    const { house } = await aWholeDay()
    const ledger = await house.stores.inbox.ledger()
    for (const { received, onCase, suppressed, quarantined, pending } of Object.values(ledger)) {
      expect(pending).toBe(0)
      expect(onCase + suppressed + quarantined).toBe(received)
    }
    expect(ledger.sms).toMatchObject({ received: 7, quarantined: 1 })
    const rows = await house.database.models.inbox.collection.find({}).toArray()
    for (const row of rows) expect(['case', 'suppressed', 'quarantined']).toContain(row.state)
    for (const row of rows) expect(row.caseId ?? row.reason).toBeTruthy()
    everythingSent(house)
  })

  it('3. every open case has an owner or a level being paged, and a next time at which something happens', async () => {
    const { house } = await aWholeDay()
    everythingSent(house)
    const cases = await house.database.models.cases.collection.find({}).toArray()
    expect(cases).toHaveLength(3)
    for (const { state, dueAt } of cases) {
      if (!isOpen(state)) {
        expect(dueAt).toBeUndefined()
        continue
      }
      expect(dueAt.getTime()).toBeGreaterThan(house.now().getTime())
      expect(['owned', 'paging', 'exhausted', 'with-bot']).toContain(state.status)
      if (state.status === 'paging') expect(state.pages.length).toBeGreaterThan(0)
    }
  })

  it('4. a customer never sees another’s words, a note, an internal target, or a claim that something was sent too early', async () => {
    const { house, wong } = await aWholeDay()
    const sent = everythingSent(house)
    const customers = sent.filter(({ message }) => message.audience === 'customer')
    const [asker, tenant, fire] = ['+12025550121', '+12025550122', '+12025550123'].map((id) =>
      customers
        .filter(({ message }) => message.to.id === id)
        .map(({ message }) => message.text)
        .join('\n'),
    )
    expect([asker, tenant, fire].join('\n')).not.toContain(secretNote)
    for (const own of [asker, fire]) expect(own).not.toContain('on my way')
    expect(tenant).not.toMatch(/GH-2026-00000[13]/)
    const log = await house.stores.cases.log(complaintId)
    const targets = log.flatMap(({ event }) => ('dueAt' in event && event.type === 'paged' ? [event.dueAt] : []))
    expect(targets.length).toBeGreaterThan(0)
    for (const target of targets)
      expect(tenant).not.toContain(
        target.toLocaleTimeString('en-GB', { timeZone: 'Asia/Hong_Kong', hour: '2-digit', minute: '2-digit' }),
      )

    house.phones.fromNowOn('busy')
    const other = phoneOf(house, '+12025550125')
    await other.texts('Nobody came, again.')
    await wong.presses('reply', 'GH-2026-000004', { text: 'Soon.' })
    expect(towerDesk(house).card('GH-2026-000004').fields.at(-1)?.value).toMatch(/^waiting to be sent/)
    everythingSent(house)
  })

  it('5. text typed in a case thread is internal; only an explicit action sends to the customer', async () => {
    const { house } = await aWholeDay()
    const sent = everythingSent(house)
    expect(sent.filter(({ message }) => message.text.includes(secretNote))).toEqual([])
    const log = await house.stores.cases.log(complaintId)
    expect(log.map(({ event }) => event)).toContainEqual(expect.objectContaining({ type: 'noted', text: secretNote }))
  })

  it('6. events are append-only, and replaying them gives the stored state', async () => {
    const { house } = await aWholeDay()
    everythingSent(house)
    for (const caseId of ['GH-2026-000001', complaintId, 'GH-2026-000003']) {
      const log = await house.stores.cases.log(caseId)
      const { state, events } = await house.stores.cases.load(caseId)
      expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: events }, (_, i) => i + 1))
      expect(log.map(({ event }) => event).reduce(evolve, noCase)).toEqual(state)
    }
  })

  it('7. one provider event, however often delivered, has one effect', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550122')
    const message = {
      ...{ id: 'sms:SM1', from: tenant.address, to: { channel: 'sms', id: '+12025550190' }, conversation: 'sms:a:b' },
      ...{ text: 'Nobody came.', attachments: [], automatic: false, sentAt: house.now() },
    }
    const again = () =>
      hands(house, house.phones, { id: 'sms:SM1', reading: { type: 'message', message }, conversation: 'sms:a:b' })
    expect(await Promise.all([again(), again(), again()])).toEqual(
      expect.arrayContaining(['stored', 'duplicate', 'duplicate']),
    )
    expect(await again()).toBe('duplicate')
    const reply = tenant.reads('GH-2026-000001')
    officer(house, 'wong-siu-ming').reads('GH-2026-000001')
    expect(await house.state('GH-2026-000001')).toMatchObject({ messages: 1 })
    await reported(house, reply, 'delivered')
    await reported(house, reply, 'delivered')
    expect(await house.state('GH-2026-000001')).toMatchObject({ messages: 1 })
  })
})

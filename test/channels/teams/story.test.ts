import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeskReads, DeskUser, Reading } from '../../../src/core/channel.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'
import { card, type Desk, message, officer, openDesk, other, site, until } from './desk.ts'

let desk: Desk
afterEach(() => desk.close())

const control = () => desk.teams.control
const caseId = card().caseId
const last = () => desk.readings().at(-1)
const reason = () => {
  const reading = last()
  return reading?.type === 'suppress' || reading?.type === 'quarantine' ? reading.reason : undefined
}

async function shownCard(): Promise<{ readonly id: string; readonly threadOf: string }> {
  const shown = await desk.channel.show?.({ channel: 'teams', id: site.id }, card(), undefined)
  const id = control().messages(site.id)[0]?.id ?? ''
  return { id, threadOf: shown?.outcome === 'sent' ? shown.providerId : '' }
}

const press = (button: string, user = officer.id) =>
  shownCard().then(({ id }) => control().press({ user, message: id, button }))

function userOf(reading: Reading | undefined): DeskUser {
  if (reading?.type === 'action') return reading.action.user
  if (reading?.type === 'thread') return reading.user
  throw new Error(`no person in ${JSON.stringify(reading)}`)
}

describe('a button', () => {
  beforeEach(async () => {
    desk = await openDesk()
  })

  it('asks for its command in the name of the person whose Entra id pressed it', async () => {
    expect(await press('acknowledge')).toMatchObject({ acknowledged: true })
    expect(last()).toMatchObject({
      type: 'action',
      action: { command: 'acknowledge', caseId, args: {}, user: { address: { channel: 'teams', id: officer.id } } },
    })
  })

  it('does the same in a client that does not know Action.Execute', async () => {
    const { id } = await shownCard()
    await control().press({ user: officer.id, message: id, button: 'acknowledge', isOldClient: true })
    expect(last()).toMatchObject({ type: 'action', action: { command: 'acknowledge', caseId } })
  })

  it('is answered with the words for it, when they come in time', async () => {
    const pressed = press('acknowledge')
    await until(() => desk.inbox.stored.size === 1)
    await desk.channel.whisper?.(userOf(last()), `${caseId} is yours.`)
    await pressed
    expect(control().notes(officer.id).at(-1)?.text).toBe(`${caseId} is yours.`)
    expect(control().messages(control().chatOf(officer.id))).toEqual([])
  })

  it('is told that it was taken when they come later, and the words follow in the chat', async () => {
    await press('acknowledge')
    expect(control().notes(officer.id).at(-1)?.text).toMatch(/Gatehouse has it/)
    await desk.channel.whisper?.(userOf(last()), 'Wong Ka Yan has it already.')
    expect(control().messages(control().chatOf(officer.id))).toMatchObject([{ text: 'Wong Ka Yan has it already.' }])
  })

  it('pressed by two at once is two presses, each with its own person', async () => {
    const { id } = await shownCard()
    await Promise.all(
      [officer, other].map((user) => control().press({ user: user.id, message: id, button: 'acknowledge' })),
    )
    const users = desk.readings().map((reading) => userOf(reading).address.id)
    expect(new Set(users)).toEqual(new Set([officer.id, other.id]))
  })

  it('delivered twice is one press; not stored, it is not answered as done', async () => {
    control().deliveryTrouble({ kind: 'duplicate' }, { times: 1 })
    await press('acknowledge')
    expect(desk.inbox.stored.size).toBe(1)
    desk.inbox.failing = 1
    expect(await press('acknowledge')).toMatchObject({ acknowledged: false, status: 503 })
  })
})

describe('a form', () => {
  beforeEach(async () => {
    desk = await openDesk()
  })

  it('opens with what the command needs, is previewed, and only then is a command', async () => {
    await press('reply')
    expect(reason()).toBe('opened the form "reply"')
    expect(control().dialog(officer.id)).toMatchObject({ title: expect.stringMatching(/reply/i) })
    expect(await control().submitDialog(officer.id, {})).toMatchObject({ outcome: 'asked', missing: ['text'] })
    expect(await control().submitDialog(officer.id, { text: 'An officer is on the way.' })).toMatchObject({
      outcome: 'open',
    })
    expect(reason()).toMatch(/nothing sent yet/)
    const preview = JSON.stringify(control().dialog(officer.id)?.card)
    for (const words of ['An officer is on the way.', 'WhatsApp •••• 1234', 'Harbour View Tower Security'])
      expect(preview).toContain(words)
    expect(await control().submitDialog(officer.id)).toMatchObject({ outcome: 'closed' })
    expect(last()).toMatchObject({
      type: 'action',
      action: { command: 'reply', caseId, args: { text: 'An officer is on the way.' } },
    })
  })

  it('goes back from the preview with the words still there', async () => {
    await press('reply')
    await control().submitDialog(officer.id, { text: 'An officer is on the way.' })
    expect(await control().submitDialog(officer.id, {}, 'Back')).toMatchObject({ outcome: 'open' })
    expect(JSON.stringify(control().dialog(officer.id)?.card)).toContain('An officer is on the way.')
    expect(desk.readings().every(({ type }) => type === 'suppress')).toBe(true)
  })

  it('without a preview is the command at once', async () => {
    const { id } = await shownCard()
    await desk.channel.show?.(
      { channel: 'teams', id: site.id },
      card({ buttons: [{ command: 'note', label: 'Note', form: true }] }),
      `${site.id};messageid=${id}`,
    )
    await control().press({ user: officer.id, message: id, button: 'note' })
    expect(await control().submitDialog(officer.id, { text: 'Called back.' })).toMatchObject({ outcome: 'closed' })
    expect(last()).toMatchObject({
      type: 'action',
      action: { command: 'note', caseId, args: { text: 'Called back.' } },
    })
  })
})

describe('a desk that knows the case', () => {
  const choices = [{ id: 'wong', label: 'Wong Ka Yan' }]
  const reads: DeskReads = {
    form: async ({ command, user }) =>
      user.id === officer.id
        ? {
            ok: true,
            form: {
              title: 'Pass it on',
              submit: 'Go on',
              fields: [
                { kind: 'choice', name: 'to', label: 'To', required: true, options: choices },
                {
                  kind: 'text',
                  name: 'told',
                  label: 'Told',
                  required: false,
                  lines: 'many',
                  maxLength: 500,
                  initial: `${command}!`,
                },
              ],
              preview: { title: 'Sure?', submit: 'Yes', field: 'told' },
            },
            route: { to: 'SMS •••• 0123', as: 'Jade Garden' },
          }
        : { ok: false, why: 'This needs another role.' },
    preview: async ({ args }) =>
      args.told === 'bad'
        ? { ok: false, why: 'Too short.', field: 'told' }
        : { ok: true, args, told: [`Dear customer: ${args.told}`] },
    home: async () => [{ title: 'My cases', items: [], empty: 'Nothing waits for you.' }],
    find: async () => undefined,
    card: async () => undefined,
  }

  beforeEach(async () => {
    desk = await openDesk()
    await desk.channel.start(desk.inbox, reads)
  })

  it('fills in choices and values, refuses what it must in words, and shows what the customer reads to the letter', async () => {
    await press('close')
    expect(JSON.stringify(control().dialog(officer.id)?.card)).toContain('Wong Ka Yan')
    expect(await control().submitDialog(officer.id, { to: 'wong', told: 'bad' })).toMatchObject({ outcome: 'open' })
    expect(JSON.stringify(control().dialog(officer.id)?.card)).toContain('Too short.')
    await control().submitDialog(officer.id, { to: 'wong', told: 'Thank you' })
    expect(JSON.stringify(control().dialog(officer.id)?.card)).toContain('Dear customer: Thank you')
    await control().submitDialog(officer.id)
    expect(last()).toMatchObject({ action: { command: 'close', args: { to: 'wong', told: 'Thank you' } } })
  })

  it('opens no form for whoever may not have it', async () => {
    await press('close', other.id)
    expect(control().dialog(other.id)).toBeUndefined()
    expect(control().notes(other.id).at(-1)?.text).toBe('This needs another role.')
  })

  it('greets whoever adds the app with what waits for them', async () => {
    await control().install(officer.id)
    await until(() => control().messages(control().chatOf(officer.id)).length === 1)
    expect(JSON.stringify(control().messages(control().chatOf(officer.id))[0]?.cards)).toContain(
      'Nothing waits for you.',
    )
    expect(reason()).toMatch(/came or went/)
  })
})

describe('typed words', () => {
  beforeEach(async () => {
    desk = await openDesk()
  })
  const mention = (text: string, threadOf?: string) =>
    control().mention({ user: officer.id, channel: site.id, text, ...(threadOf && { threadOf }) }).delivered

  it.each([
    [`ack ${caseId}`, 'acknowledge', caseId],
    [`Acknowledge ${caseId.toLowerCase()}`, 'acknowledge', caseId],
    ['help', 'help', ''],
    ['', 'help', ''],
    ['nonsense', 'nonsense', ''],
  ])('@Gatehouse %s in a channel is the command %s', async (text, command, about) => {
    await mention(text)
    expect(last()).toMatchObject({ type: 'action', action: { command, caseId: about } })
  })

  it('with their argument do without a form where nothing goes to a customer', async () => {
    await mention(`note ${caseId} Called back at ten.`)
    expect(last()).toMatchObject({ action: { command: 'note', args: { text: 'Called back at ten.' } } })
  })

  it('that would reach a customer only lead to the form, with the words filled in', async () => {
    await mention(`reply ${caseId} On our way.`)
    expect(reason()).toBe('asked for the form "reply"')
    await until(() =>
      control()
        .messages(site.id)
        .some(({ cards }) => cards.length > 0),
    )
    const button = control()
      .messages(site.id)
      .find(({ cards }) => cards.length > 0)
    await control().press({ user: officer.id, message: button?.id ?? '', button: 'reply' })
    expect(JSON.stringify(control().dialog(officer.id)?.card)).toContain('On our way.')
  })

  it('under a card are a note for colleagues, unless they are clearly a command for its case', async () => {
    const { id, threadOf } = await shownCard()
    await mention('He calls every week. Close to the lift again.', id)
    expect(last()).toMatchObject({ type: 'thread', threadOf, text: 'He calls every week. Close to the lift again.' })
    await mention('close the gate please', id)
    expect(last()).toMatchObject({ type: 'thread', text: 'close the gate please' })
    await mention('ack', id)
    expect(last()).toMatchObject({ type: 'action', action: { command: 'acknowledge', caseId: '', threadOf } })
  })

  it('to the bot alone are words, with the command they would be from staff', async () => {
    await control().say(officer.id, `ack ${caseId}`).delivered
    expect(last()).toMatchObject({
      type: 'message',
      message: { text: `ack ${caseId}` },
      typed: { command: 'acknowledge', caseId },
    })
    await control().say(officer.id, 'Close to the lift there is water.').delivered
    expect(last()).toMatchObject({
      type: 'message',
      message: { text: 'Close to the lift there is water.', from: { id: officer.id } },
    })
    expect(last()).not.toHaveProperty('typed')
  })

  it('answers what was typed in a channel in private, and says there when that cannot be', async () => {
    await mention('help')
    await desk.channel.whisper?.(userOf(last()), 'ack GH-…: take the case')
    expect(control().messages(control().chatOf(officer.id))).toMatchObject([{ text: 'ack GH-…: take the case' }])
    control().uninstall(other.id)
    await control().mention({ user: other.id, channel: site.id, text: 'help' }).delivered
    await desk.channel.whisper?.(userOf(last()), 'ack GH-…: take the case')
    expect(control().messages(site.id).at(-1)).toMatchObject({
      text: expect.stringContaining('could not answer in private'),
    })
  })

  it('lays out a case and a list in the chat, and says beside the card where to look', async () => {
    const pressed = press('acknowledge')
    await until(() => desk.inbox.stored.size === 1)
    const list = { title: 'All of it', items: [{ title: 'Customer', detail: 'Nobody came.' }], empty: '-' }
    await desk.channel.whisper?.(userOf(last()), 'the same in words', { card: card(), list })
    await pressed
    expect(control().notes(officer.id).at(-1)?.text).toMatch(/in your chat/)
    const chat = control()
      .messages(control().chatOf(officer.id))
      .map(({ cards }) => JSON.stringify(cards))
    expect(chat).toHaveLength(2)
    expect(chat.join()).toContain('Nobody came.')
  })

  it('every command can be typed by its name and its short forms', async () => {
    for (const { name, aliases } of commandWords)
      for (const word of [name, ...aliases].filter((each) => !/\s/.test(each))) {
        await control().say(officer.id, `${word} ${caseId}`).delivered
        const reading = last()
        const typed = reading?.type === 'message' ? reading.typed : undefined
        expect(typed && 'formOf' in typed ? typed.formOf : typed?.command, word).toBe(name)
      }
  })
})

describe('an employee of a tenant who writes to the bot', () => {
  beforeEach(async () => {
    desk = await openDesk()
  })

  it('is heard like any customer, with files, and answers choices by a button', async () => {
    await control().say(officer.id, 'The lobby light is out', ['lobby.jpg']).delivered
    expect(last()).toMatchObject({
      type: 'message',
      message: {
        text: 'The lobby light is out',
        attachments: [{ name: 'lobby.jpg', contentType: 'image/jpeg' }],
        profileName: officer.name,
      },
    })
    const options = [{ id: 'hours', label: 'Opening hours' }]
    await desk.channel.send(message({ audience: 'customer', to: { channel: 'teams', id: officer.id }, options }))
    const asked = control().messages(control().chatOf(officer.id)).at(-1)
    await control().press({ user: officer.id, message: asked?.id ?? '', button: 'Opening hours' })
    expect(last()).toMatchObject({ type: 'message', message: { action: 'hours', text: 'Opening hours' } })
  })

  it('changes and takes back words: told with the id of the message they were', async () => {
    const { id, delivered } = control().say(officer.id, 'The lobby light is out')
    await delivered
    const first = last()
    const messageId = first?.type === 'message' ? first.message.id : ''
    await control().edit(id, 'The lobby light is on again')
    expect(last()).toMatchObject({
      type: 'change',
      change: { messageId, from: { id: officer.id }, text: 'The lobby light is on again' },
    })
    await control().remove(id)
    const taken = last()
    expect(taken).toMatchObject({ type: 'change', change: { messageId } })
    expect(taken?.type === 'change' && 'text' in taken.change).toBe(false)
  })
})

describe('what else Teams sends', () => {
  beforeEach(async () => {
    desk = await openDesk()
  })
  it.each([
    [{ type: 'typing' }, 'suppress'],
    [{ type: 'messageReaction' }, 'suppress'],
    [{ type: 'installationUpdate', action: 'add' }, 'suppress'],
    [{ type: 'invoke', name: 'signin/verifyState', value: {} }, 'suppress'],
    [{ type: 'invoke', name: 'task/submit', value: { data: { x: 1 } } }, 'quarantine'],
    [{ type: 'invoke', name: 'adaptiveCard/action', value: { action: { data: 'x' } } }, 'quarantine'],
    [{ value: { some: 'other card' } }, 'quarantine'],
    [{ type: 'somethingNew' }, 'quarantine'],
  ])('%j is accounted for: %s', async (activity, type) => {
    await control().activity(activity, officer.id)
    expect(last()?.type).toBe(type)
    expect(reason()).toMatch(/\w+/)
  })
})

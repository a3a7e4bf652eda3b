import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Reading } from '../../../src/core/channel.ts'
import { card, type Desk, officer, openDesk, site, type Transport, until } from './desk.ts'

const place = { channel: 'slack', id: site.id }
const user = officer.id

describe.each<Transport>(['http', 'socket'])('the desk, by %s', (transport) => {
  let desk: Desk
  let ts: string
  beforeEach(async () => {
    desk = await openDesk(transport)
    const shown = await desk.channel.show?.(place, card(), undefined)
    if (shown?.outcome !== 'sent') throw new Error('the card was not shown')
    ts = shown.providerId.split(':')[1] ?? ''
  })
  afterEach(() => desk.close())

  const press = (actionId: string) => desk.slack.control.press({ user, channel: site.id, ts, actionId })
  const lastReading = (): Reading | undefined => desk.readings().at(-1)
  const openForm = async (actionId: string) => {
    await press(actionId)
    await until(() => desk.slack.control.modal(user) !== undefined)
  }
  const modalWords = () => JSON.stringify(desk.slack.control.modal(user)?.view ?? '')

  it('an officer presses Acknowledge: it is stored before Slack is answered, and asks for the command', async () => {
    expect(await press('acknowledge')).toMatchObject({ acknowledged: true, attempts: 1 })
    expect(desk.inbox.attempts).toHaveLength(1)
    expect(lastReading()).toMatchObject({
      type: 'action',
      action: { command: 'acknowledge', caseId: 'GH-2026-000123', args: {}, user: { address: { id: user } } },
    })
  })

  it('a press that cannot be stored is not acknowledged, and the officer sees that it failed', async () => {
    desk.inbox.failing = 1
    expect(await press('acknowledge')).toMatchObject({ acknowledged: false })
    expect(desk.inbox.stored.size).toBe(0)
  })

  it('a message that cannot be stored is delivered again, and has one effect', async () => {
    desk.inbox.failing = 2
    const written = desk.slack.control.writeInThread({ user, channel: site.id, ts, text: 'On my way' })
    expect(await written.delivered).toMatchObject({ acknowledged: true, attempts: 3 })
    expect(desk.inbox.attempts.map((each) => each.outcome)).toEqual(['failed', 'failed', 'stored'])
    expect(desk.readings()).toHaveLength(1)
  })

  it('what is delivered twice is stored once', async () => {
    desk.slack.control.deliveryTrouble({ kind: 'duplicate' })
    await press('acknowledge')
    await desk.slack.control.writeInThread({ user, channel: site.id, ts, text: 'On my way' }).delivered
    expect(desk.inbox.attempts.map((each) => each.outcome)).toEqual(['stored', 'duplicate', 'stored', 'duplicate'])
  })

  it('text under the card is internal; text elsewhere in the channel is not for us', async () => {
    const under = desk.slack.control.writeInThread({ user, channel: site.id, ts, text: 'Tell <him> & wait' })
    await under.delivered
    expect(lastReading()).toMatchObject({ type: 'thread', threadOf: `${site.id}:${ts}`, text: 'Tell <him> & wait' })
    await desk.slack.control.writeInChannel({ user, channel: site.id, text: 'Lunch?' }).delivered
    expect(lastReading()).toEqual({ type: 'suppress', reason: 'not in a case thread' })
  })

  it('a mention arrives as two events and is one', async () => {
    await desk.slack.control.mention({ user, channel: site.id, ts, text: 'is this done?' }).delivered
    expect(desk.inbox.attempts.map((each) => each.outcome)).toEqual(['stored', 'duplicate'])
    expect(lastReading()).toMatchObject({ type: 'thread', text: expect.stringContaining('is this done?') })
  })

  it('a direct message to the bot is a message to the desk, and a chosen option its answer', async () => {
    await desk.slack.control.directMessage({ user, text: 'The lobby is flooded', fileNames: ['lobby.jpg'] }).delivered
    expect(lastReading()).toMatchObject({
      type: 'message',
      message: {
        text: 'The lobby is flooded',
        from: { channel: 'slack', id: user },
        attachments: [{ name: 'lobby.jpg' }],
      },
    })
    const offered = await desk.channel.send({
      id: 'out-9',
      audience: 'customer',
      to: { channel: 'slack', id: user },
      conversation: 'dm',
      text: 'Is anybody hurt?',
      options: [{ id: 'hurt-yes', label: 'Yes' }],
    })
    if (offered.outcome !== 'sent') throw new Error('not sent')
    const [channel = '', dmTs = ''] = offered.providerId.split(':')
    await desk.slack.control.press({ user, channel, ts: dmTs, actionId: 'option:0' })
    const [said, chosen] = desk.readings()
    expect(chosen).toMatchObject({ type: 'message', message: { action: 'hurt-yes', text: 'Yes' } })
    if (said?.type !== 'message' || chosen?.type !== 'message') throw new Error('not messages')
    expect(chosen.message.conversation).toBe(said.message.conversation)
  })

  it('Reply: write, see what will be sent, in whose name and where, send', async () => {
    await openForm('reply')
    expect(lastReading()).toMatchObject({ type: 'suppress', reason: 'opened the form "reply"' })
    expect(await desk.slack.control.submitView(user, { text: 'We will call you at <3pm> & "sorry"' })).toMatchObject({
      outcome: 'pushed',
    })
    expect(lastReading()).toMatchObject({ type: 'suppress', reason: expect.stringContaining('nothing sent yet') })
    expect(modalWords()).toContain('We will call you at <3pm> &')
    expect(modalWords()).toContain('To: WhatsApp +852 •••• 1234')
    expect(modalWords()).toContain('In the name of: Harbour View Tower Security')
    expect(await desk.slack.control.submitView(user)).toMatchObject({ outcome: 'closed' })
    expect(desk.slack.control.modal(user)).toBeUndefined()
    expect(lastReading()).toMatchObject({
      type: 'action',
      action: { command: 'reply', caseId: 'GH-2026-000123', args: { text: 'We will call you at <3pm> & "sorry"' } },
    })
  })

  it('going back from the preview keeps what was written and sends nothing', async () => {
    await openForm('reply')
    await desk.slack.control.submitView(user, { text: 'Too hasty' })
    desk.slack.control.closeView(user)
    expect(desk.slack.control.modal(user)?.view.callback_id).toBe('preview:reply')
    expect(desk.readings().every((reading) => reading.type === 'suppress')).toBe(true)
  })

  it('a reply of spaces, or one too long for the preview, is sent back with the reason', async () => {
    await openForm('reply')
    expect(await desk.slack.control.submitView(user, { text: '   ' })).toMatchObject({
      outcome: 'errors',
      errors: { text: 'Please fill this in.' },
    })
    expect(
      await desk.slack.control.submitView(user, { text: '\n'.repeat(1500).concat('x'.repeat(1400)) }),
    ).toMatchObject({
      outcome: 'errors',
      errors: { text: expect.stringContaining('Too long') },
    })
    expect(await desk.slack.control.submitView(user, { text: 'Corrected' })).toMatchObject({ outcome: 'pushed' })
  })

  it('Close: the outcome is required, and the preview shows what the customer is told', async () => {
    await openForm('close')
    expect(await desk.slack.control.submitView(user, { told: 'Done' })).toMatchObject({ outcome: 'asked' })
    await desk.slack.control.submitView(user, { outcome: 'not_resolved', told: 'We could not find it.' })
    expect(modalWords()).toContain('Outcome: Could not be resolved')
    await desk.slack.control.submitView(user)
    expect(lastReading()).toMatchObject({
      type: 'action',
      action: { command: 'close', args: { outcome: 'not_resolved', told: 'We could not find it.' } },
    })
  })

  it('closing without words to the customer says that nothing is sent', async () => {
    await openForm('close')
    await desk.slack.control.submitView(user, { outcome: 'duplicate' })
    expect(modalWords()).toContain('Nothing is sent to the customer.')
  })

  it('a form that is sent twice has one effect, one that could not be stored stays open', async () => {
    await openForm('close')
    await desk.slack.control.submitView(user, { outcome: 'resolved' })
    desk.inbox.failing = 1
    expect(await desk.slack.control.submitView(user)).toMatchObject({ outcome: 'failed' })
    desk.slack.control.deliveryTrouble({ kind: 'duplicate' })
    expect(await desk.slack.control.submitView(user)).toMatchObject({ outcome: 'closed' })
    expect(desk.readings().filter((reading) => reading.type === 'action')).toHaveLength(1)
  })

  it('commands can be typed; what goes to the customer is previewed all the same', async () => {
    const type = (text: string) => desk.slack.control.slashCommand({ user, channel: site.id, text })
    await type('ack gh-2026-000123')
    expect(lastReading()).toMatchObject({ action: { command: 'acknowledge', caseId: 'GH-2026-000123' } })
    await type('note GH-2026-000123 called back\nno answer')
    expect(lastReading()).toMatchObject({ action: { command: 'note', args: { text: 'called back\nno answer' } } })
    await type('')
    expect(lastReading()).toMatchObject({ action: { command: 'help', caseId: '' } })
    await type('reply GH-2026-000123 We are coming')
    expect(lastReading()).toMatchObject({ type: 'suppress', reason: 'opened the form "reply"' })
    await until(() => modalWords().includes('We are coming'))
  })

  it('says so when a form could not be opened', async () => {
    desk.slack.control.apiTrouble({ kind: 'failing' }, { methods: ['views.open'] })
    await press('reply')
    await until(() => desk.slack.control.ephemerals(user).length === 1)
    expect(desk.slack.control.ephemerals(user)[0]?.text).toContain('press the button again')
  })

  it('whispers by the answering URL, else under the card, else as a direct message', async () => {
    await press('acknowledge')
    const reading = lastReading()
    if (reading?.type !== 'action') throw new Error('not an action')
    const pressed = reading.action.user
    for (let answer = 1; answer <= 6; answer++) await desk.channel.whisper?.(pressed, `answer ${answer} <!channel>`)
    expect(desk.slack.control.ephemerals(user).map((each) => each.text)).toHaveLength(6)
    expect(desk.slack.control.ephemerals(user)[5]?.text).toBe('answer 6 &lt;!channel&gt;')
    await desk.channel.whisper?.({ address: pressed.address }, 'by direct message')
    const dm = desk.slack.control.directMessageOf(user)
    expect(desk.slack.control.messages(dm).map((each) => each.text)).toEqual(['by direct message'])
  })

  it('an answering URL that is not of Slack is not called', async () => {
    let calls = 0
    const elsewhere = createServer((_, response) => {
      calls += 1
      response.end('{"ok":true}')
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const reply = `${site.id} http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/respond/1`
    await desk.channel.whisper?.({ address: { channel: 'slack', id: user }, reply }, 'hello')
    expect(calls).toBe(0)
    expect(desk.slack.control.ephemerals(user)).toHaveLength(1)
    elsewhere.close()
  })

  it('opening the app shows what it is for', async () => {
    await desk.slack.control.openHome(user)
    await until(() => JSON.stringify(desk.slack.control.page().homes[user] ?? '').includes('/gatehouse help'))
    expect(lastReading()).toMatchObject({ type: 'suppress' })
  })

  it('stores no token and no one-time id', async () => {
    await press('acknowledge')
    await desk.slack.control.slashCommand({ user, channel: site.id, text: 'help' })
    const stored = JSON.stringify([...desk.inbox.stored.values()])
    expect(stored).not.toMatch(/"token"|verification-token|trigger_id|xoxb|xapp/)
  })

  it('our own messages come back, are acknowledged, and are not kept as anybody’s words', async () => {
    const { slack, inbox } = desk
    const own = { type: 'message', channel: site.id, ts: '1.1', user: 'U0GATEHOUSE', bot_id: 'B1', text: 'hi' }
    expect(await slack.control.event(own)).toMatchObject({ acknowledged: true })
    expect([...inbox.stored.values()]).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { card, type Desk, message, officer, openDesk, site, until } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk('http')
})
afterEach(() => desk.close())

const control = () => desk.slack.control
const place = { channel: 'slack', id: site.id }
const person = { channel: 'slack', id: officer.id }
const inChannel = () => control().messages(site.id)
const sent = (result: { outcome: string; providerId?: string } | undefined): string => {
  if (result?.outcome !== 'sent' || result.providerId === undefined)
    throw new Error(`not sent: ${JSON.stringify(result)}`)
  return result.providerId
}

describe('sending', () => {
  it('writes under a card when asked to', async () => {
    const root = sent(await desk.channel.show?.(place, card(), undefined))
    sent(await desk.channel.send(message({ threadOf: root })))
    expect(inChannel()[1]).toMatchObject({ threadTs: root.split(':')[1], text: 'The lift is back in service' })
  })

  it('pages a person by direct message, with the buttons of the card', async () => {
    const id = sent(await desk.channel.send(message({ to: person, card: card(), text: 'A complaint waits' })))
    const [channel = '', ts = ''] = id.split(':')
    expect(channel).toMatch(/^D/)
    await control().press({ user: officer.id, channel, ts, actionId: 'acknowledge' })
    expect(desk.readings()).toMatchObject([{ type: 'action', action: { caseId: 'GH-2026-000123' } }])
    await control().press({ user: officer.id, channel, ts, actionId: 'reply' })
    await until(() => control().modal(officer.id) !== undefined)
  })

  it.each([
    ['channel_not_found', true],
    ['not_in_channel', true],
    ['is_archived', true],
    ['account_inactive', true],
    ['invalid_auth', true],
    ['missing_scope', true],
    ['something_new', true],
    ['service_unavailable', false],
  ])('Slack refuses with %s: permanent %s, in words', async (error, permanent) => {
    control().apiTrouble({ kind: 'refusing', error })
    const result = await desk.channel.send(message())
    expect(result).toMatchObject({ outcome: 'refused', permanent })
    expect(result.outcome === 'refused' && result.reason.split(' ').length).toBeGreaterThan(3)
  })

  it.each(['internal_error', 'fatal_error'])('Slack itself does not know after %s, so neither do we', async (error) => {
    control().apiTrouble({ kind: 'refusing', error })
    expect(await desk.channel.send(message())).toMatchObject({ outcome: 'unknown' })
  })

  it('a channel the app was not invited to, and one that is archived, say how to mend it', async () => {
    control().addChannel({ id: 'C0FOREIGN', name: 'foreign', isForeign: true })
    control().addChannel({ id: 'C0OLD', name: 'old', isArchived: true })
    const foreign = await desk.channel.send(message({ to: { channel: 'slack', id: 'C0FOREIGN' } }))
    const old = await desk.channel.send(message({ to: { channel: 'slack', id: 'C0OLD' } }))
    expect(foreign).toMatchObject({ permanent: true, reason: expect.stringContaining('/invite') })
    expect(old).toMatchObject({ permanent: true, reason: expect.stringContaining('unarchive') })
  })

  it('a slow Slack is waited for, as long as it answers in time', async () => {
    control().apiTrouble({ kind: 'slow', milliseconds: 200 })
    sent(await desk.channel.send(message()))
    control().apiTrouble({ kind: 'slow', milliseconds: 700 })
    expect(await desk.channel.send(message())).toEqual({ outcome: 'unknown', reason: 'Slack did not answer in time' })
  })

  it('is asked once: a 503 behind which the message was posted is found again, not repeated', async () => {
    const attemptedAt = new Date()
    control().apiTrouble({ kind: 'failing-after' }, { methods: ['chat.postMessage'] })
    expect(await desk.channel.send(message())).toMatchObject({ outcome: 'unknown' })
    expect(await desk.channel.find(message(), attemptedAt)).toEqual({
      outcome: 'found',
      providerId: `${site.id}:${inChannel()[0]?.ts}`,
    })
    expect(inChannel()).toHaveLength(1)
  })

  it('finds a lost message in a thread, and among many', async () => {
    const root = sent(await desk.channel.show?.(place, card(), undefined))
    const lost = message({ id: 'out-lost', threadOf: root })
    const attemptedAt = new Date()
    control().apiTrouble({ kind: 'silent' }, { methods: ['chat.postMessage'], times: 1 })
    await desk.channel.send(lost)
    for (let other = 0; other < 250; other++) await desk.channel.send(message({ id: `other-${other}`, threadOf: root }))
    const found = await desk.channel.find(lost, attemptedAt)
    expect(found).toMatchObject({ outcome: 'found' })
    expect(await desk.channel.find(message({ id: 'out-never' }), attemptedAt)).toEqual({ outcome: 'absent' })
  })

  it('does not know whether it was sent when the looking fails', async () => {
    control().apiTrouble({ kind: 'throttled', retryAfterSeconds: 3 })
    expect(await desk.channel.find(message(), new Date())).toMatchObject({ outcome: 'unknown' })
  })

  it('a direct message that cannot be opened is a reason to try again, never an unknown', async () => {
    control().apiTrouble({ kind: 'silent' }, { methods: ['conversations.open'] })
    expect(await desk.channel.send(message({ to: person }))).toMatchObject({ outcome: 'refused', permanent: false })
    const nobody = { channel: 'slack', id: 'U0NOBODY' }
    control().apiTrouble(undefined)
    expect(await desk.channel.send(message({ to: nobody }))).toMatchObject({ outcome: 'refused', permanent: true })
  })
})

describe('showing a card', () => {
  it('changes it in place', async () => {
    const first = sent(await desk.channel.show?.(place, card(), undefined))
    const again = await desk.channel.show?.(
      place,
      card({ version: 2, colour: 'green', headline: 'Chan has it' }),
      first,
    )
    expect(sent(again)).toBe(first)
    expect(inChannel()).toHaveLength(1)
    expect(JSON.stringify(inChannel()[0]?.blocks)).toContain('Chan has it')
  })

  it('posts it anew when it was deleted', async () => {
    const gone = `${site.id}:1763000000.000001`
    const shown = sent(await desk.channel.show?.(place, card(), gone))
    expect(shown).not.toBe(gone)
    expect(inChannel()).toHaveLength(1)
  })

  it('whose posting had no answer is looked up, so that it stands there once', async () => {
    control().apiTrouble({ kind: 'silent' }, { methods: ['chat.postMessage'] })
    expect(sent(await desk.channel.show?.(place, card(), undefined))).toBe(`${site.id}:${inChannel()[0]?.ts}`)
    expect(inChannel()).toHaveLength(1)
  })

  it('whose change had no answer may be changed again', async () => {
    const first = sent(await desk.channel.show?.(place, card(), undefined))
    control().apiTrouble({ kind: 'silent' }, { methods: ['chat.update'] })
    expect(await desk.channel.show?.(place, card(), first)).toMatchObject({ outcome: 'refused', permanent: false })
  })

  it('waits when Slack asks to slow down', async () => {
    control().apiTrouble({ kind: 'throttled', retryAfterSeconds: 9 })
    expect(await desk.channel.show?.(place, card(), undefined)).toEqual({
      outcome: 'refused',
      permanent: false,
      reason: 'Slack asks to slow down',
      retryAfterSeconds: 9,
    })
  })
})

describe('checking', () => {
  it('names the scopes that are missing', async () => {
    const poor = await openDesk('http', { scopes: ['chat:write', 'commands'] })
    expect(await poor.channel.check()).toMatchObject({ ok: false, mend: expect.stringContaining('im:history') })
    await poor.close()
  })
})

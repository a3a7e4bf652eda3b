import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { personKey, placeKey } from '../../../src/channels/teams/references.ts'
import { card, chatActivity, type Desk, message, officer, openDesk, other, posted, secrets, site } from './desk.ts'

let desk: Desk
let now: Date
beforeEach(async () => {
  now = new Date()
  desk = await openDesk({ clock: () => now })
})
afterEach(() => desk.close())

const control = () => desk.teams.control
const inChannel = () => control().messages(site.id)
const chat = (person: string) => control().messages(control().chatOf(person))
const show = (shownAs?: string, change = {}) =>
  desk.channel.show?.({ channel: 'teams', id: site.id }, card(change), shownAs)
const to = (person: { readonly id: string }) => message({ to: { channel: 'teams', id: person.id } })
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

async function shownCard(): Promise<string> {
  const shown = await show()
  if (shown?.outcome !== 'sent') throw new Error(JSON.stringify(shown))
  return shown.providerId
}

describe('files for somebody in Teams', () => {
  const picture = { id: 'kept-1', name: 'lift.png', contentType: 'image/png', sizeBytes: 1_000 }

  it('go as pictures that Teams fetches; anything else, and what is too large, goes as a link', async () => {
    const all = [picture, { ...picture, sizeBytes: 2_000_000 }, { ...picture, contentType: 'application/pdf' }]
    const ways = desk.channel.limits.teams?.carry?.(all, { to: to(officer).to })
    expect(ways?.map(({ way }) => way)).toEqual(['url', 'link', 'link'])
    const enclosures = [{ ...picture, url: 'https://desk.example.test/files/kept-1?until=1&signature=x' }]
    expect(await desk.channel.send({ ...to(officer), enclosures })).toMatchObject({ outcome: 'sent' })
    expect(chat(officer.id).at(-1)).toMatchObject({ text: to(officer).text, files: [enclosures[0]?.url] })
  })
})

describe('what a local Teams of an earlier run said', () => {
  it('leads nowhere now: persons and places are reached at the configured address', async () => {
    const old = { serviceUrl: 'http://127.0.0.1:9/', conversation: 'a:gone', seenAt: now }
    await desk.memory.remember(personKey(officer.id), old)
    await desk.memory.remember(placeKey(site.id), { ...old, conversation: site.id })
    expect(await desk.channel.send(to(officer))).toMatchObject({ outcome: 'sent' })
    expect(chat(officer.id)).toHaveLength(1)
    expect(await show()).toMatchObject({ outcome: 'sent' })
  })
})

describe('a case card', () => {
  it('begins a conversation in the channel, and is changed in place from then on', async () => {
    const shownAs = await shownCard()
    expect(shownAs).toBe(`${site.id};messageid=${inChannel()[0]?.id}`)
    expect(await show(shownAs, { headline: 'Chan Siu Ming has it' })).toEqual({ outcome: 'sent', providerId: shownAs })
    expect(inChannel()).toHaveLength(1)
    expect(JSON.stringify(inChannel()[0]?.cards)).toContain('Chan Siu Ming has it')
  })

  it('is shown anew when somebody deleted it', async () => {
    const shownAs = await shownCard()
    await control().remove(inChannel()[0]?.id ?? '')
    const again = await show(shownAs)
    expect(again).toMatchObject({ outcome: 'sent' })
    expect(inChannel()).toHaveLength(1)
    expect(again).not.toMatchObject({ providerId: shownAs })
  })

  it('is changed again later when a change ended without an answer', async () => {
    const shownAs = await shownCard()
    control().connectorTrouble({ kind: 'silent' }, { times: 1 })
    expect(await show(shownAs)).toMatchObject({ outcome: 'refused', permanent: false })
  })

  it('has what belongs under it in its own thread', async () => {
    const threadOf = await shownCard()
    await desk.channel.send(message({ threadOf, text: 'The owner was chased.' }))
    const [root, under] = inChannel()
    expect(under).toMatchObject({ threadOf: root?.id, text: 'The owner was chased.' })
  })
})

describe('a group chat', () => {
  const group = { id: '19:0b0b@thread.v2', name: 'Night shift' }

  it('has no threads, so what belongs to a card stands beside it, and the card is still changed in place', async () => {
    const chat = await openDesk({ channels: [group] })
    const place = { channel: 'teams', id: group.id }
    const shown = await chat.channel.show?.(place, card(), undefined)
    if (shown?.outcome !== 'sent') throw new Error(JSON.stringify(shown))
    await chat.channel.show?.(place, card({ headline: 'Somebody has it' }), shown.providerId)
    await chat.channel.send(message({ to: place, threadOf: shown.providerId, text: 'Chased.' }))
    const [first, second] = chat.teams.control.messages(group.id)
    expect(JSON.stringify(first?.cards)).toContain('Somebody has it')
    expect(second).toMatchObject({ text: 'Chased.' })
    expect(second).not.toHaveProperty('threadOf')
    await chat.close()
  })
})

describe('a person', () => {
  it('is written to by their Entra id, in the chat that Teams opens once', async () => {
    for (const text of ['first', 'second'])
      expect(await desk.channel.send({ ...to(officer), text })).toMatchObject({ outcome: 'sent' })
    expect(chat(officer.id).map(({ text }) => text)).toEqual(['first', 'second'])
    expect(
      control()
        .calls()
        .filter((call) => call === 'POST /v3/conversations'),
    ).toHaveLength(1)
  })

  it('finds the buttons of the case on the page itself', async () => {
    await desk.channel.send({ ...to(officer), text: 'A case comes to you.', card: card() })
    await control().press({ user: officer.id, message: chat(officer.id)[0]?.id ?? '', button: 'acknowledge' })
    expect(desk.readings()).toMatchObject([
      { type: 'action', action: { command: 'acknowledge', caseId: card().caseId } },
    ])
  })

  it('who is not in this tenant is refused in words', async () => {
    const result = await desk.channel.send(to({ id: '0c0c0c0c-0000-4000-8000-00000000ffff' }))
    expect(result).toMatchObject({ outcome: 'refused', permanent: true })
    expect(result.outcome === 'refused' && result.reason).toMatch(/Teams ids in config/)
  })

  it('whose chat is gone gets a new one', async () => {
    const stale = { serviceUrl: desk.teams.serviceUrl, conversation: 'a:chat-nobody', seenAt: now }
    await desk.memory.remember(personKey(officer.id), stale)
    expect(await desk.channel.send(to(officer))).toMatchObject({ outcome: 'sent' })
    expect(chat(officer.id)).toHaveLength(1)
  })
})

describe('whoever lets us write no more', () => {
  it.each([
    ['blocked the app', () => control().block(officer.id), 'this person has blocked the Gatehouse app'],
    ['has not added the app', () => control().uninstall(officer.id), 'the Gatehouse app is not installed there'],
  ])('because they have %s is remembered, and not asked again for an hour', async (_name, happens, words) => {
    await desk.channel.send(to(officer))
    happens()
    const first = await desk.channel.send(to(officer))
    expect(first).toMatchObject({ outcome: 'refused', permanent: true })
    expect(first.outcome === 'refused' && first.reason).toContain(words)
    const asked = control().calls().length
    expect(await desk.channel.send(to(officer))).toMatchObject({
      outcome: 'refused',
      permanent: true,
      reason: words.length > 0 ? expect.stringContaining(words) : '',
    })
    expect(control().calls()).toHaveLength(asked)
    later(61)
    await desk.channel.send(to(officer))
    expect(control().calls().length).toBeGreaterThan(asked)
  })

  it('is written to again as soon as they come back', async () => {
    control().uninstall(officer.id)
    expect(await desk.channel.send(to(officer))).toMatchObject({ outcome: 'refused', permanent: true })
    await control().install(officer.id)
    expect(await desk.channel.send(to(officer))).toMatchObject({ outcome: 'sent' })
    expect(await desk.channel.send(to(other))).toMatchObject({ outcome: 'sent' })
  })
})

describe('trouble', () => {
  const refusals: readonly (readonly [number, string, object])[] = [
    [429, 'Throttled', { outcome: 'refused', permanent: false }],
    [412, 'PreconditionFailed', { outcome: 'refused', permanent: false }],
    [413, 'MessageSizeTooBig', { outcome: 'refused', permanent: true }],
    [400, 'BadSyntax', { outcome: 'refused', permanent: true }],
    [401, 'BotNotRegistered', { outcome: 'refused', permanent: true }],
    [404, 'ConversationNotFound', { outcome: 'refused', permanent: true }],
    [403, 'BotDisabledByAdmin', { outcome: 'refused', permanent: true }],
    [502, 'BadGateway', { outcome: 'unknown' }],
    [504, 'GatewayTimeout', { outcome: 'unknown' }],
  ]
  it.each(refusals)('HTTP %i %s: one attempt, and what it means', async (status, code, meaning) => {
    await desk.channel.send(message())
    const before = control().calls().length
    control().connectorTrouble({ kind: 'refusing', status, code })
    const result = await desk.channel.send(message())
    expect(result).toMatchObject(meaning)
    if (result.outcome !== 'sent') expect(result.reason).toMatch(/\w+ \w+/)
    expect(control().calls().length - before).toBe(1)
  })

  it('waits as long as Teams asks, and a little where it says nothing', async () => {
    control().connectorTrouble({ kind: 'throttled', retryAfterSeconds: 9 }, { times: 1 })
    expect(await desk.channel.send(message())).toMatchObject({ retryAfterSeconds: 9 })
    control().connectorTrouble({ kind: 'throttled' }, { times: 1 })
    expect(await desk.channel.send(message())).toMatchObject({ retryAfterSeconds: 5 })
  })

  it('a 503 behind which the message was posted is not repeated by itself', async () => {
    control().connectorTrouble({ kind: 'failing-after' }, { times: 1 })
    expect(await desk.channel.send(message())).toMatchObject({ outcome: 'unknown' })
    expect(inChannel()).toHaveLength(1)
  })
})

describe('where a conversation is reached', () => {
  const regional = () => `${desk.teams.loginUrl}/amer/`

  it('is renewed by every message from there, and used for what goes there', async () => {
    const authorization = await control().authorization({ serviceUrl: regional() })
    const request = posted(chatActivity(regional()), authorization)
    expect((await desk.channel.routes[0]?.handle(request))?.status).toBe(200)
    expect(await desk.memory.recall(personKey(officer.id))).toMatchObject({ serviceUrl: regional() })
    // The local Teams has no such region, so the call shows where it went.
    await desk.channel.send(to(officer))
    expect(
      control()
        .calls()
        .filter((call) => call.startsWith('POST /v3')),
    ).toEqual([])
    // The same tenant's channels are most likely in the same region.
    await desk.channel.send(message())
    expect(
      control()
        .calls()
        .filter((call) => call.startsWith('POST /v3')),
    ).toEqual([])
  })

  it('is written down seldom while it stays the same', async () => {
    let writes = 0
    const { remember } = desk.memory
    Object.assign(desk.memory, {
      remember: (...args: Parameters<typeof remember>) => remember(...args).then(() => void writes++),
    })
    const authorization = await control().authorization()
    const say = (id: string) =>
      desk.channel.routes[0]?.handle(posted(chatActivity(desk.teams.serviceUrl, { id }), authorization))
    for (const id of ['1', '2', '3']) await say(id)
    expect(writes).toBe(2) // the person and the tenant
    later(16)
    await say('4')
    expect(writes).toBe(4)
  })

  it('holds no words, names or tokens', async () => {
    await control().say(officer.id, 'Nobody came when I rang').delivered
    await control().mention({ user: officer.id, channel: site.id, text: 'help' }).delivered
    const kept = JSON.stringify([
      await desk.memory.recall(personKey(officer.id)),
      await desk.memory.recall(placeKey(site.id)),
    ])
    for (const word of ['Nobody', officer.name, secrets.appPassword]) expect(kept).not.toContain(word)
  })
})

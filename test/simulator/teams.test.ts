import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LocalTeams, startLocalTeams } from '../../src/simulator/teams/local-teams.ts'

const app = {
  appId: '0a0a0a0a-0000-4000-8000-0000000d0001',
  appPassword: 'an-invented-client-secret',
  tenantId: '0b0b0b0b-0000-4000-8000-0000000d0001',
}
const person = { id: '0c0c0c0c-0000-4000-8000-0000000d0001', name: 'Chan Tai Man' }
const channel = { id: '19:desk@thread.tacv2', name: 'Desk' }

let teams: LocalTeams
beforeEach(async () => {
  teams = await startLocalTeams({ ...app, people: [person], channels: [channel] })
})
afterEach(() => teams.close())

async function token(change: Readonly<Record<string, string>> = {}, tenant = app.tenantId) {
  const body = new URLSearchParams({
    client_id: app.appId,
    client_secret: app.appPassword,
    grant_type: 'client_credentials',
    ...change,
  })
  const response = await fetch(`${teams.loginUrl}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body })
  return {
    status: response.status,
    body: (await response.json()) as { access_token?: string; error_description?: string },
  }
}

async function call(method: string, path: string, body?: object, bearer?: string) {
  const authorization = `Bearer ${bearer ?? (await token()).body.access_token}`
  const headers = { authorization, 'content-type': 'application/json' }
  const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as { id?: string; error?: { code: string } } }
}

const activities = `conversations/${encodeURIComponent(channel.id)}/activities`
const cardOf = (content: object) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
})

describe('the local Teams is as strict as the real one', () => {
  it.each([
    [{ client_secret: 'another' }, app.tenantId, 'AADSTS7000215'],
    [{ client_id: 'another' }, app.tenantId, 'AADSTS700016'],
    [{}, 'another', 'AADSTS90002'],
  ])('gives no token for %j in tenant %s', async (change, tenant, code) => {
    const refused = await token(change, tenant)
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(refused.body.error_description).toContain(code)
  })

  it('takes nothing without a token of its own', async () => {
    expect((await call('POST', activities, { type: 'message', text: 'x' }, 'guessed')).status).toBe(401)
    expect(teams.control.messages(channel.id)).toEqual([])
  })

  it.each([
    ['of a newer schema', { type: 'AdaptiveCard', version: '1.6', body: [] }],
    [
      'with an action it does not know',
      { type: 'AdaptiveCard', version: '1.5', actions: [{ type: 'Action.Fly', title: 'x' }] },
    ],
    [
      'with two inputs of one name',
      {
        type: 'AdaptiveCard',
        version: '1.5',
        body: [
          { type: 'Input.Text', id: 'a' },
          { type: 'Input.Text', id: 'a' },
        ],
      },
    ],
    [
      'with seven actions in a row',
      {
        type: 'AdaptiveCard',
        version: '1.5',
        actions: Array.from({ length: 7 }, (_each, index) => ({ type: 'Action.Submit', title: `${index}` })),
      },
    ],
  ])('refuses a card %s', async (_name, content) => {
    expect(await call('POST', activities, cardOf(content))).toMatchObject({ status: 400 })
  })

  it('refuses what is too large, empty, or addressed to nobody', async () => {
    expect(await call('POST', activities, { type: 'message', text: 'x'.repeat(60_000) })).toMatchObject({ status: 413 })
    expect(await call('POST', activities, { type: 'message' })).toMatchObject({ status: 400 })
    expect(
      await call('POST', 'conversations/19:nowhere@thread.tacv2/activities', { type: 'message', text: 'x' }),
    ).toMatchObject({ status: 404 })
    expect(await call('PUT', `${activities}/1`, { type: 'message', text: 'x' })).toMatchObject({ status: 404 })
    const strange = { bot: { id: '28:another' }, tenantId: app.tenantId, members: [{ id: person.id }] }
    expect(await call('POST', 'conversations', strange)).toMatchObject({ status: 400 })
  })

  it('opens one chat with a person, however often it is asked', async () => {
    const wanted = { bot: { id: `28:${app.appId}` }, tenantId: app.tenantId, members: [{ id: person.id }] }
    const [first, second] = [await call('POST', 'conversations', wanted), await call('POST', 'conversations', wanted)]
    expect(first).toMatchObject({ status: 201 })
    expect(second.body.id).toBe(first.body.id)
  })

  it('says what each person alone sees, and forgets no trouble that was asked for once', async () => {
    teams.control.connectorTrouble({ kind: 'failing' }, { times: 1 })
    expect(teams.control.standingTrouble()).toEqual([{ kind: 'failing', left: 1 }])
    expect((await call('POST', activities, { type: 'message', text: 'x' })).status).toBe(500)
    expect((await call('POST', activities, { type: 'message', text: 'x' })).status).toBe(201)
    expect(teams.control.standingTrouble()).toEqual([])
  })
})

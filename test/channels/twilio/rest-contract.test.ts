import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTwilioChannel } from '../../../src/channels/twilio/twilio.ts'
import type { Channel } from '../../../src/core/channel.ts'
import { type ContractProxy, startProxy } from '../../contract/validating-proxy.ts'
import { ACCOUNT, type Desk, OURS, openDesk, SETTINGS, THEIRS, TOKEN, text } from './desk.ts'

/** Twilio's own description of its REST API, as its command-line program carries it (MIT). */
const carried = join(
  dirname(createRequire(import.meta.url).resolve('@twilio/cli-core/package.json')),
  'src/services/twilio-api',
)
/**
 * The description with two things put right: it calls the addresses of a page and of what is on it absolute (`uri`), while
 * Twilio's own documentation and answers have paths; and Prism reads a list in a form only where it is told how lists are
 * written there.
 */
function description(name: string, directory: string): string {
  const lists = { MediaUrl: { style: 'form', explode: true } }
  const contract = JSON.parse(readFileSync(join(carried, name), 'utf8'), (key, value) => {
    if (key === 'application/x-www-form-urlencoded' && value.schema) return { ...value, encoding: lists }
    if (typeof value !== 'object' || value === null || value.format !== 'uri') return value
    const { format: _, ...rest } = value
    return rest
  })
  const file = join(directory, name)
  writeFileSync(file, JSON.stringify(contract))
  return file
}

const toWhatsApp = { to: { channel: 'whatsapp', id: THEIRS } } as const
const picture = { id: 'a-kept-file', name: 'lift.png', contentType: 'image/png', sizeBytes: 1_200 }

let desk: Desk
let proxies: readonly ContractProxy[]
let channel: Channel
let directory: string
const [api, content] = [() => proxies[0]?.url ?? '', () => proxies[1]?.url ?? '']

describe('calls of Twilio, through a proxy that knows its contract', () => {
  beforeAll(async () => {
    desk = await openDesk()
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-twilio-'))
    const origin = (url: string | undefined) => new URL(url ?? '').origin
    proxies = await Promise.all([
      startProxy(description('twilio_api_v2010.json', directory), origin(desk.settings.apiUrl)),
      startProxy(join(carried, 'twilio_content_v1.json'), origin(desk.settings.contentUrl)),
    ])
    const settings = { ...SETTINGS, apiUrl: api(), contentUrl: content() }
    channel = createTwilioChannel(settings, { timeoutMs: 20_000 })
  }, 120_000)
  afterAll(async () => {
    for (const proxy of proxies ?? []) proxy.stop()
    await desk?.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('a text is sent, by SMS and by WhatsApp, and its list finds it again', async () => {
    const before = new Date(Date.now() - 60_000)
    const sent = await channel.send(text({ id: 'contract-1', text: 'An officer is on the way' }))
    expect(sent).toMatchObject({ outcome: 'sent', providerId: expect.stringMatching(/^SM[0-9a-f]{32}$/) })
    await desk.local.textFrom({ channel: 'whatsapp', from: THEIRS, to: OURS, body: 'Hello' })
    expect(await channel.send(text({ id: 'contract-2', ...toWhatsApp }))).toMatchObject({ outcome: 'sent' })
    const found = await channel.find(text({ id: 'contract-1', text: 'An officer is on the way' }), before)
    expect(found).toEqual({ outcome: 'found', providerId: sent.outcome === 'sent' ? sent.providerId : '' })
  }, 60_000)

  it('files go along as addresses that Twilio fetches', async () => {
    const enclosures = ['one', 'two'].map((id) => ({
      ...{ ...picture, id, url: `https://desk.example.test/files/${id}?until=1&signature=x` },
    }))
    expect(await channel.send(text({ id: 'contract-3', enclosures }))).toMatchObject({ outcome: 'sent' })
    expect(desk.local.messagesOf(THEIRS)).not.toEqual([])
  }, 30_000)

  it('an approved text is sent when the window is over', async () => {
    const template = { name: 'case_update', language: 'en', variables: ['GH-2026-000001', 'us'] } as const
    const sent = await channel.send(text({ id: 'contract-4', ...toWhatsApp, text: '', template }))
    expect(sent).toMatchObject({ outcome: 'sent' })
  }, 30_000)

  it('the doctor’s questions are within the contract, to the account and to each approved text', async () => {
    expect(await channel.check()).toMatchObject({ ok: true })
  }, 30_000)

  it('what Twilio refuses comes through as it is', async () => {
    await desk.local.startTrouble({ kind: 'throttled', retryAfterSeconds: 7 }, 1)
    const refused = await channel.send(text({ id: 'contract-5' }))
    expect(refused).toMatchObject({ outcome: 'refused', permanent: false })
  }, 30_000)

  it('what breaks the contract would be refused by the proxy', async () => {
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' }
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`
    const body = new URLSearchParams({ Body: 'to nobody', StatusCallback: 'not an address' })
    expect((await fetch(`${api()}${path}`, { method: 'POST', headers, body })).status).toBe(422)
  }, 30_000)
})

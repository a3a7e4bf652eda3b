import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { createDirectory } from '../../src/core/duty/directory.ts'
import { type Running, serve } from '../../src/main.ts'
import { type Demo, demoApiToken, startDemo, withoutMailPages } from '../../src/simulator/demo.ts'
import { simulatorRoutes } from '../../src/simulator/page-routes.ts'

const tenant = 'priya.nair@tenant.example.test'
const jade = 'jade-garden@desk.example.test'
const tower = 'harbour-view@desk.example.test'
const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-mail-pane-'))

let demo: Demo
let running: Running
let officer: string

/** The demonstration as `gatehouse serve` starts it, with every local provider and the real channels. */
beforeAll(async () => {
  const own = { GATEHOUSE_CONFIG: 'config', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }
  const { config: shipped } = loadConfig(own)
  if (shipped === undefined) throw new Error('the sample configuration must load')
  demo = await startDemo({ places: shipped.places, staff: shipped.duty.staff })
  const variables = { GATEHOUSE_API_TOKEN: demoApiToken, ...own, ...demo.variables, ...demo.mail.variables }
  const { config, faults } = loadConfig(variables)
  if (config === undefined) throw new Error(JSON.stringify(faults))
  const played = withoutMailPages(config)
  const extraRoutes = simulatorRoutes(demo, played)
  running = await serve(played, { role: 'all', extraRoutes, mailOpens: demo.mail.firstMail })
  demo.connect({ publicUrl: played.environment.publicUrl, deliverTo: running.url })
  const [member] = createDirectory(played.duty).onDuty('jade-garden', new Date())['level-1'] ?? []
  officer = member?.methods.find(({ address }) => address.channel === 'slack')?.address.id ?? ''
}, 60_000)
afterAll(async () => {
  await demo?.close()
  await running?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

type Mail = { id: string; thread: string; tenant: string; isOurs: boolean; subject: string; text: string }
type Message = { ts: string; text: string; blocks?: unknown[] }
type Seen = {
  mail: Mail[]
  slack: { channels: { id: string; messages: Message[] }[]; modals: Record<string, { view?: unknown }> }
}

const look = async () => (await (await fetch(`${running.url}/simulator/api/state`)).json()) as Seen

async function act(name: string, body: object) {
  const headers = { 'content-type': 'application/json', 'x-gatehouse-simulator': '1' }
  const response = await fetch(`${running.url}/simulator/api/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

async function eventually<T>(find: (seen: Seen) => T | undefined | false): Promise<T> {
  const end = Date.now() + 40_000
  for (;;) {
    const found = find(await look())
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain: ${find}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const cardIn = (channel: string, words: string) => (seen: Seen) =>
  seen.slack.channels
    .find(({ id }) => id === channel)
    ?.messages.find(({ blocks }) => JSON.stringify(blocks ?? '').includes(words))

const answers = ({ mail }: Seen) => mail.filter(({ isOurs }) => !isOurs)

describe('the mail of the demonstration', () => {
  it('costs nothing before the first mail: no mailbox is opened, and that is said', async () => {
    const { parts } = (await (await fetch(`${running.url}/readyz`)).json()) as { parts: Record<string, object> }
    expect(parts.email).toEqual({ ok: true, detail: 'the mailbox opens with its first mail' })
  })

  it('refuses what nobody could send', async () => {
    const mail = { from: tenant, to: jade, subject: 'Gate', text: 'It is broken.' }
    for (const wrong of [{ from: 'x@else.test' }, { to: 'x@else.test' }, { subject: ' ' }, { answers: '<none@x>' }])
      expect((await act('mail', { ...mail, ...wrong })).status, JSON.stringify(wrong)).toBe(409)
    expect((await act('mail', { ...mail, text: '' })).status).toBe(400)
    expect((await look()).mail).toEqual([])
  })

  it('carries a tenant’s mail to the site’s desk, the officer’s answer back into the thread, and the next mail to the same case', async () => {
    const text = 'The guard at the side gate was rude to my mother on Monday. I want to complain about him.'
    const sent = await act('mail', { from: tenant, to: jade, subject: 'Rude guard', text })
    expect(sent.status).toBe(200)
    const card = await eventually(cardIn('C0JADEGRDN', 'rude to my mother'))
    const first = await eventually((seen) => answers(seen)[0])
    const number = /GH-\d{4}-\d{6}/.exec(first.subject)?.[0] ?? ''
    expect(first).toMatchObject({ tenant, thread: sent.body.id, subject: `Re: [${number}] Rude guard` })
    expect(first.text).toContain(number)

    const press = { user: officer, channel: 'C0JADEGRDN', ts: card.ts }
    expect((await act('press', { ...press, actionId: 'acknowledge' })).body).toMatchObject({ acknowledged: true })
    await eventually((seen) => answers(seen).some((mail) => mail.text.includes('now looks after')))
    await act('press', { ...press, actionId: 'reply' })
    await eventually(({ slack }) => slack.modals[officer])
    await act('submit', { user: officer, values: { text: 'We have spoken to him and are sorry.' } })
    await act('submit', { user: officer, values: {} })
    const reply = await eventually((seen) => answers(seen).find((mail) => mail.text.includes('are sorry')))
    expect(reply.thread).toBe(sent.body.id)

    await act('mail', { from: tenant, to: jade, subject: '', text: 'Thank you for calling.', answers: reply.id })
    await eventually(cardIn('C0JADEGRDN', 'Thank you for calling.'))
    const numbers = new Set(answers(await look()).map(({ subject }) => /GH-\d{4}-\d{6}/.exec(subject)?.[0]))
    expect([...numbers]).toEqual([number])
  }, 90_000)

  it('keeps the sites apart', async () => {
    await act('mail', {
      from: 'tom.baker@shop.example.test',
      to: tower,
      subject: 'Lift',
      text: 'Lift 2 is stuck again.',
    })
    await eventually(cardIn('C0HARBOUR1', 'Lift 2 is stuck'))
  }, 60_000)
})

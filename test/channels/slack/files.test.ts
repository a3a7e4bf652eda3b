import { afterEach, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../../src/channels/slack/slack.ts'
import { type Desk, message, officer, openDesk, secrets } from './desk.ts'

let desk: Desk
afterEach(() => desk.close())

const bytes = Buffer.from('%PDF-1.7 an invented permit')
const permit = { id: 'kept-1', name: 'permit.pdf', contentType: 'application/pdf', sizeBytes: bytes.length }
const toOfficer = { to: { channel: 'slack', id: officer.id }, text: 'Here is the *permit* <!channel>.' }
const withFile = message({ ...toOfficer, files: [permit], enclosures: [{ ...permit, bytes }] })
const direct = () => desk.slack.control.messages(desk.slack.control.directMessageOf(officer.id))
const methods = { complete: { methods: ['files.completeUploadExternal'], times: 1 } }

describe('a file in an answer to somebody in Slack', () => {
  it('comes with the words, as one message, and the words are no markup', async () => {
    desk = await openDesk('http')
    expect(await desk.channel.send(withFile)).toMatchObject({ outcome: 'sent' })
    expect(direct()).toHaveLength(1)
    expect(JSON.stringify(direct()[0]?.blocks)).toContain('Here is the *permit* <!channel>.')
    expect(JSON.stringify(direct()[0]?.blocks)).toContain('plain_text')
    const { opened } = { opened: await desk.channel.open?.(await addressOf()) }
    expect(opened).toMatchObject({ ok: true, bytes })
  })

  it('that cannot be uploaded sends nothing, and may be tried again', async () => {
    desk = await openDesk('http')
    desk.slack.control.apiTrouble({ kind: 'failing' }, { methods: ['files.getUploadURLExternal'], times: 1 })
    expect(await desk.channel.send(withFile)).toMatchObject({ outcome: 'refused', permanent: false })
    expect(direct()).toEqual([])
  })

  it('whose answer was lost is found again, and is not sent twice', async () => {
    desk = await openDesk('http')
    const before = new Date()
    desk.slack.control.apiTrouble({ kind: 'failing-after' }, methods.complete)
    expect(await desk.channel.send(withFile)).toMatchObject({ outcome: 'unknown' })
    expect(await desk.channel.find(withFile, before)).toMatchObject({ outcome: 'found' })
    expect(await desk.channel.find(message({ ...toOfficer, text: 'Other words' }), before)).toEqual({
      outcome: 'absent',
    })
  })
})

/** Where the file of the last message is fetched. */
async function addressOf(): Promise<string> {
  const { origin } = new URL(desk.slack.apiUrl)
  return `${origin}/files-pri/T0-${direct().at(-1)?.fileIds?.[0] ?? ''}/permit.pdf`
}

describe('a file that was put into Slack', () => {
  it('is fetched with our token from Slack’s own host and from nowhere else', async () => {
    desk = await openDesk('http')
    const ref = `${new URL(desk.slack.apiUrl).origin}/files-pri/T0-${desk.slack.control.upload({ ...permit, bytes })}`
    expect(await desk.channel.open?.(ref)).toMatchObject({ ok: true, contentType: 'application/pdf' })
    for (const elsewhere of [
      'http://127.0.0.1:1/files-pri/x',
      'https://files.slack.com.example.test/x',
      'F0123',
      'file:///etc/passwd',
    ])
      expect(await desk.channel.open?.(elsewhere)).toMatchObject({ ok: false, permanent: true })
  })

  it('is not taken for a sign-in page when the app may not read files', async () => {
    desk = await openDesk('http')
    const ref = `${new URL(desk.slack.apiUrl).origin}/files-pri/T0-${desk.slack.control.upload({ ...permit, bytes })}`
    const other = createSlackChannel({ ...secrets, botToken: 'xoxb-another', apiUrl: desk.slack.apiUrl })
    expect(await other.open?.(ref)).toMatchObject({ ok: false, reason: expect.stringContaining('files:read') })
  })
})

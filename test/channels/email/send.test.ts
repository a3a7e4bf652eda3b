import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMailArchive } from '../../../src/channels/email/archive.ts'
import { createEmailChannel, type EmailChannel } from '../../../src/channels/email/email.ts'
import { createSigner } from '../../../src/channels/email/marks.ts'
import type { MailMemory } from '../../../src/channels/email/ports.ts'
import { renderMail } from '../../../src/channels/email/render.ts'
import type { OutboundMessage } from '../../../src/core/message.ts'
import { recordingInbox } from '../../contract/channel-harness.ts'
import { mail } from './mails.ts'
import { memoryInMemory, noCases, type Provider, startProvider } from './provider.ts'

const theirs = 'mei@tenant.example.test'
const message = (change: Partial<OutboundMessage> = {}): OutboundMessage => ({
  ...{ id: 'out-1', audience: 'customer', caseId: 'GH-2026-000123', to: { channel: 'email', id: theirs } },
  ...{ conversation: 'email:cases@example.test:aaaabbbbccccdddd', text: '多謝你嘅來信。\n\nWe look into it.' },
  ...change,
})

describe('an answer by mail', () => {
  let provider: Provider
  let channel: EmailChannel
  let memory: MailMemory
  let directory: string
  const open = (variables: Record<string, string> = {}) =>
    createEmailChannel(provider.settings(variables), { memory, archive: createMailArchive(directory), cases: noCases })
  const sentMail = async () => simpleParser(provider.sent.mails.at(-1)?.raw ?? Buffer.alloc(0))

  beforeEach(async () => {
    provider = await startProvider()
    memory = memoryInMemory()
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-email-'))
    channel = open()
  })
  afterEach(async () => {
    await channel.stop()
    await provider.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('carries the files that staff attached, whole and under their own names', async () => {
    const bytes = Buffer.from('%PDF-1.7 an invented permit')
    const file = { id: 'kept-1', name: 'permit 許可證.pdf', contentType: 'application/pdf', sizeBytes: bytes.length }
    await channel.send(message({ enclosures: [{ ...file, bytes }] }))
    const [attached] = (await sentMail()).attachments
    expect(attached).toMatchObject({ filename: 'permit 許可證.pdf', contentType: 'application/pdf', content: bytes })
    expect(attached?.contentDisposition).toBe('attachment')
    const ways = channel.limits.email?.carry?.([file, { ...file, sizeBytes: 15 * 1_048_576 }], { to: message().to })
    expect(ways?.map(({ way }) => way)).toEqual(['bytes', 'link'])
  })

  it('belongs under the customer’s mail, names the case, and says the same in text and HTML', async () => {
    await memory.ends.save(message().conversation, {
      subject: 'RE: Lobby light',
      lastId: 'second@x.test',
      references: ['first@x.test', 'second@x.test'],
    })
    await channel.send(
      message({
        options: [
          { id: 'a', label: 'Opening hours' },
          { id: 'b', label: 'Lost <property>' },
        ],
      }),
    )
    const sent = await sentMail()
    expect(sent).toMatchObject({
      subject: 'Re: [GH-2026-000123] Lobby light',
      inReplyTo: '<second@x.test>',
      references: ['<first@x.test>', '<second@x.test>'],
      from: { value: [{ name: 'Security desk', address: 'cases@example.test' }] },
      to: { value: [{ address: theirs }] },
    })
    expect(sent.text?.trim()).toBe('多謝你嘅來信。\n\nWe look into it.\n\n1. Opening hours\n2. Lost <property>')
    expect(sent.html).toContain('<html lang="zh">')
    expect(sent.html).toContain('Lost &lt;property&gt;')
    expect(sent.headers.has('auto-submitted')).toBe(false)
  })

  it('keeps its Message-ID, reply and bounce address at every attempt', async () => {
    await channel.send(message())
    await channel.send(message())
    const [first, second] = provider.sent.mails.map(({ raw }) => /^message-id: .*$/im.exec(raw.toString())?.[0])
    expect(first).toBe(second)
    expect(provider.envelopes[0]).toEqual(provider.envelopes[1])
    expect(provider.envelopes[0]?.from).toMatch(/^cases\+b[a-z2-7]{12}\.[a-z2-7]{12}@example\.test$/)
    expect((await sentMail()).replyTo?.value[0]?.address).toMatch(/^cases\+c[a-z2-7.]+@example\.test$/)
  })

  it('uses the desk’s plain address where the mail system knows no plus addresses', async () => {
    const plain = open({ EMAIL_PLUS_ADDRESSES: 'off' })
    await plain.send(message())
    expect(provider.envelopes[0]?.from).toBe('cases@example.test')
    expect((await sentMail()).replyTo).toBeUndefined()
    await plain.stop()
  })

  it('says when no person wrote it, so that no machine answers', async () => {
    await channel.send(message({ automatic: true }))
    const { headers } = await sentMail()
    expect(
      Object.fromEntries(
        ['auto-submitted', 'x-auto-response-suppress', 'precedence'].map((name) => [name, headers.get(name)]),
      ),
    ).toEqual({
      'auto-submitted': 'auto-replied',
      'x-auto-response-suppress': 'All',
      precedence: 'bulk',
    })
  })

  it.each([
    'b@x.test\r\nBcc: evil@x.test',
    'b@x.test, evil@x.test',
    '"b@x.test" <evil@x.test>',
    'b@x.test\u0000',
    'group: b@x.test;',
    'cases@example.test',
    'nobody@sender.invalid',
    'b@x.test>',
    '',
  ])('never goes to "%s"', async (id) => {
    expect(await channel.send(message({ to: { channel: 'email', id } }))).toMatchObject({
      outcome: 'refused',
      permanent: true,
    })
    expect(provider.envelopes).toEqual([])
  })

  it('has one recipient and unbroken headers, whatever subject and text it is given', () => {
    const facts = { settings: provider.settings(), signer: createSigner(Buffer.alloc(32, 1)), end: undefined }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (subject, text) => {
        const rendered = renderMail(message({ subject: `${subject}\r\nBcc: evil@x.test`, text: `x${text}` }), facts)
        if (!rendered.ok) return
        expect(rendered.mail.subject).not.toMatch(/[\r\n\0]/)
        expect(rendered.mail.envelope.to).toBe(theirs)
      }),
    )
  })

  it('is filed among sent mail by us where the server does not do so', async () => {
    const filing = open({ EMAIL_SENT_FILED_BY: 'us' })
    await filing.send(message({ id: 'filed' }))
    await filing.stop()
    expect(provider.sent.mails).toHaveLength(2)
    const again = open({ EMAIL_SENT_FILED_BY: 'us' })
    expect(await again.find(message({ id: 'filed' }), new Date())).toMatchObject({ outcome: 'found' })
    expect(await again.find(message({ id: 'never' }), new Date())).toMatchObject({ outcome: 'unknown' })
    await again.stop()
  })

  it('is received, threaded and read back, over the same provider', async () => {
    const inbox = recordingInbox()
    await channel.start(inbox)
    provider.inbox.add(mail({}))
    while (inbox.events.length < 1) await pause(10)
    const [event] = inbox.events
    const first = event && channel.read(event)
    if (first?.type !== 'message') throw new Error(JSON.stringify(first))
    expect(first.message).toMatchObject({
      text: 'Hello',
      subject: 'Lobby light',
      senderProven: false,
      automatic: false,
    })
    await channel.send(message({ conversation: first.message.conversation }))
    const answered = await sentMail()
    provider.inbox.add(
      mail({ 'Message-ID': '<next@tenant.example.test>', 'In-Reply-To': answered.messageId }, 'Thanks'),
    )
    provider.inbox.add(
      mail(
        { From: 'eve@evil.example.test', 'Message-ID': '<eve@x.test>', 'In-Reply-To': answered.messageId },
        'And me?',
      ),
    )
    while (inbox.events.length < 3) await pause(10)
    const conversations = inbox.events.map(({ conversation }) => conversation)
    expect(conversations[1]).toBe(conversations[0])
    expect(conversations[2]).not.toBe(conversations[0])
    for (const payload of [null, 7, 'text', [], {}, { letter: 7 }])
      expect(channel.read({ ...(event as NonNullable<typeof event>), payload }).type).toBe('quarantine')
  })
})

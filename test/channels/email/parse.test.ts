import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openAttachment, parseMail } from '../../../src/channels/email/parse.ts'
import { mailKey } from '../../../src/channels/email/raw-mail.ts'
import { mail, multipart } from './mails.ts'

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')

describe('a mail', () => {
  it('keeps its author, recipients, subject, date and ids', async () => {
    const letter = await parseMail(
      mail({
        'Delivered-To': 'cases+cabc@example.test',
        'In-Reply-To': '<a@example.test>',
        References: '<r1@example.test> <r2@example.test>\r\n\t<r3@example.test> broken',
      }),
    )
    expect(letter).toMatchObject({
      from: { name: 'Mei Lam', address: 'mei@tenant.example.test' },
      recipients: ['cases+cabc@example.test', 'cases@example.test'],
      subject: 'Lobby light',
      sentAt: '2026-11-21T00:00:00.000Z',
      messageId: 'first@tenant.example.test',
      inReplyTo: ['a@example.test'],
      references: ['r1@example.test', 'r2@example.test', 'r3@example.test'],
    })
  })

  it.each([
    ['big5', 'a4a4a4e5', '中文'],
    ['gb18030', 'd6d0cec4', '中文'],
    ['iso-2022-jp', '1b2442467c4b5c1b2842', '日本'],
    ['koi8-r', 'f0d2c9d7c5d4', 'Привет'],
    ['windows-1252', '477275df80', 'Gruß€'],
  ])('is read in %s', async (charset, bytes, text) => {
    const body = base64(Buffer.from(bytes, 'hex'))
    const letter = await parseMail(
      mail({ 'Content-Type': `text/plain; charset=${charset}`, 'Content-Transfer-Encoding': 'base64' }, body),
    )
    expect(letter.text.trim()).toBe(text)
  })

  it('is read from HTML when it has no plain text, without styles, images and scripts', async () => {
    const html =
      '<style>p{}</style><h1>Notice</h1><p>Lift <b>2</b> is stuck</p><script>x()</script><img src="http://x.test/a.gif" alt="pixel"><blockquote>old</blockquote>'
    const letter = await parseMail(mail({ 'Content-Type': 'text/html; charset=utf-8' }, html))
    expect(letter.text).toBe('Notice\n\nLift 2 is stuck\n> old')
  })

  it('has its attachments described by size, digest and what their bytes say, under a safe name', async () => {
    const pdf = Buffer.from('%PDF-1.4 not really')
    const raw = multipart({}, [
      'Content-Type: text/plain\n\nSee the photo',
      `Content-Type: image/jpeg; name="../../etc/pass\u202Ewd.jpg"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n${base64(pdf)}`,
      `Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="run.txt"\nContent-Transfer-Encoding: base64\n\n${base64('MZ\u0090\u0000')}`,
    ])
    const { attachments } = await parseMail(raw)
    expect(attachments).toMatchObject([
      {
        name: 'passwd.jpg',
        contentType: 'application/pdf',
        sizeBytes: pdf.length,
        sha256: createHash('sha256').update(pdf).digest('hex'),
      },
      { name: 'run.txt', contentType: 'application/x-msdownload' },
    ])
    expect((await openAttachment(raw, attachments[0]?.part ?? ''))?.content).toEqual(pdf)
    expect(await openAttachment(raw, '9')).toBeUndefined()
  })

  it('has the files that Outlook packed into a winmail.dat', async () => {
    const raw = multipart({}, [
      'Content-Type: text/plain\n\nSee the file',
      `Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n${base64(tnef('duty.csv', 'a,b'))}`,
    ])
    const { attachments } = await parseMail(raw)
    expect(attachments).toMatchObject([{ name: 'duty.csv', sizeBytes: 3, part: '0.0' }])
    expect((await openAttachment(raw, '0.0'))?.content.toString()).toBe('a,b')
  })

  it('without author, date and id is still read', async () => {
    const letter = await parseMail(mail({ From: undefined, Date: 'yesterday', 'Message-ID': 'nonsense' }))
    expect(letter).toMatchObject({ text: expect.stringContaining('Hello') })
    expect(letter).not.toHaveProperty('from')
    expect(letter).not.toHaveProperty('messageId')
    expect(letter).not.toHaveProperty('sentAt')
  })
})

describe('a mail that nothing can parse', () => {
  it('keeps what its headers say, and why', async () => {
    const nested = Array.from(
      { length: 1_200 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i + 1}\n\n--b${i + 1}`,
    )
    const letter = await parseMail(
      mail({ 'Content-Type': 'multipart/mixed; boundary=b0' }, `--b0\n${nested.join('\n')}`),
    )
    expect(letter).toMatchObject({
      problem: expect.stringMatching(/child nodes/),
      from: { address: 'mei@tenant.example.test' },
      subject: 'Lobby light',
      messageId: 'first@tenant.example.test',
      text: '',
    })
  })
})

describe('the key of a mail', () => {
  it('is the same over every path it may take', () => {
    const twice = mail({ Received: 'from a by b', 'Delivered-To': 'x@example.test' })
    expect(mailKey(twice)).toBe(mailKey(mail({})))
  })

  it('differs when an id is used again for other words, or by another author', () => {
    const keys = [mail({}), mail({}, 'Other words'), mail({ From: 'eve@evil.example.test' })].map(mailKey)
    expect(new Set(keys).size).toBe(3)
  })

  it('is made of all bytes where there is no id', () => {
    const without = { 'Message-ID': undefined }
    expect(mailKey(mail(without))).toBe(mailKey(mail(without)))
    expect(mailKey(mail(without))).not.toBe(mailKey(mail({ ...without, 'X-Other': '1' })))
  })
})

function tnef(name: string, content: string): Buffer {
  const attribute = (level: number, id: number, data: Buffer) => {
    const head = Buffer.alloc(9)
    head.writeUInt8(level, 0)
    head.writeUInt32LE(id, 1)
    head.writeUInt32LE(data.length, 5)
    return Buffer.concat([head, data, Buffer.alloc(2)])
  }
  const start = Buffer.alloc(6)
  start.writeUInt32LE(0x223e9f78, 0)
  return Buffer.concat([
    start,
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from(`${name}\0`)),
    attribute(2, 0x0006800f, Buffer.from(content)),
  ])
}

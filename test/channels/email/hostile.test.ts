import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMailParser, type MailParser } from '../../../src/channels/email/parser.ts'
import { mail, multipart } from './mails.ts'

const megabyte = 1_048_576
const nested = (depth: number) =>
  mail(
    { 'Content-Type': 'multipart/mixed; boundary=b0' },
    `--b0\n${Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i + 1}\n\n--b${i + 1}`).join('\n')}`,
  )

/** What strangers send to break a reader. */
const attacks: readonly (readonly [name: string, make: () => Buffer])[] = [
  ['5,000 nested parts', () => nested(5_000)],
  [
    '50,000 parts',
    () =>
      multipart(
        {},
        Array.from({ length: 50_000 }, () => 'Content-Type: text/plain\n\nx'),
      ),
  ],
  ['a header of 5 MB', () => mail({ 'X-Long': 'a'.repeat(5 * megabyte) })],
  ['50,000 headers', () => Buffer.concat([Buffer.from('X-Many: 1\r\n'.repeat(50_000)), mail({})])],
  ['20,000 newlines', () => mail({}, '\n'.repeat(20_000))],
  ['80,000 spaces', () => mail({}, ' '.repeat(80_000))],
  ['HTML nested 50,000 deep', () => mail({ 'Content-Type': 'text/html' }, '<div>'.repeat(50_000))],
  ['10 MB of HTML', () => mail({ 'Content-Type': 'text/html' }, '<p>x</p>'.repeat(megabyte + 300_000))],
  [
    'a bomb in an attachment, which is never opened',
    () =>
      multipart({}, [
        'Content-Type: text/plain\n\nx',
        `Content-Type: application/gzip; name=a.gz\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n${gzipSync(Buffer.alloc(50 * megabyte)).toString('base64')}`,
      ]),
  ],
  ['100,000 references', () => mail({ References: '<a@b.test> '.repeat(100_000) })],
  ['100,000 recipients', () => mail({ To: Array.from({ length: 100_000 }, (_, i) => `u${i}@x.test`).join(', ') })],
  ['a line of 10 MB', () => mail({}, 'a'.repeat(10 * megabyte))],
  ['nothing at all', () => Buffer.alloc(0)],
  ['bytes without meaning', () => Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 256))],
]

describe('a hostile mail', () => {
  let parser: MailParser
  beforeAll(async () => {
    parser = createMailParser({ timeoutMs: 12_000, memoryMb: 384 })
    await parser.parse(mail({}))
  }, 60_000)
  afterAll(() => parser?.close())

  it.each(attacks)(
    'of %s is read or kept as unparsed, within its budget, and the next mail is read',
    async (_name, make) => {
      const before = process.memoryUsage().rss
      const started = performance.now()
      const letter = await parser.parse(make())
      const ms = performance.now() - started
      const grown = (process.memoryUsage().rss - before) / megabyte
      expect(ms).toBeLessThan(13_000)
      expect(grown).toBeLessThan(900)
      expect(JSON.stringify(letter).length).toBeLessThan(2 * megabyte)
      console.log(`${_name}: ${Math.round(ms)} ms, ${letter.problem ?? 'read'}`)
      expect((await parser.parse(mail({}))).text).toContain('Hello')
    },
    60_000,
  )

  it('that takes for ever is given up, keeps what its headers say, and holds up nothing', async () => {
    const hasty = createMailParser({ timeoutMs: 1, memoryMb: 384 })
    const letter = await hasty.parse(mail({}, 'x'.repeat(megabyte)))
    expect(letter).toMatchObject({ problem: expect.stringMatching(/longer than/), subject: 'Lobby light' })
    await hasty.close()
  })
})

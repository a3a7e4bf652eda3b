import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { createMailArchive } from '../../../src/channels/email/archive.ts'
import { createEmailChannel } from '../../../src/channels/email/email.ts'
import { parseEmailSettings } from '../../../src/channels/email/settings.ts'
import { memoryInMemory, noCases } from './provider.ts'

type HangUp = (socket: Socket) => void
type Mood = { readonly afterMail?: HangUp; readonly beforeMail?: HangUp }

/** A submission server that can hang up at a moment of its choice, without a word. */
async function startServer(mood: (connection: number) => Mood) {
  const taken: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    const { afterMail, beforeMail } = mood(++connections)
    sockets.add(socket)
    socket.on('error', () => {})
    let mail: string | undefined
    let mails = 0
    const answer = (line: string) => socket.write(`${line}\r\n`)
    const hear = (line: string) => {
      if (mail === undefined) {
        if (/^MAIL/i.test(line) && beforeMail && mails > 0) return beforeMail(socket)
        if (/^DATA/i.test(line)) mail = ''
        return answer(mail === undefined ? '250 ok' : '354 go on')
      }
      mail += `${line}\n`
      if (line !== '.') return
      taken.push(mail)
      mail = undefined
      mails++
      if (afterMail) return afterMail(socket)
      answer('250 taken')
    }
    let rest = ''
    socket.on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) hear(line)
    })
    answer('220 hello')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port: (server.address() as AddressInfo).port, taken, close }
}

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function openAt(mood: (connection: number) => Mood) {
  const server = await startServer(mood)
  const directory = mkdtempSync(`${tmpdir()}/gatehouse-hang-up-`)
  const setup = parseEmailSettings({
    IMAP_URL: 'imap://cases%40example.test:pass@127.0.0.1:1/INBOX',
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    EMAIL_FROM: 'cases@example.test',
    EMAIL_SENT_FILED_BY: 'server',
  })
  if (setup.state !== 'on') throw new Error(JSON.stringify(setup))
  const archive = createMailArchive(directory)
  const channel = createEmailChannel(setup.settings, { memory: memoryInMemory(), archive, cases: noCases })
  ends.push(server.close, async () => rmSync(directory, { recursive: true, force: true }), channel.stop)
  const send = (id: string) =>
    channel.send({
      ...{ id, audience: 'customer', to: { channel: 'email', id: 'mei@tenant.example.test' } },
      ...{ conversation: 'email:cases@example.test:aaaabbbbccccdddd', text: 'We look into it.' },
    })
  return { server, send }
}

describe('a mail server that hangs up without a word', () => {
  it.each([
    ['politely', (socket: Socket) => void socket.end()],
    ['at once', (socket: Socket) => void socket.destroy()],
    ['with a reset', (socket: Socket) => void socket.resetAndDestroy()],
  ])(
    'after it was given the mail (%s) is given it once, and nobody knows',
    async (_how, afterMail) => {
      const { server, send } = await openAt(() => ({ afterMail }))
      const results = []
      for (let n = 1; n <= 10; n++) results.push((await send(`m${n}`)).outcome)
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(results).toEqual(Array(10).fill('unknown'))
      expect(server.taken).toHaveLength(10)
    },
    20_000,
  )

  it('on a connection that waited costs nothing: the mail goes over the next one', async () => {
    const { server, send } = await openAt(() => ({ beforeMail: (socket) => void socket.destroy() }))
    expect((await send('first')).outcome).toBe('sent')
    expect((await send('second')).outcome).toBe('sent')
    expect(server.taken).toHaveLength(2)
  }, 20_000)
})

import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

export type MoodySmtp = {
  readonly port: number
  /** The mails that arrived for each address, by their id and when. */
  readonly arrived: ReadonlyMap<string, readonly string[]>
  moods(): { readonly tookAndHungUp: number; readonly hungUp: number }
  close(): Promise<void>
}

type Door = { readonly server: { on(event: 'connection', hear: (socket: Socket) => void): void } }
type Socket = { readonly remotePort?: number; destroy(): void; once(event: 'close', hear: () => void): void }

/** Takes mail for anybody; with this chance it takes one, and with the same takes none, and hangs up without a word. */
export async function startMoodySmtp(chance: number): Promise<MoodySmtp> {
  const arrived = new Map<string, string[]>()
  const moods = { tookAndHungUp: 0, hungUp: 0 }
  const sockets = new Map<number, Socket>()
  const hangUp = ({ remotePort }: SMTPServerSession) => sockets.get(Number(remotePort))?.destroy()
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true },
    onData: (stream, session, done) => {
      let head = ''
      stream.on('data', (chunk: Buffer) => {
        head += chunk.toString('latin1')
      })
      stream.on('end', () => {
        const mood = Math.random()
        if (mood < chance) {
          moods.hungUp++
          return hangUp(session)
        }
        // Counted when it is taken, whoever asks for the answer: the other end may be killed before it reads it.
        const id = `${/^message-id: (.*)$/im.exec(head)?.[1]?.trim()} at ${new Date().toISOString()}`
        for (const { address } of session.envelope.rcptTo) arrived.set(address, [...(arrived.get(address) ?? []), id])
        if (mood > 1 - chance) {
          moods.tookAndHungUp++
          return hangUp(session)
        }
        setTimeout(done, Math.random() * 150)
      })
    },
  })
  server.on('error', () => {})
  const door = server as unknown as Door
  door.server.on('connection', (socket) => {
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived,
    moods: () => ({ ...moods }),
    close: async () => {
      for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { SMTPServer } from 'smtp-server'

export type TakenMail = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
  /** Handed in by our own user, as opposed to mail from outside. */
  readonly isSubmitted: boolean
}

export type SmtpHost = {
  readonly isUser: (user: string, password: string) => boolean
  readonly isOurs: (address: string) => boolean
  readonly take: (mail: TakenMail) => void
}

export type LocalSmtp = { readonly port: number; close(): Promise<void> }

const most = { size: 5_000_000, closeTimeout: 100 }

/** An SMTP server on this machine. The library behind it is loaded with the first connection: most demonstrations need none. */
export async function startLocalSmtp(host: SmtpHost): Promise<LocalSmtp> {
  const sockets = new Set<Socket>()
  let server: Promise<SMTPServer> | undefined
  const door = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    server ??= serverFor(host)
    server.then(
      (smtp) => smtp.server.emit('connection', socket),
      () => socket.destroy(),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  return {
    port: (door.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => door.close(resolve))
    },
  }
}

const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

/** Our user may write to anybody; strangers only to us, as a mail exchanger has it. */
async function serverFor({ isUser, isOurs, take }: SmtpHost): Promise<SMTPServer> {
  const { SMTPServer: Server } = await import('smtp-server')
  const server = new Server({
    ...{
      ...most,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: true,
      disableReverseLookup: true,
    },
    onAuth: ({ username, password }, _session, done) =>
      isUser(username ?? '', password ?? '')
        ? done(null, { user: username ?? '' })
        : done(refusal(535, '5.7.8 wrong user or password')),
    onRcptTo: ({ address }, { user }, done) =>
      done(user !== undefined || isOurs(address ?? '') ? undefined : refusal(550, '5.7.1 relaying denied')),
    onData: (stream, { envelope, user }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 too large'))
        const from = mailFrom === false ? '' : mailFrom.address
        const to = rcptTo.map(({ address }) => address.toLowerCase())
        take({ from, to, raw: Buffer.concat(chunks), isSubmitted: user !== undefined })
        done()
      })
    },
  })
  server.on('error', () => {})
  return server
}

import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { answerCommand, type ImapCommand, type ImapHost, type ImapSession } from './imap-commands.ts'

export type LocalImap = {
  readonly port: number
  /** Listens again on the same port. */
  open(): Promise<void>
  /** Nobody listens any more, and every connection is cut. */
  shut(): Promise<void>
}

/** An IMAP server on this machine: enough of RFC 3501 and IDLE (RFC 2177) for a mailbox to be read over a real connection. */
export async function startLocalImap(host: ImapHost): Promise<LocalImap> {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0
  const open = async () => {
    if (server !== undefined) return
    const opened = createServer((socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      socket.on('error', () => {})
      serve(socket, host)
    })
    await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve))
    port = (opened.address() as AddressInfo).port
    server = opened
  }
  await open()
  return {
    get port() {
      return port
    },
    open,
    shut: async () => {
      const closing = server
      server = undefined
      for (const socket of sockets) socket.destroy()
      if (closing) await new Promise((resolve) => closing.close(resolve))
    },
  }
}

function serve(socket: Socket, host: ImapHost): void {
  const session: ImapSession = { user: undefined, box: undefined, idleTag: undefined }
  let leave = () => {}
  let told = 0
  const tellNew = () => {
    const { idleTag, box } = session
    if (idleTag === undefined || box === undefined || box.mails.length === told) return
    told = box.mails.length
    socket.write(`* ${told} EXISTS\r\n`)
  }
  const read = createReader(
    (command) => {
      if (session.idleTag !== undefined) {
        socket.write(`${session.idleTag} OK IDLE ended\r\n`)
        session.idleTag = undefined
        return
      }
      if (command.verb === 'LOGOUT') return void socket.end(`* BYE\r\n${command.tag} OK LOGOUT\r\n`)
      if (command.verb === 'IDLE') {
        session.idleTag = command.tag
        socket.write('+ idling\r\n')
        // What came while other things were asked is told now (RFC 3501 section 5.2), or nobody would look for it.
        return tellNew()
      }
      for (const part of answerCommand(command, session, host)) socket.write(part)
      leave()
      if (command.verb === 'SELECT') told = session.box?.mails.length ?? 0
      leave = session.box?.onNew(tellNew) ?? leave
    },
    () => socket.write('+ go on\r\n'),
  )
  socket.on('data', read)
  socket.once('close', () => leave())
  socket.write('* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS SPECIAL-USE] ready\r\n')
}

/** Puts commands together from what arrives: lines, and literals of announced length inside them. */
function createReader(onCommand: (command: ImapCommand) => void, onLiteral: () => void): (data: Buffer) => void {
  let waiting = Buffer.alloc(0)
  let text = ''
  let literals: Buffer[] = []
  let wanted: number | undefined
  const step = (): boolean => {
    if (wanted !== undefined) {
      if (waiting.length < wanted) return false
      literals.push(waiting.subarray(0, wanted))
      waiting = waiting.subarray(wanted)
      wanted = undefined
      return true
    }
    const end = waiting.indexOf('\r\n')
    if (end < 0) return false
    text += waiting.toString('utf8', 0, end)
    waiting = waiting.subarray(end + 2)
    const announced = /\{(\d+)\+?\}$/.exec(text)
    if (announced !== null) {
      wanted = Number(announced[1])
      text = text.slice(0, announced.index)
      onLiteral()
      return true
    }
    onCommand(commandOf(text, literals))
    text = ''
    literals = []
    return true
  }
  return (data) => {
    waiting = Buffer.concat([waiting, data])
    while (step());
  }
}

function commandOf(line: string, literals: readonly Buffer[]): ImapCommand {
  const [, tag = '', verb = '', rest = ''] = /^(\S+)\s*(?:UID )?(\S*)\s*(.*)$/is.exec(line) ?? []
  return { tag, verb: verb.toUpperCase(), rest, literals }
}

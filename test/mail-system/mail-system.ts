import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { dovecotConfig, postfixConfig, vacationScript } from './mail-system-config.ts'

export const password = 'pass'
export const users = ['cases', 'mei', 'ann', 'vacation', 'officer'] as const

/** A real Dovecot (IMAP, LMTP, Sieve) and, where asked for, a real Postfix before it, on this machine's loopback. */
export type MailSystem = {
  readonly imapPort: number
  readonly lmtpPort: number
  readonly smtpPort: number
  /** Hands a raw mail straight to Dovecot, as a mail exchanger does. */
  deliver(raw: Buffer, to: string, from?: string): Promise<void>
  /** Sends through Postfix, as a person's mail program does. */
  submit(raw: Buffer, to: string, from: string): Promise<void>
  /** Signals the IMAP processes that serve logged-in clients. */
  signalImap(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  stopDovecot(): Promise<void>
  startDovecot(): Promise<void>
  readonly directory: string
  close(): Promise<void>
}

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

/** Why the tests cannot run here; undefined when they can. */
export function whyNot(wanted: 'dovecot' | 'postfix'): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root, to start mail servers'
  if (!has('dovecot') || !existsSync('/usr/lib/dovecot/lmtp'))
    return 'needs dovecot-imapd, dovecot-lmtpd, dovecot-sieve'
  if (wanted === 'postfix' && !existsSync('/usr/sbin/postfix')) return 'needs postfix'
  return undefined
}

const nobody = 65_534

export async function startMailSystem({ postfix = false, oauthPort = 0 } = {}): Promise<MailSystem> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-mail-'))
  const [imapPort, lmtpPort, smtpPort] = await Promise.all([freePort(), freePort(), freePort()])
  const ports = { imapPort, lmtpPort, smtpPort, oauthPort }
  prepareDirectories(directory, ports)
  let dovecot: ChildProcess | undefined
  const startDovecot = async () => {
    dovecot = spawn('dovecot', ['-F', '-c', join(directory, 'dovecot.conf')], { stdio: 'ignore' })
    await untilListening(imapPort)
    await untilListening(lmtpPort)
  }
  const stopDovecot = async () => {
    const child = dovecot
    dovecot = undefined
    if (child === undefined) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await exited
  }
  await startDovecot()
  if (postfix) await startPostfix(directory, ports)
  return {
    ...{ imapPort, lmtpPort, smtpPort, directory, startDovecot, stopDovecot },
    deliver: (raw, to, from = 'mei@example.test') => send({ port: lmtpPort, lmtp: true }, raw, { to, from }),
    submit: (raw, to, from) => send({ port: smtpPort }, raw, { to, from }),
    signalImap: (signal) => {
      for (const pid of imapProcesses(dovecot?.pid)) signalIfThere(pid, signal)
    },
    close: async () => {
      if (postfix) spawnSync('postfix', ['-c', join(directory, 'postfix/conf'), 'stop'], { stdio: 'ignore' })
      await stopDovecot()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

type Ports = Parameters<typeof dovecotConfig>[1]

function prepareDirectories(directory: string, ports: Ports): void {
  for (const name of ['base', 'state', 'mail', 'home', 'home/vacation@example.test'])
    mkdirSync(join(directory, name), { recursive: true })
  spawnSync('chmod', ['755', directory])
  for (const name of ['mail', 'home', 'home/vacation@example.test']) chownSync(join(directory, name), nobody, nobody)
  writeFileSync(
    join(directory, 'users'),
    users.map((user) => `${user}@example.test:{PLAIN}${password}::::::\n`).join(''),
  )
  writeFileSync(join(directory, 'home/vacation@example.test/.dovecot.sieve'), vacationScript)
  chownSync(join(directory, 'home/vacation@example.test/.dovecot.sieve'), nobody, nobody)
  writeFileSync(join(directory, 'dovecot.conf'), dovecotConfig(directory, ports))
  writeFileSync(join(directory, 'oauth2.conf'), oauthConfig(ports.oauthPort))
}

const oauthConfig = (port: number) => `introspection_url = http://127.0.0.1:${port}/introspect
introspection_mode = post
username_attribute = username
active_attribute = active
active_value = true
tokeninfo_url =
force_introspection = yes
`

async function startPostfix(directory: string, ports: Ports): Promise<void> {
  const root = join(directory, 'postfix')
  for (const name of ['conf', 'queue', 'data']) mkdirSync(join(root, name), { recursive: true })
  spawnSync('chown', ['postfix', join(root, 'data')])
  writeFileSync(join(root, 'conf/main.cf'), postfixConfig(root, ports))
  const shipped = readFileSync('/usr/share/postfix/master.cf.dist', 'utf8')
  const master = shipped
    .replace(/^smtp +inet .*$/m, `127.0.0.1:${ports.smtpPort} inet n - n - - smtpd`)
    .replace(/^([a-z]+ +(?:unix|inet) +[-yn]+ +[-yn]+ +)y /gm, '$1n ')
  writeFileSync(join(root, 'conf/master.cf'), master)
  spawnSync('postfix', ['-c', join(root, 'conf'), 'start'], { stdio: 'ignore' })
  await untilListening(ports.smtpPort)
}

type Ends = { readonly to: string; readonly from: string }

async function send(options: object, raw: Buffer, { to, from }: Ends): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', ignoreTLS: true, ...options } as never)
  try {
    await transport.sendMail({ envelope: { from, to }, raw })
  } finally {
    transport.close()
  }
}

/** One may have ended since it was listed. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Only processes that Dovecot itself started for clients: children of the one we started. */
function imapProcesses(parent: number | undefined): number[] {
  if (parent === undefined) return []
  const listed = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)], { encoding: 'utf8' }).stdout
  return listed
    .split('\n')
    .filter((line) => /dovecot\/imap(?!-)/.test(line))
    .map((line) => Number.parseInt(line, 10))
}

export async function untilListening(port: number, patienceMs = 10_000): Promise<void> {
  const end = Date.now() + patienceMs
  while (Date.now() < end) {
    if (await answers(port)) return
    await pause(20)
  }
  throw new Error(`nothing listens on port ${port}`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

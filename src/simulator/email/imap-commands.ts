import type { LocalMailbox, StoredMail } from './mailboxes.ts'

/** What one logged-in client has open. */
export type ImapSession = { user: string | undefined; box: LocalMailbox | undefined; idleTag: string | undefined }

export type ImapCommand = {
  readonly tag: string
  readonly verb: string
  readonly rest: string
  readonly literals: readonly Buffer[]
}

export type ImapHost = {
  readonly isUser: (user: string, password: string) => boolean
  readonly folders: () => readonly string[]
  readonly open: (folder: string) => LocalMailbox | undefined
}

type Answer = readonly (string | Buffer)[]

const done = ({ tag, verb }: ImapCommand, text = 'completed'): string => `${tag} OK ${verb} ${text}\r\n`
const no = ({ tag }: ImapCommand, text: string): string => `${tag} NO ${text}\r\n`

/** Answers one command of RFC 3501, of the few that Gatehouse's mailbox reader uses. */
export function answerCommand(command: ImapCommand, session: ImapSession, host: ImapHost): Answer {
  switch (command.verb) {
    case 'CAPABILITY':
      return ['* CAPABILITY IMAP4rev1 IDLE UIDPLUS SPECIAL-USE\r\n', done(command)]
    case 'LOGIN':
      return login(command, session, host)
    case 'NOOP':
    case 'ENABLE':
    case 'UNSELECT':
    case 'CLOSE':
      return [done(command)]
    case 'LIST':
    case 'LSUB':
      return [...list(command, host), done(command)]
    case 'SELECT':
    case 'EXAMINE':
      return select(command, session, host)
    case 'FETCH':
      return [...fetch(command, session), done(command)]
    case 'SEARCH':
      return [search(command, session), done(command)]
    case 'STORE':
      return store(command, session)
    case 'APPEND':
      return append(command, host)
    default:
      return [`${command.tag} BAD unknown command\r\n`]
  }
}

function login(command: ImapCommand, session: ImapSession, host: ImapHost): Answer {
  const [user = '', password = ''] = words(command)
  if (!host.isUser(user, password)) return [no(command, '[AUTHENTICATIONFAILED] wrong user or password')]
  session.user = user
  return [done(command)]
}

/** An empty pattern asks only for the delimiter (RFC 3501 section 6.3.8). */
function list(command: ImapCommand, host: ImapHost): Answer {
  return words(command)[1] === '' ? ['* LIST (\\Noselect) "/" ""\r\n'] : host.folders().map(listLine)
}

const listLine = (folder: string): string =>
  `* LIST (\\HasNoChildren${folder === 'Sent' ? ' \\Sent' : ''}) "/" "${folder}"\r\n`

function select(command: ImapCommand, session: ImapSession, host: ImapHost): Answer {
  const box = host.open(words(command)[0] ?? '')
  if (box === undefined) return [no(command, '[NONEXISTENT] no such folder')]
  session.box = box
  return [
    `* FLAGS (\\Seen $CaseStored)\r\n* ${box.mails.length} EXISTS\r\n* 0 RECENT\r\n`,
    `* OK [PERMANENTFLAGS (\\Seen $CaseStored \\*)] flags\r\n`,
    `* OK [UIDVALIDITY ${box.uidValidity}] valid\r\n* OK [UIDNEXT ${box.nextUid}] next\r\n`,
    `${command.tag} OK [READ-WRITE] selected\r\n`,
  ]
}

/** The mails a set names, by UID; `*` is the newest one whatever stands before it (RFC 3501 section 9, seq-range). */
function chosen(set: string, box: LocalMailbox | undefined): { readonly mail: StoredMail; readonly seq: number }[] {
  const mails = box?.mails ?? []
  const highest = mails.at(-1)?.uid ?? 0
  const number = (text: string | undefined) => (text === '*' ? highest : Number(text))
  const ranges = set.split(',').map((part) => {
    const [first, last] = part.split(':')
    const ends = [number(first), number(last ?? first)]
    return [Math.min(...ends), Math.max(...ends)] as const
  })
  return mails.flatMap((mail, i) =>
    ranges.some(([from, to]) => mail.uid >= from && mail.uid <= to) ? [{ mail, seq: i + 1 }] : [],
  )
}

function fetch({ rest }: ImapCommand, { box }: ImapSession): Answer {
  const [, set = '', items = ''] = /^(\S+) (.*)$/s.exec(rest) ?? []
  return chosen(set, box).flatMap(({ mail, seq }) => {
    const flags = [...mail.flags].join(' ')
    const head = `* ${seq} FETCH (UID ${mail.uid} RFC822.SIZE ${mail.raw.length} INTERNALDATE "${imapDate(mail.at)}" FLAGS (${flags})`
    if (!/BODY\.PEEK\[\]|BODY\[\]/i.test(items)) return [`${head})\r\n`]
    return [`${head} BODY[] {${mail.raw.length}}\r\n`, mail.raw, ')\r\n']
  })
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function imapDate(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2, ' ')
  return `${day}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} +0000`
}

/** Only HEADER, which is all that looking for a sent mail needs. */
function search({ rest }: ImapCommand, { box }: ImapSession): string {
  const [, name = '', value = ''] = /HEADER "?([^\s"]+)"? "?([^"]*?)"?\s*$/i.exec(rest) ?? []
  const wanted = `${name}: ${value}`.toLowerCase()
  const found = (box?.mails ?? []).filter(
    ({ raw }) => name === '' || raw.toString('latin1').toLowerCase().includes(wanted),
  )
  return `* SEARCH ${found.map(({ uid }) => uid).join(' ')}`.trimEnd().concat('\r\n')
}

function store(command: ImapCommand, { box }: ImapSession): Answer {
  const [, set = '', flags = ''] = /^(\S+) \+FLAGS(?:\.SILENT)? \(([^)]*)\)/i.exec(command.rest) ?? []
  for (const { mail } of chosen(set, box)) for (const flag of flags.split(' ')) mail.flags.add(flag)
  return [done(command)]
}

function append(command: ImapCommand, host: ImapHost): Answer {
  const box = host.open(words(command)[0] ?? '')
  const [raw] = command.literals
  if (box === undefined || raw === undefined) return [no(command, '[TRYCREATE] no such folder')]
  const uid = box.add(raw)
  return [`${command.tag} OK [APPENDUID ${box.uidValidity} ${uid}] appended\r\n`]
}

/** Arguments, whether bare or quoted. */
function words({ rest }: ImapCommand): string[] {
  return [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '',
  )
}

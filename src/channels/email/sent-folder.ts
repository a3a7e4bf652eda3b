import type { ImapFlow } from 'imapflow'
import type { LoginSource } from './credentials.ts'
import { closeClient, type ImapTiming, openClient } from './imap-client.ts'
import type { EmailSettings } from './settings.ts'

export type SentFolder = {
  /** Whether a mail with this Message-ID lies there; rejects when the server cannot be asked. */
  has(messageId: string): Promise<boolean>
  /** Files a copy in the background; one that fails is reported and forgotten, since the mail itself has gone. */
  file(raw: Buffer): void
  /** Resolves when every copy is filed. */
  settled(): Promise<void>
}

type Deps = {
  readonly settings: Pick<EmailSettings, 'imap' | 'sent'>
  readonly login: LoginSource
  readonly timing: ImapTiming
  readonly onTrouble: (words: string) => void
}

const mostWaiting = 100

/** The folder of sent mail, over a connection of its own that is opened for each piece of work. */
export function createSentFolder(deps: Deps): SentFolder {
  let copies: Buffer[] = []
  let filing: Promise<void> | undefined

  async function fileAll(): Promise<void> {
    while (copies.length > 0) {
      const batch = copies
      copies = []
      await withFolder(deps, async (client, folder) => {
        for (const raw of batch) await client.append(folder, raw, ['\\Seen'])
      }).catch(() => deps.onTrouble('a copy of a sent mail could not be filed'))
    }
    filing = undefined
  }

  return {
    has: (messageId) =>
      withFolder(deps, async (client, folder) => {
        await client.mailboxOpen(folder, { readOnly: true })
        const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
        if (!Array.isArray(found)) throw new Error('the folder of sent mail could not be searched')
        return found.length > 0
      }),
    file: (raw) => {
      if (copies.length >= mostWaiting) return deps.onTrouble('too many copies of sent mail wait to be filed')
      copies.push(raw)
      filing ??= fileAll()
    },
    settled: async () => filing,
  }
}

async function withFolder<T>(deps: Deps, work: (client: ImapFlow, folder: string) => Promise<T>): Promise<T> {
  const client = await openClient(deps.settings.imap, await deps.login.login(), deps.timing)
  try {
    await client.connect()
    return await work(client, deps.settings.sent.folder ?? (await markedFolder(client)))
  } finally {
    await closeClient(client)
  }
}

/** RFC 6154: servers mark the folder that is called Sent, Sent Items or 寄件備份. */
async function markedFolder(client: ImapFlow): Promise<string> {
  const folders = await client.list()
  return folders.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? 'Sent'
}

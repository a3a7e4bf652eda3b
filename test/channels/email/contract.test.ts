import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMailArchive } from '../../../src/channels/email/archive.ts'
import { createEmailChannel } from '../../../src/channels/email/email.ts'
import { type ChannelHarness, describeChannelContract } from '../../contract/channel-contract.ts'
import { memoryInMemory, noCases, password, startProvider, takenBy } from './provider.ts'

describeChannelContract('e-mail', makeHarness)

async function makeHarness(): Promise<ChannelHarness> {
  const provider = await startProvider()
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-email-'))
  const options = {
    ...{ memory: memoryInMemory(), archive: createMailArchive(directory), cases: noCases },
    smtpTiming: { connectMs: 1_000, silenceMs: 600 },
  }
  const wrong = provider.settings({
    IMAP_URL: `imap://cases%40example.test:not-it@127.0.0.1:${provider.imap.port}/INBOX`,
  })
  let taken: { providerId: string; text: string }[] = []
  return {
    channel: createEmailChannel(provider.settings(), options),
    stranger: createEmailChannel(wrong, options),
    to: { channel: 'email', id: 'mei@tenant.example.test' },
    from: { channel: 'email', id: 'cases@example.test' },
    taken: () => {
      taken = takenBy(provider).map(({ mail, providerId }) => ({ providerId, text: plainTextOf(mail) }))
      return taken
    },
    trouble: provider.trouble,
    secrets: [password, 'mei@tenant.example.test', 'cases@example.test'],
    close: async () => {
      await provider.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The plain part of a mail of ours: base64, quoted-printable or as it is. */
function plainTextOf(mail: string): string {
  const part = /Content-Type: text\/plain[\s\S]*?(?=\r\n--)/i.exec(mail)?.[0] ?? ''
  const [head = '', ...body] = part.split('\r\n\r\n')
  const text = body.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8').trim()
  if (!/quoted-printable/i.test(head)) return text.trim()
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8').trim()
}

import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runGatehouse } from '../process/gatehouse.ts'
import { type MailSystem, password, startMailSystem, whyNot } from './mail-system.ts'

// Real servers, and the built product, on a machine that does other things too.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 240_000 })

const missing = whyNot('postfix')
if (missing) console.log(`skipped: the doctor on mail ${missing}`)

type Finding = { readonly part: string; readonly ok: boolean; readonly detail: string; readonly mend?: string }

describe.skipIf(missing !== undefined)('gatehouse doctor, at a real Dovecot and Postfix', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-doctor-'))
  // A firewall that drops what it does not like looks like this: connected, and silent.
  const silent = createServer(() => {})
  let system: MailSystem
  beforeAll(async () => {
    system = await startMailSystem({ postfix: true })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    silent.close()
    await system?.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function doctor(change: Readonly<Record<string, string>>): Promise<Finding> {
    const variables = {
      IMAP_URL: imap(`${password}@127.0.0.1:${system.imapPort}/INBOX`),
      SMTP_URL: `smtp://127.0.0.1:${system.smtpPort}`,
      EMAIL_FROM: 'Security desk <cases@example.test>',
      ...change,
    }
    const { stdout, stderr } = await runGatehouse(['doctor', '--json'], { dataDir, variables })
    expect(stdout + stderr).not.toContain(`${password}@`)
    const found = (JSON.parse(stdout) as Finding[]).find(({ part }) => part === 'email')
    if (found === undefined) throw new Error(stdout)
    console.log(`${found.ok ? 'ok' : 'FAULT'}: ${found.detail} → ${found.mend ?? ''}`)
    return found
  }
  const imap = (rest: string) => `imap://cases%40example.test:${rest}`
  const silentPort = () => (silent.address() as AddressInfo).port

  it('finds nothing wrong with a mailbox that works', async () => {
    expect(await doctor({})).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/INBOX can be read and mail can/),
    })
  })

  it.each([
    [
      'a wrong password',
      () => ({ IMAP_URL: imap(`no@127.0.0.1:${system.imapPort}/INBOX`) }),
      /refuses our user/,
      /password in IMAP_URL/,
    ],
    [
      'a wrong folder',
      () => ({ IMAP_URL: imap(`${password}@127.0.0.1:${system.imapPort}/Desk`) }),
      /no such folder/,
      /Create the folder "Desk"/,
    ],
    [
      'a closed port',
      () => ({ IMAP_URL: imap(`${password}@127.0.0.1:1/INBOX`) }),
      /receiving: .*ECONNREFUSED/,
      /port 1 there/,
    ],
    [
      'a port behind which nobody speaks',
      () => ({ IMAP_URL: imap(`${password}@127.0.0.1:${silentPort()}/INBOX`) }),
      /receiving: the mail server does not answer/,
      /firewall/,
    ],
    [
      'a host that does not exist',
      () => ({ IMAP_URL: `imaps://a:${password}@mail.nowhere.invalid:993/INBOX` }),
      /receiving: .*\((?:ENOTFOUND|EAI_AGAIN)\)/,
      /host in IMAP_URL/,
    ],
    ['a closed port for sending', () => ({ SMTP_URL: 'smtp://127.0.0.1:1' }), /sending: .*reached/, /port 1 there/],
    [
      'the two addresses interchanged',
      () => ({ IMAP_URL: imap(`${password}@127.0.0.1:${system.smtpPort}/INBOX`) }),
      /receiving: /,
      /IMAP_URL/,
    ],
    [
      'TLS where the server has none',
      () => ({ IMAP_URL: imap(`${password}@127.0.0.1:${system.imapPort}/INBOX`).replace('imap:', 'imaps:') }),
      /receiving: /,
      /IMAP_URL/,
    ],
  ])('explains %s', async (_what, change, detail, mend) => {
    const found = await doctor(change())
    expect(found).toMatchObject({ ok: false, detail: expect.stringMatching(detail), mend: expect.stringMatching(mend) })
  })
})

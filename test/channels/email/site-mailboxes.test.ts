import { describe, expect, it } from 'vitest'
import { parseMail } from '../../../src/channels/email/parse.ts'
import { readEvent } from '../../../src/channels/email/read-event.ts'
import { readChannels } from '../../../src/config/read-channels.ts'
import { loadConfig } from '../../../src/config.ts'
import { mail } from './mails.ts'

const { config } = loadConfig({ GATEHOUSE_CONFIG: 'config' })
if (config === undefined) throw new Error('the sample configuration must load')
const { places, duty } = config

const jade = 'jade-garden@desk.example.test'
const ours = {
  desk: { name: 'Desk', address: 'desk@desk.example.test' },
  siteAddresses: [jade, 'desk+tower@desk.example.test'],
}

async function readingOf(headers: Readonly<Record<string, string | undefined>>) {
  const letter = await parseMail(mail(headers))
  const authenticity = { verdict: 'unknown', spf: 'none', dkim: 'none', dmarc: 'none' } as const
  const place = { conversation: 'email:desk@desk.example.test:root' }
  const payload = { letter, raw: 'a'.repeat(64), sizeBytes: 1, mailbox: 'INBOX', uid: 1, place, authenticity }
  const event = { id: 'email:1', source: 'email', channel: 'email', receivedAt: new Date(), kind: 'message' } as const
  return readEvent({ ...event, conversation: place.conversation, payload }, ours)
}

async function addressedTo(headers: Readonly<Record<string, string | undefined>>): Promise<string> {
  const reading = await readingOf(headers)
  if (reading.type !== 'message') throw new Error(reading.type)
  return reading.message.to.id
}

describe('the site of a mail', () => {
  it.each([
    [{ To: jade }, jade],
    [{ To: 'Jade <JADE-Garden@Desk.Example.Test>' }, jade],
    [{ To: 'jade-garden+lift@desk.example.test' }, jade],
    [{ To: 'friend@else.example.test', Cc: jade }, jade],
    [{ To: 'undisclosed-recipients:;', 'Delivered-To': jade }, jade],
    [{ To: 'desk+tower@desk.example.test' }, 'desk+tower@desk.example.test'],
    [{ To: 'desk@desk.example.test' }, 'desk@desk.example.test'],
    [{ To: `${jade}.evil.test` }, 'desk@desk.example.test'],
  ])('follows from the address it was sent to: %o', async (headers, address) => {
    expect(await addressedTo(headers)).toBe(address)
  })

  it('is the one channels.yaml names, else the default', () => {
    expect(places.siteOf({ channel: 'email', id: jade })).toBe('jade-garden')
    expect(places.siteOf({ channel: 'email', id: 'desk@desk.example.test' })).toBe(places.file.defaultSite)
  })

  it('never makes us answer ourselves', async () => {
    expect(await readingOf({ From: jade })).toMatchObject({ type: 'suppress', reason: 'our own mail' })
  })
})

describe('mailboxes in channels.yaml', () => {
  const faultsOf = (mailboxes: readonly object[]) =>
    readChannels({ file: 'channels.yaml', content: { ...places.file, mailboxes } }, duty).faults.map(
      ({ key, message }) => `${key}: ${message}`,
    )

  it('are checked: the site, the address, each once, and nobody of ours', () => {
    const member = [...duty.staff.values()]
      .flatMap(({ methods }) => methods)
      .find((one) => one.address.channel === 'email')
    expect(faultsOf([{ address: jade, site: 'nowhere' }])).toEqual([
      'mailboxes[0].site: "nowhere" is not a site of rosters.yaml',
    ])
    expect(faultsOf([{ address: 'a@x, b@y', site: 'jade-garden' }])[0]).toMatch(/^mailboxes\[0\]\.address: must be one/)
    expect(
      faultsOf([
        { address: jade, site: 'jade-garden' },
        { address: 'JADE-garden@desk.example.test', site: 'jade-garden' },
      ]),
    ).toEqual(['mailboxes[1].address: is listed twice'])
    if (member !== undefined)
      expect(faultsOf([{ address: member.address.id, site: 'jade-garden' }])[0]).toMatch(/staff\.yaml/)
  })
})

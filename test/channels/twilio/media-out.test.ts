import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { carryByMms, carryByWhatsApp } from '../../../src/channels/twilio/media-out.ts'
import { type Desk, OURS, openDesk, THEIRS, text } from './desk.ts'

let desk: Desk | undefined
let server: Server | undefined
afterEach(async () => {
  server?.close()
  await desk?.close()
  desk = undefined
})

const file = (name: string, contentType: string, sizeBytes = 1_000) => ({ id: name, name, contentType, sizeBytes })
const picture = file('lift.png', 'image/png')
const permit = file('permit.pdf', 'application/pdf')
const ways = (carriages: readonly { readonly way: string }[]) => carriages.map(({ way }) => way)
const route = (to: string, from = OURS) => ({ to: { channel: 'sms', id: to }, from: { channel: 'sms', id: from } })

/** Where Twilio fetches what we attach. */
async function served(status: number): Promise<string> {
  const picked = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'image/png' }).end('a picture')
  })
  server = picked
  await new Promise<void>((resolve) => picked.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(picked.address() as AddressInfo).port}/files/one`
}

describe('how files go', () => {
  it('by WhatsApp one of them with the words, of the types it shows, and the others as links', () => {
    const all = [file('log.csv', 'text/csv'), permit, picture, file('big.png', 'image/png', 6 * 1_048_576)]
    expect(ways(carryByWhatsApp(all))).toEqual(['link', 'url', 'link', 'link'])
  })

  it('by SMS pictures within North America, and links everywhere else', () => {
    expect(ways(carryByMms([picture, permit], route(THEIRS)))).toEqual(['url', 'link'])
    expect(ways(carryByMms([picture], route('+85255550123')))).toEqual(['link'])
    expect(ways(carryByMms([picture], route(THEIRS, '+85255550100')))).toEqual(['link'])
  })
})

describe('a picture with a text', () => {
  it('is fetched by Twilio from the address it was given, and reaches the phone', async () => {
    desk = await openDesk()
    const enclosures = [{ ...picture, url: await served(200) }]
    expect(await desk.channel.send(text({ enclosures }))).toMatchObject({ outcome: 'sent' })
    await desk.local.settled()
    const [shown] = desk.local.messagesOf(THEIRS)
    expect(shown).toMatchObject({ status: 'delivered', media: [{ contentType: 'image/png' }] })
  })

  it('that Twilio cannot fetch is reported as failed, in words that say what to mend', async () => {
    desk = await openDesk()
    const enclosures = [{ ...picture, url: await served(403) }]
    await desk.channel.send(text({ enclosures }))
    await desk.local.settled()
    expect(desk.readings().at(-1)).toMatchObject({
      report: { state: 'failed', reason: expect.stringContaining('PUBLIC_URL') },
    })
  })
})

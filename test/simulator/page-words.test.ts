import { describe, expect, it } from 'vitest'

/** The page's modules are plain browser JavaScript; these have no document in them and run here as well. */
const page = (name: string) => import(new URL(`../../src/simulator/page/${name}`, import.meta.url).href)
const { deliveryWords } = (await page('delivery-words.js')) as {
  deliveryWords: (message: object) => { sign: string; words: string; look: string }
}
const { caseNumberIn, choicesIn, phrases } = (await page('phrases.js')) as {
  caseNumberIn: (texts: string[]) => string | undefined
  choicesIn: (text: string) => { number: string; label: string }[]
  phrases: { label: string; text: string }[]
}

describe('the state of a message, in words', () => {
  it.each([
    [{ direction: 'outbound-api', status: 'queued' }, 'Queued at Twilio', 'waiting'],
    [{ direction: 'outbound-api', status: 'sent' }, 'Sent to the carrier', 'waiting'],
    [{ direction: 'outbound-api', status: 'delivered' }, 'Delivered', 'arrived'],
    [{ direction: 'outbound-api', status: 'read' }, 'Read', 'arrived'],
    [{ direction: 'outbound-api', status: 'something new' }, 'something new', 'waiting'],
    [
      { direction: 'outbound-api', status: 'failed', errorCode: 63016 },
      'Not delivered: WhatsApp’s 24 hours are over (63016)',
      'failed',
    ],
    [
      { direction: 'outbound-api', status: 'undelivered', errorCode: 30099 },
      'Not delivered: Twilio’s code 30099',
      'failed',
    ],
    [{ direction: 'outbound-reply', status: 'delivered' }, 'From the carrier itself', 'arrived'],
    [{ direction: 'inbound', status: 'received' }, 'On its way to Gatehouse', 'waiting'],
    [{ direction: 'inbound', answer: { status: 200, attempts: 1 } }, 'Taken by Gatehouse', 'arrived'],
    [{ direction: 'inbound', answer: { status: 200, attempts: 2 } }, 'Taken by Gatehouse, after 2 tries', 'arrived'],
    [{ direction: 'inbound', answer: { status: 403, attempts: 1 } }, 'Refused by Gatehouse (HTTP 403)', 'failed'],
    [{ direction: 'inbound', answer: { attempts: 2 } }, 'Gatehouse did not answer, after 2 tries', 'failed'],
  ])('%j is "%s"', (message, words, look) => {
    expect(deliveryWords(message)).toMatchObject({ words, look })
  })
})

describe('the answers that a message offers', () => {
  it('are its last lines, numbered from one', () => {
    expect(choicesIn('Which did you mean?\n1. Parking\n2. 以上都不是')).toEqual([
      { number: '1', label: 'Parking' },
      { number: '2', label: '以上都不是' },
    ])
  })
  it.each(['No list', 'One line:\n1. only', 'Not from one:\n2. b\n3. c', '1. a\n2. b\nand words after'])(
    'are none in %j',
    (text) => {
      expect(choicesIn(text)).toEqual([])
    },
  )
})

describe('the ready-made messages', () => {
  it('ask about the newest case of the conversation', () => {
    expect(caseNumberIn(['case GH-2026-000001', 'hello', 'STATUS GH-2026-000012.'])).toBe('GH-2026-000012')
    expect(caseNumberIn(['hello'])).toBeUndefined()
  })
  it('are in both languages', () => {
    expect(phrases.filter(({ text }) => /\p{Script=Han}/u.test(text))).toHaveLength(3)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { automaticBecause, looksLikeBounce } from '../../../src/channels/email/automatic.ts'
import type { Letter } from '../../../src/channels/email/letter.ts'
import { createMailParser, type MailParser } from '../../../src/channels/email/parser.ts'
import { stripQuotes } from '../../../src/channels/email/strip-quotes.ts'
import { corpora, corpusMails } from './mails.ts'

const bounces = corpusMails('bounces')
const ordinary = corpusMails('mail')
const replies = corpusMails('replies/talon')
const desk = 'cases@example.test'
const budgetMs = 2_000

if (bounces.length === 0) console.log('skipped: the mail corpora are not beside this folder (../shared/corpora)')

/** These are mail in bulk, lists and reports although they lie among the ordinary ones. */
const machineMade =
  /delivery-status|large_text|bad_date_header|empty_in_reply_to|without_content_type|multi_address_bounce|multiple_status|report_422/
/** A person forwarding a bounce is a person. */
const forwardedByPeople = /lhost-sendmail-14/

describe.skipIf(bounces.length === 0)('mail of a hundred mail systems', () => {
  let parser: MailParser
  const read = new Map<string, Letter>()
  let slowest = { name: '', ms: 0 }

  beforeAll(async () => {
    parser = createMailParser({ timeoutMs: 10_000, memoryMb: 512 })
    await parser.parse(Buffer.from('Subject: warm up\r\n\r\nx'))
    for (const { name, raw } of [...bounces, ...ordinary, ...replies]) {
      const started = performance.now()
      read.set(name, await parser.parse(raw))
      const ms = performance.now() - started
      if (ms > slowest.ms) slowest = { name, ms }
    }
  }, 120_000)
  afterAll(() => parser?.close())

  const letterOf = (name: string): Letter => read.get(name) ?? { ...({} as Letter), problem: 'missing' }

  it('is read or kept as unparsed, none above its time budget', () => {
    const unread = [...read.values()].filter(({ problem }) => problem !== undefined)
    console.log(`${read.size} mails, ${unread.length} unparsed, slowest ${Math.round(slowest.ms)} ms (${slowest.name})`)
    expect(read.size).toBe(bounces.length + ordinary.length + replies.length)
    expect(slowest.ms).toBeLessThan(budgetMs)
  })

  it('is recognised as automatic: 99 % of bounces and autoresponders, and nothing that a person wrote', () => {
    const missed = bounces.filter(({ name }) => automaticBecause(letterOf(name), desk) === undefined)
    const people = [...ordinary, ...replies].filter(({ name }) => !machineMade.test(name))
    const taken = people.filter(({ name }) => automaticBecause(letterOf(name), desk) !== undefined)
    const recall = 1 - missed.length / bounces.length
    console.log(
      `automatic mail: recall ${(recall * 100).toFixed(1)} % of ${bounces.length}, precision ${taken.length === 0 ? 100 : 0} % on ${people.length} ordinary mails`,
    )
    expect(recall).toBeGreaterThanOrEqual(0.99)
    expect(missed.every(({ name }) => forwardedByPeople.test(name))).toBe(true)
    expect(taken.map(({ name }) => name)).toEqual([])
  })

  it('is told apart into bounces and the answers of people on holiday', () => {
    const away = bounces.filter(({ name }) => name.startsWith('rfc3834'))
    expect(away.filter(({ name }) => looksLikeBounce(letterOf(name))).map(({ name }) => name)).toEqual([])
    const reports = bounces.filter(({ name }) => /^(lhost-(postfix|sendmail|exim|gmail)|rfc3464)/.test(name))
    const known = reports.filter(({ name }) => looksLikeBounce(letterOf(name)))
    console.log(`bounces: ${known.length} of ${reports.length} of the usual mail systems`)
    expect(known.length / reports.length).toBeGreaterThan(0.95)
  })

  it('has its answer found in all twelve standard replies', () => {
    const found = replies.filter(
      ({ name }) => /^hello/i.test(stripQuotes(letterOf(name).text)) && stripQuotes(letterOf(name).text).length < 12,
    )
    console.log(`replies: ${found.length} of ${replies.length} (the best library: 11 of 12)`)
    expect(found).toHaveLength(replies.length)
  })

  it.each(['crisp/fixtures', 'github/emails'])('leaves neither quotation nor header of it in %s', (folder) => {
    const directory = join(corpora, 'replies', folder)
    const names = readdirSync(directory).filter((name) => name.endsWith('.txt'))
    const dirty = names.filter((name) => {
      const kept = stripQuotes(readFileSync(join(directory, name), 'utf8'))
      return /^\s*>|^(From|Von|De|Da): .*@|(wrote|schrieb|a écrit|escribió|ha scritto|skrev):\s*$/m.test(kept)
    })
    console.log(
      `${folder}: ${names.length - dirty.length} of ${names.length} clean${dirty.length > 0 ? `, not: ${dirty.join(', ')}` : ''}`,
    )
    expect(dirty.length / names.length).toBeLessThanOrEqual(0.05)
  })
})

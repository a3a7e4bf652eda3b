import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeBody, isEcho, toRawEvent } from '../../../src/channels/slack/parse.ts'
import { readEvent } from '../../../src/channels/slack/read-event.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'
import { storedForm } from './desk.ts'

/** Slack's own samples (slackapi/java-slack-sdk, MIT): real shapes with blanked values. They lie beside a checkout. */
const folder = ['../shared/contracts/slack-payloads', '../../shared/contracts/slack-payloads'].find(existsSync)
const samples =
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
        .map((entry) => join(entry.parentPath, entry.name))

if (folder === undefined) console.info('Slack’s payload samples are not here: their test is skipped')

describe.skipIf(folder === undefined)('every payload of Slack’s samples', () => {
  it('is there', () => expect(samples.length).toBeGreaterThan(90))

  it.each(samples)('%s is understood, or refused by name', (file) => {
    const body = decodeBody(Buffer.from(readFileSync(file)))
    expect(body).toBeDefined()
    if (body === undefined || isEcho(body)) return
    const event = toRawEvent(body, new Date('2026-03-04T02:00:00Z'))
    expect(event.id).toMatch(/^slack:/)
    const reading = readEvent(storedForm(event), commandWords)
    if (reading.type === 'suppress') expect(reading.reason).toMatch(/\w{4,}/)
    if (reading.type === 'quarantine') expect(reading.reason).toMatch(/shape|without|not known|readable/)
  })
})

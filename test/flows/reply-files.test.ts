import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileIdFor } from '../../src/core/attachments/outgoing.ts'
import { apiDesk, slackDesk } from '../parity/desks.ts'
import { openTeamsStage, type TeamsStage, teamsDesk } from '../parity/teams-desk.ts'
import { withStore } from './house.ts'

withStore()

let stage: TeamsStage
beforeEach(async () => {
  stage = await openTeamsStage()
})
afterEach(() => stage.close())

const wong = 'wong-siu-ming'
const lam = 'lam-mei-ling'
const slackOf = (id: string) =>
  stage.house.directory.byId(id)?.methods.find(({ address }) => address.channel === 'slack')?.address.id ?? ''
const teamsOf = (id: string) =>
  stage.house.directory.byId(id)?.methods.find(({ address }) => address.channel === 'teams')?.address.id ?? ''
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('an invented picture')])
const pdf = Buffer.from('%PDF-1.7 an invented permit')
const picture = { name: 'lift.png', contentType: 'image/png', bytes: png }
const permit = { name: 'permit.pdf', contentType: 'application/pdf', bytes: pdf }

/** What the customer got, with what stands in the outbox beside it. */
const lastTold = () => stage.phones.arrived.findLast(({ message }) => message.audience === 'customer')?.message

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 8_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('waited in vain')
    stage.house.wake()
    await stage.house.passes('1s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const isTold = (words: string) => until(() => lastTold()?.text.includes(words) === true)

async function taken(number: string, channel: 'sms' | 'whatsapp' = 'whatsapp'): Promise<string> {
  const caseId = await stage.newCase(number, channel)
  await stage.api(`/cases/${caseId}/commands/acknowledge`, { as: wong })
  return caseId
}

async function uploaded(as: string, { name, contentType, bytes }: typeof picture) {
  const headers = { authorization: 'Bearer an-invented-api-token', 'content-type': contentType }
  const query = new URLSearchParams({ as, name })
  const body = new Uint8Array(bytes)
  const response = await fetch(`${stage.url}/api/v1/files?${query}`, { method: 'POST', headers, body })
  return { status: response.status, body: (await response.json()) as { file?: string; detail?: string } }
}

describe('a file goes with a reply', () => {
  it('from a form in Slack: previewed, fetched, kept, and only then sent', async () => {
    const caseId = await taken('+12025550171')
    const file = stage.slack.control.upload(permit)
    const given = { by: wong, command: 'reply', caseId, args: { text: 'Here is the permit.', files: file } }
    const { refused, words } = await slackDesk(stage).give(given)
    expect(refused, words).toBe(false)
    await isTold('Here is the permit.')
    expect(lastTold()?.enclosures).toMatchObject([{ name: 'permit.pdf', contentType: 'application/pdf' }])
    const [replied] = (await stage.house.stores.cases.log(caseId)).filter(({ event }) => event.type === 'replied')
    expect(replied?.event).toMatchObject({ files: [{ name: 'permit.pdf', sizeBytes: pdf.length }] })
  })

  it('says before it is sent how it goes, and what cannot', async () => {
    const caseId = await taken('+12025550172')
    const ask = {
      user: { channel: 'slack', id: slackOf(wong) },
      command: 'reply',
      caseId,
      args: { text: 'See below.' },
    }
    const size = { sizeBytes: 1_200, ref: 'x' }
    const both = [
      { name: 'lift.png', contentType: 'image/png', ...size },
      { name: 'log.csv', contentType: 'text/csv', ...size },
    ]
    expect(await stage.house.reads.preview({ ...ask, files: both })).toMatchObject({
      ok: true,
      files: [
        'lift.png (1 kB): goes with the message',
        'log.csv (1 kB): goes as a link that opens for seven days (WhatsApp does not show this type)',
      ],
      told: [expect.stringContaining('log.csv: ')],
    })
    const faults = [
      [{ name: 'run.exe', contentType: 'application/x-msdownload', ...size }],
      [{ name: 'big.pdf', contentType: 'application/pdf', ref: 'x', sizeBytes: 11 * 1_048_576 }],
      [...both, ...both],
    ]
    for (const files of faults)
      expect(await stage.house.reads.preview({ ...ask, files })).toMatchObject({ ok: false, field: 'files' })
  })

  it('chosen in Teams from what was sent to Gatehouse before', async () => {
    const caseId = await taken('+12025550173')
    const { control } = stage.teams
    await control.say(teamsOf(wong), '', [control.upload(permit)]).delivered
    await stage.house.settle()
    expect(control.messages(control.chatOf(teamsOf(wong))).at(-1)?.text).toContain('Kept for a day: permit.pdf')
    const form = await stage.house.reads.form({
      user: { channel: 'teams', id: teamsOf(wong) },
      command: 'reply',
      caseId,
    })
    const field = form.ok ? form.form.fields.find(({ kind }) => kind === 'files') : undefined
    const [option] = field?.kind === 'files' ? field.options : []
    expect(option?.label).toContain('permit.pdf')
    const args = { text: 'The permit, as promised.', files: option?.id ?? '' }
    const { refused, words } = await teamsDesk(stage).give({ by: wong, command: 'reply', caseId, args })
    expect(refused, words).toBe(false)
    await isTold('The permit, as promised.')
    expect(lastTold()?.enclosures).toMatchObject([{ name: 'permit.pdf' }])
  })

  it('picked from the thread under the card, in either program', async () => {
    const caseId = await taken('+12025550174')
    const { control } = stage.slack
    const card = control.messages('C0HARBOUR1').find(({ blocks }) => JSON.stringify(blocks).includes(caseId))
    const user = slackOf(lam)
    const said = {
      user,
      channel: 'C0HARBOUR1',
      ts: card?.ts ?? '',
      text: 'From the contractor',
      fileIds: [control.upload(permit)],
    }
    await control.writeInThread(said).delivered
    await stage.house.settle()
    const teams = stage.teams.control
    const place = '19:0a1b2c3d4e5f60718293a4b5c6d7e8f9@thread.tacv2'
    const root = teams.messages(place).find(({ cards }) => JSON.stringify(cards).includes(caseId))?.id ?? ''
    const pictures = [teams.upload(picture)]
    await teams.mention({ user: teamsOf(wong), channel: place, text: 'the lift now', threadOf: root, pictures })
      .delivered
    await stage.house.settle()
    const ask = { user: { channel: 'slack', id: slackOf(wong) }, command: 'reply', caseId }
    const form = await stage.house.reads.form(ask)
    const field = form.ok ? form.form.fields.find(({ kind }) => kind === 'files') : undefined
    const labels = field?.kind === 'files' ? field.options.map(({ label }) => label.split(' ')[0]) : []
    expect(labels.toSorted()).toEqual(['lift.png', 'permit.pdf'])
    const noted = (await stage.house.stores.cases.log(caseId)).map(({ event }) => ('text' in event ? event.text : ''))
    expect(noted).toContain('From the contractor\n[permit.pdf]')
  })

  it('through the API', async () => {
    const caseId = await taken('+12025550175')
    const { status, body } = await uploaded(wong, picture)
    expect(status).toBe(200)
    const args = { text: 'This is how it looks now.', files: body.file ?? '' }
    const { refused, words } = await apiDesk(stage).give({ by: wong, command: 'reply', caseId, args })
    expect(refused, words).toBe(false)
    await isTold('how it looks now')
    expect(lastTold()?.enclosures).toMatchObject([{ name: 'lift.png' }])
  })
})

describe('a file does not go', () => {
  it('with somebody else’s answer, by its id alone', async () => {
    const caseId = await taken('+12025550176')
    const { body } = await uploaded(lam, permit)
    const args = { text: 'Not mine.', files: body.file ?? '' }
    const { refused, words } = await apiDesk(stage).give({ by: wong, command: 'reply', caseId, args })
    expect({ refused, words }).toMatchObject({ refused: true, words: expect.stringContaining('not here') })
  })

  it('when it is a program under another name, and then nothing is sent and the desk is told', async () => {
    const caseId = await taken('+12025550177')
    expect((await uploaded(wong, { ...permit, bytes: Buffer.from('MZ a program') })).status).toBe(400)
    const file = stage.slack.control.upload({ ...permit, bytes: Buffer.from('MZ a program') })
    const args = { text: 'Open this.', files: file }
    await slackDesk(stage).give({ by: wong, command: 'reply', caseId, args })
    const failed = async () =>
      (await stage.house.stores.cases.log(caseId)).some(({ event }) => event.type === 'delivery-failed')
    await until(failed)
    expect(lastTold()?.text ?? '').not.toContain('Open this.')
    expect(fileIdFor('an event', 0)).toHaveLength(22)
  })

  it('where only words are carried: then the customer gets a link that opens it, for a while', async () => {
    const caseId = await taken('+85255550178', 'sms')
    const { body } = await uploaded(wong, permit)
    await apiDesk(stage).give({
      by: wong,
      command: 'reply',
      caseId,
      args: { text: 'The permit.', files: body.file ?? '' },
    })
    await isTold('The permit.')
    const { text = '', enclosures } = lastTold() ?? {}
    expect(enclosures).toBeUndefined()
    expect(text).toMatch(/permit\.pdf: http\S+\/files\/[\w-]{22}\?until=\d+&signature=[\w-]{43} \(valid 7 days\)/)
  })
})

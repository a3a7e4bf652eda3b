import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultsIn } from '../channels/teams/card-parser.ts'
import { openTeamsStage, type TeamsStage } from '../parity/teams-desk.ts'
import { withStore } from './house.ts'

withStore()

let stage: TeamsStage
beforeEach(async () => {
  stage = await openTeamsStage()
})
afterEach(() => stage.close())

const tower = '19:0a1b2c3d4e5f60718293a4b5c6d7e8f9@thread.tacv2'
const stranger = '0c0c0c0c-0000-4000-8000-00000a9affff'
const teamsOf = (id: string) =>
  stage.house.directory.byId(id)?.methods.find(({ address }) => address.channel === 'teams')?.address.id ?? ''
const wong = () => teamsOf('wong-siu-ming')
const control = () => stage.teams.control
const log = async (caseId: string) => (await stage.house.stores.cases.log(caseId)).map(({ event }) => event)
const cardOf = (caseId: string) =>
  control()
    .messages(tower)
    .find(({ cards }) => JSON.stringify(cards).includes(caseId))

describe('the search box of the app in Teams', () => {
  it('finds a case by its number and by the customer’s, and shows one’s own before anything is typed', async () => {
    const caseId = await stage.newCase('+12025550181')
    await stage.api(`/cases/${caseId}/commands/acknowledge`, { as: 'wong-siu-ming' })
    for (const words of [caseId, '+12025550181', '']) {
      const { found, said } = await control().search(wong(), words)
      expect(found.map(({ title }) => title).join(), `${words}: ${said}`).toContain(caseId)
      for (const { card } of found) expect(faultsIn(card)).toEqual([])
    }
    expect((await control().search(wong(), 'GH-2020-000001')).said).toContain('Nothing found')
  })

  it('tells a stranger nothing', async () => {
    const caseId = await stage.newCase('+12025550182')
    for (const words of [caseId, '']) {
      const { found, said } = await control().search(stranger, words)
      expect(found).toEqual([])
      expect(said).toContain('not in the staff list')
    }
  })

  it('puts into a conversation only which case is meant, and asks who presses', async () => {
    const caseId = await stage.newCase('+12025550183')
    const [found] = (await control().search(wong(), caseId)).found
    if (found === undefined) throw new Error('nothing found')
    expect(JSON.stringify(found.card)).not.toContain('Nobody came when I rang')
    const message = control().insert({ user: wong(), channel: tower, found })
    await control().press({ user: stranger, message, button: 'acknowledge' })
    await stage.house.settle()
    expect((await log(caseId)).some(({ type }) => type === 'acknowledged')).toBe(false)
    await control().press({ user: wong(), message, button: 'acknowledge' })
    await stage.house.settle()
    expect((await log(caseId)).filter(({ type }) => type === 'acknowledged')).toMatchObject([
      { by: { id: 'wong-siu-ming' } },
    ])
  })
})

describe('acting on a message that names a case', () => {
  it('offers what can be done, asks for the form, previews, and sends', async () => {
    const caseId = await stage.newCase('+12025550184')
    await control().actOn(wong(), cardOf(caseId)?.id ?? '')
    expect(JSON.stringify(control().dialog(wong())?.card)).toContain('"command":"reply"')
    await control().submitDialog(wong(), {}, 'Reply')
    await control().submitDialog(wong(), { text: 'I am on my way.' })
    expect(JSON.stringify(control().dialog(wong())?.card)).toContain('The customer will read:')
    await control().submitDialog(wong())
    await stage.house.settle()
    const told = stage.phones.arrived.filter(({ message }) => message.audience === 'customer')
    expect(told.map(({ message }) => message.text).join('\n')).toContain('I am on my way.')
    expect((await log(caseId)).filter(({ type }) => type === 'commanded')).toMatchObject([{ command: 'reply' }])
  })

  it('carries out at once what needs no form, and says what became of it', async () => {
    const caseId = await stage.newCase('+12025550185')
    await control().actOn(wong(), cardOf(caseId)?.id ?? '')
    await control().submitDialog(wong(), {}, 'Acknowledge')
    await stage.house.settle()
    expect(control().notes(wong()).at(-1)?.text).toContain(`${caseId} is yours`)
  })

  it('shows a stranger nothing of the case', async () => {
    const caseId = await stage.newCase('+12025550186')
    await control().actOn(stranger, cardOf(caseId)?.id ?? '')
    expect(control().dialog(stranger)).toBeUndefined()
    expect(control().notes(stranger).at(-1)?.text).toContain('There is no case')
  })
})

describe('a list in the chat', () => {
  it('has a button for each case that opens it for this person alone', async () => {
    const caseId = await stage.newCase('+12025550187')
    await control().say(wong(), 'team-cases').delivered
    await stage.house.settle()
    const list = control().messages(control().chatOf(wong())).at(-1)
    expect(list?.cards.flatMap(faultsIn)).toEqual([])
    await control().press({ user: wong(), message: list?.id ?? '', button: 'show' })
    await stage.house.settle()
    const shown = control().messages(control().chatOf(wong())).at(-1)
    expect(JSON.stringify(shown?.cards)).toContain(`${caseId}: all of it`)
  })
})

describe('a note under a card in Teams that is changed or taken back', () => {
  it('is recorded beside the original, with the name of whoever wrote it', async () => {
    const caseId = await stage.newCase('+12025550188')
    const threadOf = cardOf(caseId)?.id ?? ''
    const note = control().mention({ user: wong(), channel: tower, text: 'The tenant is calm.', threadOf })
    await note.delivered
    await stage.house.settle()
    await control().edit(note.id, 'The tenant is upset.')
    await stage.house.settle()
    await control().remove(note.id)
    await stage.house.settle()
    const notes = (await log(caseId)).filter(({ type }) => type === 'noted')
    expect(notes).toMatchObject([
      { text: 'The tenant is calm.', by: { id: 'wong-siu-ming' } },
      { text: 'Changed to: The tenant is upset.', by: { id: 'wong-siu-ming' } },
      { text: expect.stringContaining('deleted'), by: { id: 'wong-siu-ming' } },
    ])
    expect(stage.phones.arrived.filter(({ message }) => message.text.includes('upset'))).toEqual([])
  })
})

describe('the app’s own page in Slack', () => {
  it('is fresh after each press of somebody who looked at it', async () => {
    const caseId = await stage.newCase('+12025550189')
    const { control: slack } = stage.slack
    const user =
      stage.house.directory.byId('wong-siu-ming')?.methods.find(({ address }) => address.channel === 'slack')?.address
        .id ?? ''
    const shown = () => JSON.stringify(slack.page().homes[user] ?? '')
    await slack.openHome(user)
    await expect.poll(shown).toContain('You have no case.')
    const card = slack.messages('C0HARBOUR1').find(({ blocks }) => JSON.stringify(blocks).includes(caseId))
    await slack.press({ user, channel: 'C0HARBOUR1', ts: card?.ts ?? '', actionId: 'acknowledge' })
    await stage.house.settle()
    await expect.poll(shown, { timeout: 3_000 }).not.toContain('You have no case.')
    expect(shown()).toContain(caseId)
  })
})

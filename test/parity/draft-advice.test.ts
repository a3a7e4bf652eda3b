import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withStore } from '../flows/house.ts'
import { phoneOf } from '../flows/people.ts'
import { slackDesk } from './desks.ts'
import { lee, wong } from './scenarios.ts'
import { towerChannel } from './stage.ts'
import { openTeamsStage, type TeamsStage } from './teams-desk.ts'

withStore()

let stage: TeamsStage
beforeEach(async () => {
  stage = await openTeamsStage()
})
afterEach(() => stage.close())

const teamsChannel = '19:0a1b2c3d4e5f60718293a4b5c6d7e8f9@thread.tacv2'
const slackId = (id: string) =>
  stage.house.directory.byId(id)?.methods.find(({ address }) => address.channel === 'slack')?.address.id ?? ''

async function caseOf(text: string): Promise<string> {
  await phoneOf({ ...stage.house, phones: stage.phones }, '+12025550177').texts(text)
  const caseId = await stage.house.theCase()
  await slackDesk(stage).give({ by: wong, command: 'acknowledge', caseId, args: {} })
  return caseId
}

/** What the modal of Slack shows before a reply is sent. */
async function inSlack(caseId: string, text: string): Promise<string> {
  const { control } = stage.slack
  const user = slackId(wong)
  const card = control.messages(towerChannel).find((one) => JSON.stringify(one.metadata).includes(caseId))
  await control.press({ user, channel: towerChannel, ts: card?.ts ?? '', actionId: 'reply' })
  await expect.poll(() => control.modal(user)).toBeDefined()
  await control.submitView(user, { text })
  const shown = JSON.stringify(control.modal(user)?.view)
  control.closeView(user)
  control.closeView(user)
  return shown
}

/** What the dialog of Teams shows before a reply is sent. */
async function inTeams(caseId: string, text: string): Promise<string> {
  const { control } = stage.teams
  const user = stage.house.directory.byId(lee)?.methods.at(-1)?.address.id ?? ''
  const card = control.messages(teamsChannel).find(({ cards }) => JSON.stringify(cards).includes(caseId))
  await control.press({ user, message: card?.id ?? '', button: 'reply' })
  await control.submitDialog(user, { text })
  const shown = JSON.stringify(control.dialog(user)?.card)
  control.closeDialog(user)
  return shown
}

describe('before a reply is sent, its writer reads what a careful colleague would say', () => {
  it.each([
    [
      'blame, and no reason',
      'Nobody came when I rang the guard post twice.',
      'You should have called the desk.',
      ['can sound like blame', 'give the reason'],
    ],
    [
      'another language than the customer’s',
      '我撳咗兩次鐘都冇保安理我，好差',
      'We are sorry.',
      ['the customer wrote in Chinese'],
    ],
    ['Simplified characters', '我撳咗兩次鐘都冇保安理我，好差', '我们会因为这个问题通知您', ['Simplified characters']],
  ])('%s', { timeout: 60_000 }, async (_what, asked, draft, remarks) => {
    const caseId = await caseOf(asked)
    stage.phones.arrived.length = 0
    for (const shown of [await inSlack(caseId, draft), await inTeams(caseId, draft)]) {
      expect(shown).toContain('advice only')
      for (const remark of remarks) expect(shown).toContain(remark)
    }
    expect(stage.phones.arrived.filter(({ message }) => message.audience === 'customer')).toEqual([])
  })

  it('and nothing is said of a draft that lacks nothing', { timeout: 60_000 }, async () => {
    const caseId = await caseOf('Nobody came when I rang the guard post twice.')
    const draft =
      'I am sorry that you stood there and nobody came. The post was empty because the officer was at a fall on 3/F. I will write to you when I have read the log, or you can call the desk.'
    for (const shown of [await inSlack(caseId, draft), await inTeams(caseId, draft)]) {
      expect(shown).toContain('The customer will read')
      expect(shown).not.toContain('advice only')
    }
  })
})

import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'
import { scriptedBot } from './scripted-bot.ts'

withStore()

const report = { kind: 'incident_report', category: 'water_leak', severity: 3, complaint: false } as const

describe('the first reply to a report', () => {
  it('says back what was heard and asks for the one thing that is missing, and never again', async () => {
    const house = await openHouse({
      bot: (config) =>
        scriptedBot(config.content, [
          { when: 'still', understood: { ...report, heard: { told: '', ask: 'where' } } },
          { when: 'dripping', understood: { ...report, heard: { told: '3pm', ask: 'where' } } },
        ]),
    })
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('water has been dripping since 3pm')
    tenant.reads('We understood: water leak; 3pm.', 'please reply with the place')
    const caseId = await house.theCase()
    officer(house, 'wong-siu-ming').reads(caseId)
    await tenant.texts('it is still wet')
    towerDesk(house).reads('the customer wrote')
    expect(tenant.reads('We have added this').message.text).not.toContain('reply with the place')
  })

  it('asks for nothing where nothing is missing', async () => {
    const house = await openHouse({
      bot: (config) =>
        scriptedBot(config.content, [{ when: '滴水', understood: { ...report, heard: { told: '二座、十二樓' } } }]),
    })
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('二座十二樓滴水')
    const { message } = tenant.reads('我們的理解：漏水；二座、十二樓。')
    expect(message.text).not.toContain('請回覆地點')
    officer(house, 'wong-siu-ming').reads(await house.theCase())
  })
})

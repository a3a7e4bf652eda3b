import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, type Played, play } from './gatehouse.ts'

const hasBrowser = existsSync(chromiumPath)
if (!hasBrowser) console.warn(`The story in the browser is skipped: there is no ${chromiumPath}.`)

const caseNumber = /GH-\d{4}-\d{6}/

describe.skipIf(!hasBrowser)('the whole story, played in a browser', { timeout: 45_000 }, () => {
  let played: Played
  let page: Page
  let stage: Stage
  let caseId = 'none yet'

  beforeAll(async () => {
    played = await play()
    page = played.page
    stage = onStage(page)
    await stage.bubbles.waitFor()
  }, 180_000)
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const path = join(tmpdir(), `gatehouse-story-${Date.now()}.png`)
    await page.screenshot({ path, fullPage: true })
    console.error(`What the page showed when "${task.name}" failed: ${path}`)
  })
  afterAll(async () => {
    await played?.end()
  })

  it('a message that Twilio fails to take is not on the phone, and its case is open all the same', async () => {
    await stage.becomes('+12025550153')
    await page.getByLabel('Each switch lasts').selectOption('once')
    await page.locator('#trouble-twilio-failing').click()
    await page.getByText('Trouble is on.').waitFor()
    await stage.says('I want to make a complaint about the noise from the car park gate at night')
    await stage.cards.filter({ hasText: 'noise from the car park' }).waitFor()
    await page.getByText('Trouble is on.').waitFor({ state: 'hidden' })
    expect(await stage.bubbles.locator('.theirs').count()).toBe(0)
  })

  it('a tenant complains, and is told the case number', async () => {
    await stage.becomes('+12025550150')
    await stage.phrase('Complaint').click()
    await stage.send.click()
    await stage.bubble('Your case number is').waitFor()
    expect(await stage.bubble('I want to make a complaint').textContent()).toContain('Taken by Gatehouse')
    await stage.bubble('Your case number is').getByText('Delivered').waitFor()
    caseId = caseNumber.exec((await stage.bubble('Your case number is').textContent()) ?? '')?.[0] ?? 'none'
  })

  it('the officer sees the card in the site’s channel and takes it, and the tenant is told who', async () => {
    const card = stage.card(caseId)
    await card.getByText('I want to make a complaint').waitFor()
    const officer = await page.locator('#me option:checked').textContent()
    await card.getByRole('button', { name: 'Acknowledge' }).click()
    await stage.bubble('looks after your case').waitFor()
    expect(await stage.bubble('looks after your case').textContent()).toContain(officer?.replace(' (on duty)', ''))
    await stage.messages.getByText('Only visible to you').first().waitFor()
    await card.getByText('Owned and on time').waitFor()
  })

  it('the officer replies, and sees the exact words before they go', async () => {
    const reply = 'A locksmith comes at 15:00.\nUntil then <b>we</b> watch the door & lift.'
    await stage
      .card(caseId)
      .getByRole('button', { name: /^Reply GH/ })
      .click()
    await stage.dialog.getByRole('button', { name: 'Preview' }).click()
    await stage.dialog.getByText('Please complete this required field.').waitFor()
    await stage.dialog.getByLabel('Reply').fill(reply)
    await stage.dialog.getByRole('button', { name: 'Preview' }).click()
    await stage.dialog.getByText('The customer will read:', { exact: true }).waitFor()
    expect(await stage.dialog.textContent()).toContain(reply)
    expect(await stage.dialog.textContent()).toContain(`Case ${caseId}`)
    expect(await stage.dialog.textContent()).toMatch(/To: SMS •••• \d{4}/)
    await stage.dialog.getByRole('button', { name: 'Send' }).click()
    await stage.bubble('A locksmith comes at 15:00.').getByText('Delivered').waitFor()
    expect(await stage.bubble('A locksmith').textContent()).toContain('<b>we</b> watch the door & lift.')
  })

  it('what colleagues write in the thread stays among them', async () => {
    await stage
      .card(caseId)
      .getByRole('button', { name: /repl|Reply in thread/ })
      .last()
      .click()
    await page.getByPlaceholder('Write to colleagues').fill('He was here twice last week already.')
    await page.getByRole('button', { name: 'Send to colleagues' }).click()
    await page.locator('#thread-messages').getByText('twice last week').waitFor()
    await page.getByRole('button', { name: 'Close the thread' }).click()
    expect(await stage.bubbles.getByText('twice last week').count()).toBe(0)
  })

  it('the officer closes with an outcome, and the tenant is told', async () => {
    await stage
      .card(caseId)
      .getByRole('button', { name: /^Close GH/ })
      .click()
    await stage.dialog.getByLabel('Outcome').selectOption('resolved')
    await stage.dialog.getByLabel('What the customer is told').fill('The lock was replaced.')
    await stage.dialog.getByRole('button', { name: 'Preview' }).click()
    await stage.dialog.getByText('The lock was replaced.').waitFor()
    await stage.dialog.getByRole('button', { name: 'Close case' }).click()
    await stage.bubble('is closed').getByText('Delivered').waitFor()
    expect(await stage.bubble('is closed').textContent()).toContain('The lock was replaced.')
    await stage.card(caseId).getByText('Closed.').waitFor()
  })

  it('an emergency in Chinese is answered in Chinese, with 999 first', async () => {
    await stage.becomes('+12025550152')
    await stage.phrase('緊急').click()
    await stage.send.click()
    const answer = stage.bubble('請立即致電 999')
    await answer.waitFor()
    expect(await answer.locator('.body').getAttribute('lang')).toBe('zh-HK')
    await stage.cards.filter({ hasText: '救命' }).getByText('Needs a person now').waitFor()
  })

  it('what a customer writes is text, to the page and to Slack', async () => {
    const words = 'Complaint: <!channel> <script>alert(1)</script> <@U0000000001> <http://evil.test|your bank> *bold*'
    await stage.becomes('+12025550151')
    await stage.says(words)
    const card = stage.cards.filter({ hasText: 'alert(1)' })
    await card.waitFor()
    expect(await card.locator('blockquote').textContent()).toBe(words)
    expect(await page.locator('#stage script, #stage mark, #stage .link').count()).toBe(0)
  })

  it('what Twilio failed to take has arrived by now, once', async () => {
    await stage.becomes('+12025550153')
    // Gatehouse cannot know what a server error did: it asks Twilio for a quarter of a minute before it sends again.
    await stage.bubble(caseNumber).getByText('Delivered').waitFor({ timeout: 40_000 })
    expect(await stage.bubbles.locator('.theirs').count()).toBe(1)
  })

  it('a phone that cannot be reached is shown as it is', async () => {
    await stage.becomes('+12025550154')
    await page.getByLabel('Each switch lasts').selectOption('until switched off')
    await page.locator('#trouble-twilio-undeliverable').click()
    await stage.says('Please tell me how visitors are registered')
    await stage.bubbles.getByText('Not delivered: the phone cannot be reached (30003)').waitFor()
    await page.getByRole('button', { name: 'Switch all trouble off' }).click()
    await page.getByText('Trouble is on.').waitFor({ state: 'hidden' })
  })

  it('the phone can be played by keyboard alone', async () => {
    await page.reload()
    await tabTo(page, 'Phone of')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, 'WhatsApp')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Enquiry')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Message')
    await page.keyboard.press('Enter')
    await stage.bubbles.locator('.mine').getByText('Taken by Gatehouse').waitFor()
    await stage.bubbles.locator('.theirs').first().waitFor()
    await page.locator('#announcer').getByText('On the phone:').first().waitFor({ state: 'attached' })
    expect(await focused(page)).toBe('Message')
  })

  it('fits a small telephone, one part at a time', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    for (const view of ['Phone', 'Slack', 'Trouble and log']) {
      await page.locator('#views').getByRole('button', { name: view }).click()
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), view).toBe(0)
      expect(await page.locator('main > section:visible').count(), view).toBe(1)
    }
  })

  it('a whole conversation is told with one press, and the page turns to whoever tells it', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('combobox', { name: 'Or let a story be told' }).selectOption('cantonese-complaint')
    await page.getByRole('combobox', { name: 'by', exact: true }).selectOption('whatsapp')
    await page.getByRole('button', { name: 'Tell it' }).click()
    await page
      .getByRole('status')
      .filter({ hasText: /tells it now, by WhatsApp/ })
      .waitFor()
    await stage.bubble('個案編號').waitFor()
    const told = caseNumber.exec((await stage.bubble('個案編號').textContent()) ?? '')?.[0] ?? 'none'
    await stage.card(told).waitFor()
  })

  it('asked nobody else for anything, and nothing went wrong on the page', () => {
    expect(played.strays).toEqual([])
    expect(played.faults).toEqual([])
  })
})

type Stage = ReturnType<typeof onStage>

/** What a person sees and uses, by the names they go by. */
function onStage(page: Page) {
  const bubbles = page.getByRole('list', { name: 'Messages on this phone' })
  const cards: Locator = page.locator('#messages > li').filter({ has: page.locator('.actions') })
  const send = page.locator('#phone-form').getByRole('button', { name: 'Send' })
  return {
    ...{ bubbles, cards, send },
    messages: page.locator('#messages'),
    dialog: page.getByRole('dialog'),
    phrase: (label: string) => page.getByRole('button', { name: label, exact: true }),
    bubble: (text: string | RegExp) => bubbles.getByRole('listitem').filter({ hasText: text }),
    card: (number: string) => cards.filter({ hasText: number }),
    becomes: async (number: string) => void (await page.getByLabel('Phone of').selectOption(number)),
    says: async (text: string) => {
      await page.getByPlaceholder('Write a message').fill(text)
      await send.click()
    },
  }
}

/** The name of what has the focus, as a screen reader would say it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const it = document.activeElement
    return (it.labels?.[0]?.firstChild ?? it).textContent.trim()
  })()`)

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)) === name) return
  }
  throw new Error(`"${name}" cannot be reached with the Tab key`)
}

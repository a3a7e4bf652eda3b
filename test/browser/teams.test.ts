import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, type Played, play } from './gatehouse.ts'

const hasBrowser = existsSync(chromiumPath)
if (!hasBrowser) console.warn(`The story of Teams in the browser is skipped: there is no ${chromiumPath}.`)

describe.skipIf(!hasBrowser)('a case handled in Teams, played in a browser', { timeout: 45_000 }, () => {
  let played: Played
  let page: Page

  beforeAll(async () => {
    played = await play()
    page = played.page
    await page.locator('#phone-form').waitFor()
  }, 180_000)
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const path = join(tmpdir(), `gatehouse-teams-${Date.now()}.png`)
    await page.screenshot({ path, fullPage: true })
    console.error(`What the page showed when "${task.name}" failed: ${path}`)
  })
  afterAll(async () => {
    await played?.end()
  })

  const messages = () => page.locator('#teams-messages')
  const task = () => page.locator('#task')
  const phone = () => page.locator('#bubbles')

  it('a tenant complains, and the card stands in the site’s channel', async () => {
    await page.locator('#phrases').getByRole('button', { name: 'Complaint' }).click()
    await page.locator('#phone-form').getByRole('button', { name: 'Send' }).click()
    await phone().getByText('Your case number is').waitFor()
    await page.locator('#desks').getByRole('button', { name: 'Teams' }).click()
    await messages().getByText('I want to make a complaint').waitFor()
  })

  it('is taken by a press, and the answer is only for the person who pressed', async () => {
    await messages()
      .getByRole('button', { name: /^Acknowledge/ })
      .click()
    await messages().locator('.private').getByText('is yours').waitFor()
    await phone().getByText('now looks after').waitFor()
  })

  it('is answered after a preview of the very words', async () => {
    await messages()
      .getByRole('button', { name: /^Reply GH/ })
      .first()
      .click()
    await task().getByRole('button', { name: 'Preview' }).click()
    await task().getByText('Please fill this in.').waitFor()
    await task().getByLabel('Reply').fill('An officer is on the way to you.')
    await task().getByRole('button', { name: 'Preview' }).click()
    await task().getByText('The customer will read:').waitFor()
    expect(await phone().getByText('An officer is on the way').count()).toBe(0)
    await task().getByRole('button', { name: 'Send' }).click()
    await phone().getByText('An officer is on the way').waitFor()
  })

  it('has its other commands under “More…”, and a note that stays inside', async () => {
    await messages().getByText('More…').first().click()
    await messages()
      .getByRole('button', { name: /^Set the severity/ })
      .first()
      .waitFor()
    await messages().getByRole('button', { name: 'Reply in this conversation' }).first().click()
    await page.locator('#teams-text').fill('He calls every week.')
    await page.locator('#teams-form').getByRole('button', { name: 'Send' }).click()
    await messages().locator('.reply').getByText('He calls every week.').waitFor()
    expect(await phone().getByText('every week').count()).toBe(0)
  })

  it('is found again by a typed command in the chat with the app', async () => {
    await page.locator('#teams-places').getByRole('button', { name: 'Gatehouse (chat)' }).click()
    await page.locator('#teams-text').fill('my-cases')
    await page.keyboard.press('Enter')
    await messages().locator('.adaptive').getByText('My cases').waitFor()
  })

  it('fits a small telephone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.locator('#views').getByRole('button', { name: 'Teams' }).click()
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(await page.locator('main > section:visible').count()).toBe(1)
  })

  it('asked nobody else for anything, and nothing went wrong on the page', () => {
    expect(played.strays).toEqual([])
    expect(played.faults).toEqual([])
  })
})

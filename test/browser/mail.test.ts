import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, type Played, play } from './gatehouse.ts'

const hasBrowser = existsSync(chromiumPath)
if (!hasBrowser) console.warn(`The story by mail is skipped: there is no ${chromiumPath}.`)

const caseNumber = /GH-\d{4}-\d{6}/
const priya = 'priya.nair@tenant.example.test'

describe.skipIf(!hasBrowser)('the story by mail, played in a browser', { timeout: 45_000 }, () => {
  let played: Played
  let page: Page
  let letters: Locator
  let threads: Locator
  let caseId = 'none yet'
  beforeAll(async () => {
    played = await play()
    page = played.page
    letters = page.getByRole('list', { name: 'Mails of this thread' }).getByRole('listitem')
    threads = page.getByRole('list', { name: 'Threads' }).getByRole('listitem')
    await page.getByLabel('Mail of').waitFor()
  }, 180_000)
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const path = join(tmpdir(), `gatehouse-mail-${Date.now()}.png`)
    await page.screenshot({ path, fullPage: true })
    console.error(`What the page showed when "${task.name}" failed: ${path}`)
  })
  afterAll(async () => {
    await played?.end()
  })
  const card = () => page.locator('#messages > li').filter({ has: page.locator('.actions'), hasText: caseId })

  it('a tenant writes a mail and is answered under it, with a case number', async () => {
    await page.getByLabel('Mail of').selectOption(priya)
    await page.getByLabel('Subject').fill('Car park gate')
    await page
      .getByLabel('Text of the mail')
      .fill('Your guard at the gate shouted at me <b>twice</b>. I want to complain.')
    await page.locator('#mail-send').click()
    const answer = letters.filter({ hasText: 'Your case number is' })
    await answer.waitFor()
    expect(await letters.first().textContent()).toContain('<b>twice</b>')
    caseId = caseNumber.exec((await answer.textContent()) ?? '')?.[0] ?? 'none'
    expect(await answer.locator('.about').textContent()).toBe(`Re: [${caseId}] Car park gate`)
    expect(await letters.count()).toBe(2)
  })

  it('staff see whose mail it is and that the sender is vouched for, take it and answer', async () => {
    await card().getByText('shouted at me').waitFor()
    expect(await card().textContent()).toMatch(/Sender:?\s*verified/)
    expect(await card().textContent()).toContain('e-mail p••••@tenant.example.test')
    await card().getByRole('button', { name: 'Acknowledge' }).click()
    await letters.filter({ hasText: 'looks after your case' }).waitFor()
    await card()
      .getByRole('button', { name: /^Reply GH/ })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reply').fill('We have spoken to him.\nHe will apologise.')
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByRole('button', { name: 'Send' }).click()
    const reply = letters.filter({ hasText: 'He will apologise.' })
    await reply.waitFor()
    expect(await reply.locator('.about').textContent()).toContain(caseId)
  })

  it('the tenant’s answer comes to the same case', async () => {
    await page.getByLabel('Text of the mail').fill('He has not come yet. I am still waiting for him.')
    await page.getByRole('button', { name: 'Send the answer' }).click()
    await card().getByText('I am still waiting').waitFor()
    expect(
      await page
        .locator('#messages > li')
        .filter({ has: page.locator('.actions') })
        .count(),
    ).toBe(1)
  })

  it('a new mail is a thread and a case of its own, and other tenants see none of it', async () => {
    await page.getByRole('button', { name: 'New mail' }).click()
    await page.getByLabel('Subject').fill('訪客登記')
    await page.getByLabel('Text of the mail').fill('請問訪客點樣登記？')
    await page.locator('#mail-send').click()
    await letters.filter({ hasText: 'desk@' }).first().waitFor()
    expect(await threads.count()).toBe(2)
    await page.getByLabel('Mail of').selectOption({ index: 0 })
    expect(await threads.count()).toBe(0)
  })

  it('fits a small telephone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.locator('#views').getByRole('button', { name: 'E-mail' }).click()
    await page.getByLabel('Mail of').selectOption(priya)
    await threads.first().getByRole('button').click()
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(await page.locator('main > section:visible').count()).toBe(1)
  })

  it('asked nobody else for anything, and nothing went wrong on the page', () => {
    expect(played.strays).toEqual([])
    expect(played.faults).toEqual([])
  })
})

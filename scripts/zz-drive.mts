import { chromium } from 'playwright-core'
import { writeFileSync } from 'node:fs'
const port = process.argv[2]
const out = '/tmp/w/desk-shots'
const { mkdirSync } = await import('node:fs'); mkdirSync(out, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
const faults: string[] = []
page.on('pageerror', (e) => faults.push(String(e)))
page.on('console', (m) => { if (m.type() === 'error') faults.push(m.text()) })
const shot = async (name: string) => { await page.screenshot({ path: `${out}/${name}.png` }); console.log('shot', name) }
const step = async (name: string, work: () => Promise<unknown>) => {
  try { await work(); console.log('ok', name) } catch (e) { console.log('FAILED', name, String(e).split('\n')[0]); await shot(`fail-${name}`) }
}
page.setDefaultTimeout(8000)
await page.goto(`http://127.0.0.1:${port}/simulator`)
await page.locator('#bubbles').waitFor()
const pdf = { name: 'lift-permit.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 permit') }
const png = { name: 'lobby.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC', 'base64') }
const says = async (text: string) => { await page.locator('#phone-text, #text').first().fill(text); await page.locator('#phone-form').getByRole('button', { name: 'Send' }).click() }
await step('complaint', async () => {
  await page.locator('#phrases').getByRole('button', { name: 'Complaint' }).click()
  await page.locator('#phone-form').getByRole('button', { name: 'Send' }).click()
  await page.getByText('Your case number is').first().waitFor()
  await page.waitForTimeout(1500)
})
await shot('1-slack-card')
const card = page.locator('#messages li').filter({ hasText: 'GH-' }).first()
await step('acknowledge', async () => { await card.getByRole('button', { name: /^Acknowledge/ }).click(); await page.getByText('now looks after').first().waitFor() })
await step('reply-form', async () => { await card.getByRole('button', { name: /^Reply GH/ }).click(); await page.locator('#modal').getByLabel('Reply').waitFor() })
await page.locator('#modal').getByLabel('Reply').fill('The permit for the lift works is attached. They end at 18:00.')
await page.locator('#modal input[type=file]').setInputFiles([png, pdf])
await shot('2-slack-reply-form')
await step('preview', async () => { await page.locator('#modal').getByRole('button', { name: 'Preview' }).click(); await page.locator('#modal').getByText('The customer will read:').waitFor() })
await shot('3-slack-preview')
await step('send', async () => { await page.locator('#modal').getByRole('button', { name: 'Send' }).click(); await page.locator('#bubbles').getByText('The permit for the lift').waitFor() })
await page.waitForTimeout(2500)
await shot('4-slack-sent')
await step('more-menu', async () => { console.log(await card.locator('select option').allTextContents()) })
await step('home', async () => { const home = page.getByRole('button', { name: /home/i }).first(); if (await home.count()) { await home.click(); await page.waitForTimeout(1000) } else console.log('no home button') })
await shot('5-slack-home')
await step('slash-help', async () => { console.log(await page.locator('#channels button, nav.channels button').allTextContents()) })
await step('to-teams', async () => { await page.locator('#desks').getByRole('button', { name: 'Teams' }).click(); await page.locator('#teams-messages .adaptive').first().waitFor() })
await shot('6-teams-card')
await step('teams-chat-file', async () => {
  await page.locator('#teams-places').getByRole('button', { name: 'Gatehouse (chat)' }).click()
  await page.locator('#teams-file').setInputFiles(pdf)
  await page.locator('#teams-form').getByRole('button', { name: 'Send' }).click()
  await page.locator('#teams-messages').getByText('Kept for a day').waitFor()
})
await shot('7-teams-file-kept')
await step('teams-lists', async () => { await page.locator('#teams-text').fill('team-cases'); await page.keyboard.press('Enter'); await page.locator('#teams-messages').getByText("My team's cases").waitFor() })
await shot('8-teams-list')
await step('teams-open', async () => { await page.locator('#teams-messages').getByRole('button', { name: /^Open/ }).last().click(); await page.locator('#teams-messages').getByText('all of it').waitFor() })
await shot('9-teams-all-of-it')
await step('teams-reply-dialog', async () => {
  await page.locator('#teams-places button').first().click()
  await page.locator('#teams-messages').getByRole('button', { name: /^Reply GH/ }).first().click()
  await page.locator('#task').getByLabel('Reply').fill('And here is the permit.')
  await page.locator('#task select[multiple]').selectOption({ index: 0 })
})
await shot('10-teams-reply')
await step('teams-preview', async () => { await page.locator('#task').getByRole('button', { name: 'Preview' }).click(); await page.locator('#task').getByText('The customer will read:').waitFor() })
await shot('11-teams-preview')
await step('teams-send', async () => { await page.locator('#task').getByRole('button', { name: 'Send' }).click(); await page.locator('#bubbles').getByText('And here is the permit').waitFor() })
await page.waitForTimeout(1500)
await shot('12-teams-sent')
await step('teams-act-on', async () => { await page.locator('#teams-messages').getByRole('button', { name: 'Act on this case' }).first().click(); await page.locator('#task').getByRole('button').first().waitFor(); await page.waitForTimeout(400) })
await shot('13-teams-act')
await step('teams-act-close', async () => { await page.locator('#task').getByRole('button', { name: 'Cancel' }).click() })
await step('teams-find', async () => { await page.locator('#teams-find').click(); await page.locator('#teams-found li').first().waitFor() })
await shot('14-teams-find')
await step('teams-more', async () => { await page.locator('#teams-messages summary').first().click(); await page.waitForTimeout(300) })
await shot('15-teams-more')
console.log('faults', JSON.stringify(faults))
await browser.close()

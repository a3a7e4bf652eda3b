import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { printLink } from '../../src/core/desk/print-link.ts'
import { deskCommands } from '../../src/core/desk/registry.ts'
import { createCaseList } from '../../src/core/store/case-list.ts'
import { commandList } from '../../src/web/api-commands.ts'
import { openApi } from '../../src/web/openapi.ts'
import { printRoutes } from '../../src/web/print.ts'
import { withStore } from '../flows/house.ts'
import { openStage, type Stage } from '../parity/stage.ts'

withStore()

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const tenant = '+12025550123'

describe('the API offers what the registry has', () => {
  it('one path for every command, with its arguments and what they must be', () => {
    const paths = Object.keys(openApi.paths)
    for (const { name, about } of deskCommands)
      expect(paths).toContain(`/api/v1${about === 'case' ? '/cases/{ref}' : ''}/commands/${name}`)
    expect(commandList().commands).toHaveLength(deskCommands.length)
    const [severity] = commandList().commands.filter(({ name }) => name === 'set-severity')
    expect(severity?.args).toMatchObject([
      { name: 'severity', required: true },
      { name: 'reason', required: false },
      { name: 'complex', required: false },
    ])
  })

  it('the same command twice under one id has one effect, and two orders of one split keep one number', async () => {
    const caseId = await stage.newCase(tenant)
    const note = () =>
      stage.api(`/cases/${caseId}/commands/note`, { as: 'wong-siu-ming', args: { text: 'Once.' }, id: 'n1' })
    expect([(await note()).status, (await note()).status]).toEqual([200, 409])
    const split = () =>
      stage.api(`/cases/${caseId}/commands/split`, { as: 'wong-siu-ming', args: { text: 'The pump.' }, id: 's1' })
    expect([(await split()).status, (await split()).status]).toEqual([200, 409])
    const all = await stage.house.database.models.cases.collection.find({}).toArray()
    expect(all).toHaveLength(2)
  })

  it('says what is wrong: an argument, a role, a case that is not theirs, a name that nobody has', async () => {
    const caseId = await stage.newCase(tenant)
    const give = (name: string, as: string, args: object = {}, ref = caseId) =>
      stage.api(`/cases/${ref}/commands/${name}`, { as, args })
    expect(await give('set-severity', 'wong-siu-ming', { severity: '4' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('reason') },
    })
    const complex = { severity: '3', complex: 'yes', reason: 'Three firms.' }
    expect(await give('set-severity', 'wong-siu-ming', complex)).toMatchObject({
      body: { detail: expect.stringContaining('Only a supervisor') },
    })
    expect(await give('set-severity', 'lam-mei-ling', { ...complex, reason: '' })).toMatchObject({
      body: { detail: expect.stringContaining('reason') },
    })
    expect(await give('set-severity', 'lam-mei-ling', { ...complex, severity: '2' })).toMatchObject({
      body: { detail: expect.stringContaining('times of their own') },
    })
    expect(await give('promise', 'wong-siu-ming', { by: 'yesterday' })).toMatchObject({ status: 400 })
    expect(await give('promise', 'wong-siu-ming', { by: '2020-01-01 10:00' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('ahead') },
    })
    expect(await give('assign', 'wong-siu-ming', { person: 'lee-ka-yan' })).toMatchObject({ status: 403 })
    expect(await give('note', 'cheung-wai-kit', { text: 'x' })).toMatchObject({ status: 404 })
    expect(await give('note', 'wong-siu-ming', { text: 'x' }, 'GH-2020-000001')).toMatchObject({ status: 404 })
    expect(await give('note', 'nobody', { text: 'x' })).toMatchObject({ status: 403 })
    expect(await give('explode', 'wong-siu-ming')).toMatchObject({ status: 400 })
  })
})

describe('the page for printing', () => {
  const key = 'a key'
  const routeAt = (now: Date) => {
    const { house } = stage
    const cases = createCaseList(house.database.models, house.stores)
    const [route] = printRoutes({ cases, key, now: () => now, time: house.desk.time, siteName: (site) => site })
    if (route === undefined) throw new Error('no route')
    return (url: string) => route.handle({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) })
  }

  it('shows the whole case for a quarter of an hour, and only under a link of ours', async () => {
    const caseId = await stage.newCase(tenant)
    const now = stage.house.now()
    const link = printLink(caseId, key, now)
    const page = await routeAt(now)(link)
    expect(page.status).toBe(200)
    expect(String(page.body)).toContain('Nobody came when I rang the guard post twice.')
    expect(page.headers?.['content-security-policy']).toContain("default-src 'none'")
    expect((await routeAt(new Date(now.getTime() + 16 * 60_000))(link)).status).toBe(403)
    expect((await routeAt(now)(link.replace(caseId, 'GH-2026-999999'))).status).toBe(403)
    expect((await routeAt(now)(`/print/${caseId}`)).status).toBe(403)
    expect((await routeAt(now)(printLink(caseId, 'another key', now))).status).toBe(403)
  })

  it('runs nothing that a customer wrote', async () => {
    const caseId = await stage.newCase(tenant)
    const args = { text: '<script>alert(1)</script><img src=x onerror=alert(1)>' }
    await stage.api(`/cases/${caseId}/commands/note`, { as: 'wong-siu-ming', args })
    const now = stage.house.now()
    const page = String((await routeAt(now)(printLink(caseId, key, now))).body)
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toMatch(/<script|<img/)
  })
})

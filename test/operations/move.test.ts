import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, runGatehouse, startGatehouse } from '../process/gatehouse.ts'
import { startProviders } from '../process/providers.ts'
import { customer, ourNumber, postText } from '../process/texts.ts'

let base: string
const place = (name: string) => join(base, name)

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'gatehouse-move-'))
  const providers = await startProviders()
  const gatehouse = await startGatehouse({ dataDir: place('old'), variables: providers.variables })
  providers.deliverTo(gatehouse.url)
  for (let i = 0; i < 5; i++)
    await postText(gatehouse.url, { from: customer(40 + i), to: ourNumber, body: `The lift is broken 🔧 ${i}` })
  await eventually(() => (providers.twilio.messages().length >= 5 ? true : undefined), {
    withinMs: 60_000,
    what: 'five answers',
  })
  expect(await gatehouse.stop()).toBe(0)
  await providers.close()
}, 180_000)

afterAll(() => rmSync(base, { recursive: true, force: true }))

const run = (dataDir: string, ...args: string[]) => runGatehouse(args, { dataDir: place(dataDir) })
const contents = (directory: string) =>
  Object.fromEntries(
    readdirSync(place(directory)).map((file) => [file, readFileSync(join(place(directory), file), 'utf8')]),
  )

describe('the command line, with nothing running', { timeout: 180_000 }, () => {
  it('exports everything, and imports it into an empty store, which then exports the same', async () => {
    expect(await run('old', 'export', place('first'))).toMatchObject({ code: 0 })
    expect(await run('new', 'import', place('first'))).toMatchObject({ code: 0 })
    expect(await run('new', 'export', place('second'))).toMatchObject({ code: 0 })
    expect(contents('second')).toEqual(contents('first'))
    expect(contents('first')['cases.ejsonl']).toContain('GH-')
    expect(JSON.parse((await run('new', 'ledger', '--json')).stdout)).toMatchObject({
      sms: { received: 5, quarantined: 0 },
    })
  })

  it('does not import into a store that has cases, nor from a directory without an export', async () => {
    expect(await run('old', 'import', place('first'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cases already'),
    })
    expect(await run('empty', 'import', base)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds no export'),
    })
  })

  it.each([
    ['ledger', 'a-file', [], /DATA_DIR .*a-file cannot be used: .*directory is needed/],
    ['case', 'a-file', ['GH-2026-000001'], /DATA_DIR .*a-file cannot be used: /],
    ['ledger', 'a-file/below', [], /DATA_DIR .*directory is needed/],
    ['export', 'new', ['a-file/below'], /a-file.* cannot be used: .*directory is needed/],
    ['export', 'new', ['a-file'], /a-file cannot be used: something else has this name/],
    ['export', 'new', ['half-taken'], /cases\.ejsonl cannot be used: it is a directory/],
    ['import', 'fresh', ['half-taken'], /cases\.ejsonl cannot be used: it is a directory/],
    ['import', 'fresh', ['torn'], /cases\.ejsonl holds a line that is no document/],
  ])('says in one line that %s cannot work with %s %j', async (command, dataDir, args, words) => {
    writeFileSync(place('a-file'), 'not a directory')
    mkdirSync(place('half-taken/cases.ejsonl'), { recursive: true })
    mkdirSync(place('torn'), { recursive: true })
    writeFileSync(place('torn/cases.ejsonl'), '{"_id":')
    const named = args.map((arg) => (arg.startsWith('GH-') ? arg : place(arg)))
    const { code, stderr } = await run(dataDir, command, ...named)
    expect({ code, lines: stderr.trim().split('\n').length }, stderr).toEqual({ code: 1, lines: 1 })
    expect(stderr).toMatch(words)
  })

  it.runIf(existsSync('/proc/self')).each([
    ['ledger', '/proc/gatehouse', [], /DATA_DIR \/proc\/gatehouse cannot be used: .*no directory can be made there/],
    ['export', 'new', ['/proc/gatehouse/below'], /\/proc\/gatehouse cannot be used: no directory can be made there/],
    ['export', 'new', ['/proc'], /\/proc takes no files of ours \(E[A-Z]+\)/],
  ])(
    'does not wait for ever for a directory that nobody can make: %s in %s %j',
    async (command, dataDir, args, words) => {
      const { code, stderr } = await runGatehouse([command, ...args], {
        dataDir: dataDir.startsWith('/') ? dataDir : place(dataDir),
      })
      expect({ code, lines: stderr.trim().split('\n').length }, stderr).toEqual({ code: 1, lines: 1 })
      expect(stderr).toMatch(words)
    },
  )

  it('checks the configuration, and says when something is due', async () => {
    expect(await run('new', 'check')).toMatchObject({ code: expect.any(Number) })
    const due = ['due', '--calendar', 'hk-office', '--from', '2026-03-04T02:00:00Z', '--in', '1wd', '--json']
    expect(JSON.parse((await run('new', ...due)).stdout)).toHaveProperty('dueAt')
    expect(await run('new', 'serve', '--role', 'cook')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--role'),
    })
  })

  it('names what doctor finds and how to mend it', async () => {
    const doctor = await runGatehouse(['doctor', '--json'], {
      dataDir: place('new'),
      variables: { PUBLIC_URL: 'http://127.0.0.1:9' },
    })
    expect(doctor.code).toBe(1)
    expect(JSON.parse(doctor.stdout)).toContainEqual(
      expect.objectContaining({ part: 'webhook address', ok: false, mend: expect.stringContaining('PUBLIC_URL') }),
    )
  })
})

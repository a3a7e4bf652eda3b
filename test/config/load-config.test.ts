import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Config, faultLines, loadConfig, withVariables } from '../../src/config.ts'

const made: string[] = []
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true })
})

/** The shipped configuration in a folder of its own, with edits. */
function edited(edits: Readonly<Record<string, (text: string) => string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-config-'))
  made.push(directory)
  cpSync('config', directory, { recursive: true })
  for (const [file, edit] of Object.entries(edits)) {
    const path = join(directory, file)
    writeFileSync(path, edit(readFileSync(path, 'utf8')))
  }
  return directory
}

const faultsOf = (directory: string, variables: Record<string, string> = {}) =>
  faultLines(loadConfig({ GATEHOUSE_CONFIG: directory, ...variables }).faults)

describe('the configuration', () => {
  it('that ships is sound, and without any channel it is a demonstration', () => {
    const { config, faults } = loadConfig({ GATEHOUSE_CONFIG: 'config' })
    expect(faults).toEqual([])
    expect(config?.environment).toMatchObject({ demo: true, port: 8080, host: '127.0.0.1' })
    expect([...(config?.duty.rosters.sites.keys() ?? [])]).toEqual(['harbour-view-tower', 'jade-garden'])
  })

  it('is judged as a whole: every fault of every file is listed with its key', () => {
    const directory = edited({
      'policy.yaml': (text) => text.replace('clock: always', 'clock: sometimes').replace('"20m"', '"20 minutes"'),
      'channels.yaml': (text) => text.replace('defaultSite: harbour-view-tower', 'defaultSite: nowhere'),
      'staff.yaml': (text) => text.replace('preferredLanguage: zh-HK', 'preferredLanguage: fr'),
    })
    const faults = faultsOf(directory)
    expect(faults).toContain('policy.yaml · ladders.severity1.clock: must be "always" or "business"')
    expect(faults).toContainEqual(
      expect.stringMatching(/^policy\.yaml · ladders\.severity3\.steps\[0\]\.acknowledgeWithin: /),
    )
    expect(faults).toContain('channels.yaml · defaultSite: "nowhere" is not a site of rosters.yaml')
    expect(faults).toContainEqual(expect.stringMatching(/^staff\.yaml · .*preferredLanguage/))
  })

  it('says once that a file is missing or malformed, not all that it would have held', () => {
    const directory = edited({ 'phrases.yaml': () => 'customer: [' })
    rmSync(join(directory, 'policy.yaml'))
    const faults = faultsOf(directory)
    expect(faults.filter((line) => line.startsWith('phrases.yaml'))).toHaveLength(1)
    expect(faults).toContain(`policy.yaml: is missing from ${directory}`)
  })

  it.each([
    ['a key twice', 'a: 1\na: 2', 'duplicated mapping key (2:1)'],
    ['a tab', 'customer:\n\thelp: x', '(2:'],
    ['an alias of nothing', 'a: *b', 'unidentified alias "b" (1:5)'],
    ['nothing at all', '', 'empty'],
  ])('says where in the file it is no YAML: %s', (_what, text, words) => {
    const lines = faultsOf(edited({ 'phrases.yaml': () => text })).filter((line) => line.startsWith('phrases.yaml'))
    expect(lines).toEqual([expect.stringContaining(words)])
  })

  it('takes other variables without reading a file again', () => {
    const directory = edited()
    const { config } = loadConfig({ GATEHOUSE_CONFIG: directory })
    rmSync(directory, { recursive: true, force: true })
    const variables = { PORT: '9090', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0123456789abcdef' }
    const other = withVariables(config as Config, { GATEHOUSE_CONFIG: directory, ...variables }).config
    expect(other?.environment).toMatchObject({ port: 9090, demo: false })
    expect(other?.slack).toBeDefined()
    expect([config?.slack, config?.environment.port]).toEqual([undefined, 8080])
    expect(other?.duty).toBe(config?.duty)
    expect(withVariables(config as Config, { PORT: 'abc' }).faults).toHaveLength(1)
  })

  it('refuses a ladder that begins to chase after the promise is broken, and groups or people who do not exist', () => {
    const directory = edited({
      'policy.yaml': (text) =>
        text
          .replace('acknowledge: "15m"', 'acknowledge: "5m"')
          .replace('notify: [level-3], acknowledgeWithin: "1m"', 'notify: [level-9], acknowledgeWithin: "1m"')
          .replace(/lastResort: .*/, 'lastResort: [nobody-at-all]'),
    })
    expect(faultsOf(directory)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/severity2\.promise\.acknowledge: the first step must be due by 90 %/),
        expect.stringMatching(/severity1\.steps\[1\]\.notify: site "jade-garden" has no group level-9/),
        'policy.yaml · lastResort[0]: "nobody-at-all" is not in staff.yaml',
      ]),
    )
  })

  it('names what is missing of a channel that is half configured', () => {
    const faults = faultsOf('config', { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, SLACK_BOT_TOKEN: 'xoxb-1' })
    expect(faults).toContainEqual(expect.stringMatching(/TWILIO_AUTH_TOKEN: is missing/))
    expect(faults).toContainEqual(expect.stringMatching(/SLACK_SIGNING_SECRET: is missing/))
  })

  it('reads secrets from files, and says which of them is not there', () => {
    const directory = edited()
    const path = join(directory, 'token')
    writeFileSync(path, 'a-token-from-a-file\n')
    const { config } = loadConfig({ GATEHOUSE_CONFIG: 'config', GATEHOUSE_API_TOKEN_FILE: path })
    expect(config?.environment.apiToken).toBe('a-token-from-a-file')
    expect(faultsOf('config', { GATEHOUSE_API_TOKEN_FILE: `${path}-not` })).toEqual([
      'environment · GATEHOUSE_API_TOKEN_FILE: names a file that does not exist',
    ])
  })

  it('does not show the demonstration, whose credentials everybody knows, to other machines', () => {
    expect(faultsOf('config', { HOST: '0.0.0.0' })).toEqual([
      expect.stringMatching(/HOST: the demonstration listens on this machine only/),
    ])
    expect(faultsOf('config', { HOST: '0.0.0.0', GATEHOUSE_SIMULATOR: 'on' })).toEqual([])
  })
})

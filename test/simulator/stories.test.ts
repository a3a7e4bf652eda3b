import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { type Running, serve } from '../../src/main.ts'
import { type Demo, demoApiToken, startDemo, withoutMailPages } from '../../src/simulator/demo.ts'
import { simulatorRoutes } from '../../src/simulator/page-routes.ts'
import { stories } from '../../src/simulator/stories.ts'
import { answersTo, type StoryChannel, storyChannels, storyOf } from '../../src/simulator/tell-story.ts'

// The whole product, five local providers and a mailbox that is looked into now and then.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-stories-'))
let demo: Demo
let running: Running

/** The demonstration as `gatehouse serve` starts it: what the bot learned, every real channel, every local provider. */
beforeAll(async () => {
  const own = { GATEHOUSE_CONFIG: 'config', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }
  const { config: shipped } = loadConfig(own)
  if (shipped === undefined) throw new Error('the sample configuration must load')
  demo = await startDemo({ places: shipped.places, staff: shipped.duty.staff })
  const variables = { GATEHOUSE_API_TOKEN: demoApiToken, ...own, ...demo.variables, ...demo.mail.variables }
  const { config, faults } = loadConfig(variables)
  if (config === undefined) throw new Error(JSON.stringify(faults))
  const played = withoutMailPages(config)
  running = await serve(played, {
    role: 'all',
    extraRoutes: simulatorRoutes(demo, played),
    mailOpens: demo.mail.firstMail,
  })
  demo.connect({ publicUrl: played.environment.publicUrl, deliverTo: running.url })
})
afterAll(async () => {
  await demo?.close()
  await running?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

type Told = {
  /** What each answer must hold, in order. */
  readonly answers: readonly (readonly (string | RegExp)[])[]
  readonly never?: RegExp
  readonly becomes: object
}

/** How every story must go, on every channel. */
const wanted: Readonly<Record<string, Told>> = {
  choices: {
    answers: [['Which of these did you mean?'], ['Harbour View security desk']],
    becomes: { status: 'paging' },
  },
  chosen: {
    answers: [['Which of these did you mean?'], ['I am an automated assistant', 'AGENT']],
    becomes: { status: 'with-bot', answered: true },
  },
  'cantonese-complaint': {
    answers: [['個案編號', '事發的日期和時間']],
    becomes: { kind: 'complaint', language: 'zh-HK' },
  },
  'polite-emergency': { answers: [['Call 999 now']], becomes: { kind: 'emergency', severity: 1 } },
  'two-matters': { answers: [['recorded as case']], becomes: { kind: 'complaint', status: 'paging' } },
  'language-switch': { answers: [['I am an automated assistant'], ['個案']], becomes: { status: 'paging' } },
  insult: { answers: [['AGENT']], never: /calm down|idiot|stupid|!!/i, becomes: { status: 'paging' } },
  compliment: { answers: [[/GH-\d{4}-\d{6}/]], becomes: { kind: 'feedback', severity: 4 } },
}

async function ask(path: string, body?: object): Promise<Record<string, unknown>> {
  const headers = {
    'content-type': 'application/json',
    'x-gatehouse-simulator': '1',
    authorization: `Bearer ${demoApiToken}`,
  }
  const how = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`${running.url}${path}`, { headers, ...how })
  expect(response.status, path).toBe(200)
  return (await response.json()) as Record<string, unknown>
}

/** Pressed on the page, and then watched as the customer would. */
async function told(story: string, channel: StoryChannel, answers: number): Promise<readonly string[]> {
  const found = storyOf(story)
  if (found === undefined) throw new Error(`no story ${story}`)
  const telling = { demo, teller: found.teller, channel }
  await ask('/simulator/api/story', { story, channel })
  await expect.poll(() => answersTo(telling).length, { timeout: 45_000, interval: 50 }).toBeGreaterThanOrEqual(answers)
  return answersTo(telling)
}

describe('the stories', () => {
  it('are all known here', () => {
    expect(stories.map(({ id }) => id).sort()).toEqual(Object.keys(wanted).sort())
  })
})

describe.each(storyChannels)('told by %s', (channel) => {
  it.each(stories)('$title', async ({ id }) => {
    const { answers, never, becomes } = wanted[id] as Told
    const heard = await told(id, channel, answers.length)
    for (const [line, words] of answers.entries())
      for (const word of words)
        if (typeof word === 'string') expect(heard[line]).toContain(word)
        else expect(heard[line]).toMatch(word)
    if (never !== undefined) expect(heard.join('\n')).not.toMatch(never)
    const caseId = /GH-\d{4}-\d{6}/.exec(heard.join('\n'))?.[0]
    expect(await ask(`/api/v1/cases/${caseId}`)).toMatchObject({ state: becomes })
  })
})

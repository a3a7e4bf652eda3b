import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { slackManifest, teamsPackage } from '../../src/operations/manifest.ts'

const appId = '0a0a0a0a-0000-4000-8000-00000000a001'
const hasUnzip = spawnSync('unzip', ['-v']).status === 0

describe('gatehouse manifest', () => {
  it('slack: has our address wherever Slack calls us, and nowhere the example’s', () => {
    const text = slackManifest('https://desk.example.test/')
    expect(text).not.toContain('gatehouse.example.com')
    const { settings, features } = parse(text)
    const url = 'https://desk.example.test/webhooks/slack'
    expect(settings.interactivity.request_url).toBe(url)
    expect(settings.event_subscriptions.request_url).toBe(url)
    expect(features.slash_commands[0].url).toBe(url)
  })

  it('teams: is a package with the app’s id, which other programs can open', () => {
    const bytes = teamsPackage(appId)
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50)
    if (!hasUnzip) return
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-zip-'))
    const file = join(directory, 'package.zip')
    writeFileSync(file, bytes)
    expect(spawnSync('unzip', ['-t', file]).status).toBe(0)
    const manifest = JSON.parse(spawnSync('unzip', ['-p', file, 'manifest.json']).stdout.toString())
    expect([manifest.id, manifest.bots[0].botId, manifest.composeExtensions[0].botId]).toEqual([appId, appId, appId])
    rmSync(directory, { recursive: true, force: true })
  })

  it('says which value it lacks', () => {
    expect(() => slackManifest(undefined)).toThrow('PUBLIC_URL')
    expect(() => slackManifest('http://127.0.0.1:8080')).toThrow('https')
    expect(() => teamsPackage('Gatehouse')).toThrow('TEAMS_APP_ID')
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'
import { Refusal } from './refusal.ts'
import { zipOf } from './zip.ts'

const folder = join(root, '..', 'manifests')
const exampleAddress = 'https://gatehouse.example.com'
const noApp = '00000000-0000-0000-0000-000000000000'

/** `gatehouse manifest slack` prints the app's manifest with our address; `teams` writes the package with the app's id. */
export function runManifest(program: string): void {
  if (program === 'slack') {
    console.log(slackManifest(process.env.PUBLIC_URL))
    return
  }
  if (program !== 'teams') throw new Refusal('there are manifests for slack and for teams')
  const file = 'gatehouse-teams.zip'
  writeFileSync(file, teamsPackage(process.env.TEAMS_APP_ID))
  console.log(`${file} is written: upload it in the Teams admin centre.`)
}

/** What is pasted at api.slack.com. */
export function slackManifest(publicUrl: string | undefined): string {
  if (publicUrl === undefined || !/^https:\/\//.test(publicUrl))
    throw new Refusal('set PUBLIC_URL to the https address at which Slack reaches Gatehouse')
  const text = readFileSync(join(folder, 'slack.yaml'), 'utf8')
  return text.replaceAll(exampleAddress, publicUrl.replace(/\/+$/, ''))
}

/** What is uploaded to Teams: the manifest and its two pictures. */
export function teamsPackage(appId: string | undefined): Buffer {
  if (appId === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(appId))
    throw new Refusal('set TEAMS_APP_ID to the application (client) ID of the Azure Bot')
  const manifest = readFileSync(join(folder, 'teams', 'manifest.json'), 'utf8').replaceAll(noApp, appId)
  const pictures = ['color.png', 'outline.png'].map((name) => ({
    name,
    bytes: readFileSync(join(folder, 'teams', name)),
  }))
  return zipOf([{ name: 'manifest.json', bytes: Buffer.from(manifest) }, ...pictures])
}

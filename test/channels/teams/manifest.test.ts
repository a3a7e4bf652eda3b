import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { commandWords } from '../../../src/core/desk/forms.ts'

const folder = 'manifests/teams'
const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'))

/** Microsoft's own schema of the version that the manifest names; written for an older draft, whose name Ajv does not know. */
function schemaOf(version: string): object {
  const path = `@microsoft/app-manifest/package.json`
  const root = createRequire(import.meta.url)
    .resolve(path)
    .replace(/package\.json$/, '')
  const file = `${root}build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`
  const { $schema: _, ...schema } = JSON.parse(readFileSync(file, 'utf8'))
  return schema
}

const validate = new Ajv({ strict: false, allErrors: true, logger: false, validateFormats: false }).compile(
  schemaOf(manifest.manifestVersion),
)

/** Width and height of a PNG, from its header. */
function sizeOf(file: string): readonly number[] {
  const bytes = readFileSync(`${folder}/${file}`)
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

describe('the Teams manifest', () => {
  it('is what Microsoft’s schema of its version takes', () => {
    expect(manifest.$schema).toContain(`/teams/v${manifest.manifestVersion}/`)
    validate(manifest)
    expect(validate.errors ?? []).toEqual([])
  })

  it('would not be taken with a name too long or a scope unknown', () => {
    expect(validate({ ...manifest, name: { ...manifest.name, short: 'x'.repeat(31) } })).toBe(false)
    expect(validate({ ...manifest, bots: [{ ...manifest.bots[0], scopes: ['everywhere'] }] })).toBe(false)
  })

  it('names the app in exactly the three places that are filled in for the package', () => {
    const text = readFileSync(`${folder}/manifest.json`, 'utf8')
    expect(text.split(manifest.id)).toHaveLength(4)
    expect(manifest.composeExtensions[0].botId).toBe(manifest.id)
    expect(manifest.bots[0].botId).toBe(manifest.id)
  })

  it('has its icons, in the sizes that Teams asks for', () => {
    expect(existsSync(`${folder}/${manifest.icons.color}`)).toBe(true)
    expect(sizeOf(manifest.icons.color)).toEqual([192, 192])
    expect(sizeOf(manifest.icons.outline)).toEqual([32, 32])
  })

  it('suggests only commands that there are', () => {
    const known = commandWords.flatMap(({ name, aliases }) => [name, ...aliases])
    for (const { commands } of manifest.bots[0].commandLists)
      for (const { title } of commands) expect(known).toContain(title)
  })
})

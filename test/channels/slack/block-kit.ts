import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { createGenerator } from 'ts-json-schema-generator'

type Schema = Record<string, unknown>

/** The limits that @slack/types states in words only, e.g. "Maximum length for this field is 75 characters". */
const lengthInWords = /maximum length (?:[^.]*? )?is (\d[\d,]*) characters/i

/** Counts that it states nowhere a machine could read. Source: https://docs.slack.dev/reference/block-kit/blocks */
const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ActionsBlock: { elements: 25 },
  ContextBlock: { elements: 10 },
  SectionBlock: { fields: 10 },
  StaticSelect: { options: 100 },
}

/** How many limits stood in words; a test says how many must have been understood, so that none is lost unseen. */
export type BlockKit = { readonly isValid: ValidateFunction; readonly limits: number }

/** A JSON Schema of Block Kit, made from Slack's own types at the moment of the test. */
export function blockKit(type: 'KnownBlock' | 'View'): BlockKit {
  const generator = createGenerator({
    path: join(process.cwd(), 'node_modules/@slack/types/dist/index.d.ts'),
    tsconfig: join(process.cwd(), 'test/channels/slack/block-kit.tsconfig.json'),
    ...{ type, skipTypeCheck: true, additionalProperties: false, topRef: true },
  })
  const schema = generator.createSchema(type) as Schema
  const definitions = Object.entries(schema.definitions as Record<string, Schema>)
  const limits = definitions.map(([name, definition]) => limited(name, definition)).reduce((a, b) => a + b, 0)
  const ajv = new Ajv({ strict: false, allErrors: false })
  return { isValid: ajv.compile(schema), limits }
}

function limited(name: string, definition: Schema): number {
  let found = 0
  for (const [key, property] of Object.entries((definition.properties ?? {}) as Record<string, Schema>)) {
    const words = String(property.description ?? '').replace(/\s+/g, ' ')
    const stated = lengthInWords.exec(words)?.[1]
    const most = counts[name]?.[key]
    if (most !== undefined) property.maxItems = most
    if (stated === undefined) continue
    found += 1
    const maxLength = Number(stated.replace(',', ''))
    if (property.type === 'string') property.maxLength = maxLength
    else property.properties = { text: { maxLength } }
  }
  return found
}

import type { DeskCommand } from '../core/desk/command.ts'
import type { FormField } from '../core/desk/forms.ts'
import { deskCommands } from '../core/desk/registry.ts'

const bearer = [{ token: [] }]
const ref = { name: 'ref', in: 'path', required: true, schema: { type: 'string' }, example: 'GH-2026-000123' }
const refused = (description: string) => ({ description, content: { 'application/problem+json': {} } })

const responses = {
  200: { description: '{ outcome, answer, state? , list? }' },
  400: refused('An argument is missing or wrong; detail says which.'),
  401: refused('The token is missing or wrong.'),
  403: refused('The staff member may not do this.'),
  404: refused('There is no such case, or it is not theirs to see.'),
  409: refused('Nothing changed; detail says why.'),
}

function argumentOf(field: FormField) {
  const description = [field.label, field.hint].filter((part) => part !== undefined).join('. ')
  const text = { type: 'string', description }
  if (field.kind === 'text') return { ...text, maxLength: field.maxLength }
  if (field.kind === 'choice' && field.from === undefined) return { ...text, enum: field.options.map(({ id }) => id) }
  return text
}

function operationOf({ name, label, help, roles, about, fields }: DeskCommand) {
  const args = Object.fromEntries(fields.map((field) => [field.name, argumentOf(field)]))
  const required = fields.filter((field) => field.required).map((field) => field.name)
  const schema = {
    type: 'object',
    required: ['as', ...(required.length > 0 ? ['args'] : [])],
    properties: {
      as: { type: 'string', description: 'A staff id; permissions and audit are theirs' },
      id: { type: 'string', description: 'The same id twice has one effect' },
      args: { type: 'object', properties: args, ...(required.length > 0 && { required }), additionalProperties: false },
    },
  }
  return {
    operationId: name,
    summary: label,
    description: `${help} For: ${roles.join(', ')}.`,
    security: bearer,
    ...(about === 'case' && { parameters: [ref] }),
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses,
  }
}

/** One path for every command of the registry. */
export const commandPaths = Object.fromEntries(
  deskCommands.map((command) => {
    const place = command.about === 'case' ? '/cases/{ref}/commands' : '/commands'
    return [`/api/v1${place}/${command.name}`, { post: operationOf(command) }]
  }),
)

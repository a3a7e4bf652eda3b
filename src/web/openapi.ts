import { commandPaths } from './openapi-commands.ts'

const bearer = [{ token: [] }]
const ok = (description: string) => ({ 200: { description }, 401: { description: 'The token is missing or wrong.' } })
const ref = { name: 'ref', in: 'path', required: true, schema: { type: 'string' }, example: 'GH-2026-000123' }
const query = (name: string, description: string) => ({ name, in: 'query', schema: { type: 'string' }, description })

/** What `/api/v1` offers, for tools and people. */
export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'Gatehouse',
    version: '1',
    description: 'Cases of the enquiry and complaint desk. Errors are application/problem+json.',
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/api/v1/cases': {
      get: {
        summary: 'Cases, newest first',
        security: bearer,
        parameters: [
          query('status', 'with-bot, paging, exhausted, owned or closed'),
          query('kind', 'enquiry, complaint, incident_report, service_request, feedback or emergency'),
          query('site', 'A site of rosters.yaml'),
          query('owner', 'A staff id'),
          query('q', 'A whole case number or a whole customer address'),
          query('cursor', '`next` of the page before'),
          query('limit', '1 to 200, 50 if absent'),
        ],
        responses: ok('{ cases, next? }'),
      },
    },
    '/api/v1/cases/{ref}': {
      get: {
        summary: 'Everything about one case',
        security: bearer,
        parameters: [ref],
        responses: ok('State, thread, log, pages'),
      },
    },
    '/api/v1/cases/{ref}/commands': {
      post: {
        summary: 'Do what the desk can do, in the name of a staff member',
        security: bearer,
        parameters: [ref],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['command', 'as'],
                properties: {
                  command: { type: 'string' },
                  as: { type: 'string', description: 'A staff id; permissions and audit are theirs' },
                  args: { type: 'object', additionalProperties: { type: 'string' } },
                  id: { type: 'string', description: 'The same id twice has one effect' },
                },
              },
            },
          },
        },
        responses: { ...ok('{ outcome, answer, state }'), 409: { description: 'Nothing changed; detail says why.' } },
      },
    },
    ...commandPaths,
    '/api/v1/files': {
      post: {
        summary: 'A file that may go with an answer, for a day: name it in `args.files` of reply, reply-with or ask',
        security: bearer,
        parameters: [
          query('as', 'A staff id; only their answers may carry it'),
          query('name', 'What the customer sees'),
        ],
        requestBody: { required: true, content: { 'application/octet-stream': {} } },
        responses: {
          ...ok('{ file, name, contentType, sizeBytes }'),
          400: { description: 'Of a type or size that cannot be sent' },
        },
      },
    },
    '/api/v1/intake': {
      post: {
        summary: 'Record what somebody said at the counter or on the telephone',
        security: bearer,
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['as', 'site', 'channel', 'text'],
                properties: {
                  as: { type: 'string', description: 'A staff id: who records it' },
                  site: { type: 'string' },
                  channel: { enum: ['walk-in', 'phone'] },
                  text: { type: 'string', description: 'What was said, 1 to 10,000 characters' },
                  name: { type: 'string' },
                  phone: { type: 'string', description: 'Like +85221234567: answers go there by SMS' },
                  id: { type: 'string', description: 'The same id twice is one intake' },
                },
              },
            },
          },
        },
        responses: { 201: { description: '{ id, ref }' }, 202: { description: '{ id }: stored, not read yet' } },
      },
    },
    '/api/v1/commands': {
      get: { summary: 'The registry of commands', security: bearer, responses: ok('{ commands }') },
    },
    '/api/v1/ledger': {
      get: {
        summary: 'What was received and how it ended, by channel',
        security: bearer,
        responses: ok('Counts by channel'),
      },
    },
    '/api/v1/duty': {
      get: {
        summary: 'Who is on duty at each level',
        security: bearer,
        parameters: [query('site', 'A site'), query('at', 'An instant; now if absent')],
        responses: ok('Levels and people'),
      },
    },
  },
} as const

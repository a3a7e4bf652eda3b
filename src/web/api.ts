import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { CommandOutput } from '../core/calendar/run-due.ts'
import type { CaseList } from '../core/case-list.ts'
import type { HttpRequest, HttpResponse } from '../core/channel.ts'
import { type Performed, perform } from '../core/desk/perform.ts'
import { deskCommands } from '../core/desk/registry.ts'
import type { Directory } from '../core/duty/directory.ts'
import type { EngineDeps } from '../core/engine.ts'
import type { Clock, Counts } from '../core/ports.ts'
import { type IntakeDeps, takeIn } from './intake.ts'
import { openApi } from './openapi.ts'
import { json, problem } from './problem.ts'
import type { Guarded } from './server.ts'

export type ApiDeps = {
  readonly cases: CaseList
  readonly engine: EngineDeps
  readonly directory: Directory
  readonly clock: Clock
  readonly ledger: () => Promise<Readonly<Record<string, Counts>>>
  readonly intake: IntakeDeps
  readonly duty: (site: string, at: string | undefined) => CommandOutput<unknown>
}

const maxBytes = 64 * 1024
const base = '/api/v1'

const filter = z.object({
  status: z.enum(['with-bot', 'paging', 'exhausted', 'owned', 'closed']).optional(),
  kind: z.string().max(40).optional(),
  site: z.string().max(80).optional(),
  owner: z.string().max(80).optional(),
  q: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const commandBody = z.object({
  command: z.string().max(40),
  args: z.record(z.string(), z.string()).default({}),
  /** The staff member in whose name it is done: permissions and audit are theirs. */
  as: z.string().max(80),
  /** The same id twice has one effect. */
  id: z.string().max(100).optional(),
})

/** `/api/v1`: the same commands, permissions and audit as at the desks. */
export function apiRoutes(deps: ApiDeps): readonly Guarded[] {
  const get = (path: string, handle: Guarded['handle']): Guarded => ({
    method: 'GET',
    path: `${base}${path}`,
    maxBytes: 0,
    access: 'token',
    handle,
  })
  const post = (path: string, handle: Guarded['handle']): Guarded => ({
    ...{ method: 'POST', path: `${base}${path}`, maxBytes, access: 'token', handle },
  })
  return [
    get('/cases', (request) => list(request, deps)),
    get('/cases/:ref', async (request) => {
      const record = await deps.cases.record(refIn(request))
      return record === undefined ? problem(404, 'There is no such case.') : json(record)
    }),
    post('/cases/:ref/commands', (request) => command(request, deps)),
    post('/intake', (request) => takeIn(parsed(request.body), deps.intake)),
    get('/commands', async () => json({ commands: deskCommands.map(inWords) })),
    get('/ledger', async () => json(await deps.ledger())),
    get('/duty', async (request) => {
      const query = queryOf(request)
      const found = deps.duty(query.site ?? '', query.at)
      return found.ok ? json(found.json) : problem(400, found.message)
    }),
    { ...get('/openapi.json', async () => json(openApi)), access: 'public' },
  ]
}

const inWords = ({ name, label, help, roles, argNames }: (typeof deskCommands)[number]) => ({
  ...{ name, label, help, roles, args: argNames, surfaces: ['slack', 'api'] },
})

const queryOf = ({ url }: HttpRequest): Record<string, string> =>
  Object.fromEntries(new URL(url, 'http://gatehouse').searchParams)

const refIn = ({ url }: HttpRequest): string => {
  const [, , , , ref = ''] = new URL(url, 'http://gatehouse').pathname.split('/')
  return decodeURIComponent(ref).toUpperCase()
}

async function list(request: HttpRequest, { cases }: ApiDeps): Promise<HttpResponse> {
  const read = filter.safeParse(queryOf(request))
  if (!read.success)
    return problem(400, read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  try {
    return json(await cases.page(JSON.parse(JSON.stringify(read.data))))
  } catch (error) {
    if (error instanceof RangeError) return problem(400, error.message)
    throw error
  }
}

async function command(request: HttpRequest, { engine, directory, clock }: ApiDeps): Promise<HttpResponse> {
  const read = commandBody.safeParse(parsed(request.body))
  if (!read.success) return problem(400, 'Send JSON: {"command": "acknowledge", "as": "<staff id>", "args": {}}.')
  const { command: name, args, as, id } = read.data
  const by = directory.byId(as)
  if (by === undefined) return problem(403, `"${as}" is not in the staff list.`)
  const performed = await perform(
    { id: `api:${id ?? randomUUID()}`, at: clock.now(), by, command: name, caseId: refIn(request), args },
    engine,
  )
  return answerTo(performed)
}

const refusals = { 'unknown-command': 400, 'bad-arguments': 400, 'not-allowed': 403, 'no-case': 404 } as const

function answerTo(performed: Performed): HttpResponse {
  if (performed.outcome === 'refused') return problem(refusals[performed.because], performed.answer)
  const { outcome, answer, state } = performed
  return outcome === 'unchanged' ? problem(409, answer) : json({ outcome, answer, state })
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

import { z } from 'zod'
import { largestFileBytes } from '../core/attachments/outgoing.ts'
import type { CommandOutput } from '../core/calendar/run-due.ts'
import type { CaseList } from '../core/case-list.ts'
import type { HttpRequest, HttpResponse } from '../core/channel.ts'
import type { Counts } from '../core/ports.ts'
import { type CommandDeps, commandInBody, commandInPath, commandList, parsed, partOf } from './api-commands.ts'
import { takeFile } from './api-files.ts'
import { type IntakeDeps, takeIn } from './intake.ts'
import { openApi } from './openapi.ts'
import { json, problem } from './problem.ts'
import type { Guarded } from './server.ts'

export type ApiDeps = CommandDeps & {
  readonly cases: CaseList
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
    post('/cases/:ref/commands', (request) => commandInBody(request, deps)),
    post('/cases/:ref/commands/:name', (request) => commandInPath(request, deps)),
    post('/commands/:name', (request) => commandInPath(request, deps)),
    { ...post('/files', (request) => takeFile(request, deps)), maxBytes: largestFileBytes + 1 },
    post('/intake', (request) => takeIn(parsed(request.body), deps.intake)),
    get('/commands', async () => json(commandList())),
    get('/ledger', async () => json(await deps.ledger())),
    get('/duty', async (request) => {
      const query = queryOf(request)
      const found = deps.duty(query.site ?? '', query.at)
      return found.ok ? json(found.json) : problem(400, found.message)
    }),
    { ...get('/openapi.json', async () => json(openApi)), access: 'public' },
  ]
}

const queryOf = ({ url }: HttpRequest): Record<string, string> =>
  Object.fromEntries(new URL(url, 'http://gatehouse').searchParams)

const refIn = (request: HttpRequest): string => partOf(request, 4).toUpperCase()

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

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { HttpRequest, HttpResponse } from '../core/channel.ts'
import type { DeskDeps } from '../core/desk/desk-deps.ts'
import { type Performed, perform } from '../core/desk/perform.ts'
import { deskCommands } from '../core/desk/registry.ts'
import type { Clock } from '../core/ports.ts'
import { json, problem } from './problem.ts'

export type CommandDeps = { readonly desk: DeskDeps; readonly clock: Clock }

const body = z.object({
  args: z.record(z.string(), z.string()).default({}),
  /** The staff member in whose name it is done: permissions and audit are theirs. */
  as: z.string().max(80),
  /** The same id twice has one effect. */
  id: z.string().max(100).optional(),
})
const namedBody = body.extend({ command: z.string().max(40) })

/** `POST /cases/{ref}/commands`, the command named in the body. */
export async function commandInBody(request: HttpRequest, deps: CommandDeps): Promise<HttpResponse> {
  const read = namedBody.safeParse(parsed(request.body))
  if (!read.success) return problem(400, 'Send JSON: {"command": "acknowledge", "as": "<staff id>", "args": {}}.')
  return carryOut(read.data, { command: read.data.command, caseId: partOf(request, 4) }, deps)
}

/** `POST /cases/{ref}/commands/{name}`, and `POST /commands/{name}` for what concerns no case. */
export async function commandInPath(request: HttpRequest, deps: CommandDeps): Promise<HttpResponse> {
  const read = body.safeParse(parsed(request.body))
  if (!read.success) return problem(400, 'Send JSON: {"as": "<staff id>", "args": {}}.')
  const isOnCase = partOf(request, 3) === 'cases'
  const about = isOnCase
    ? { command: partOf(request, 6), caseId: partOf(request, 4) }
    : { command: partOf(request, 4), caseId: '' }
  return carryOut(read.data, about, deps)
}

type About = { readonly command: string; readonly caseId: string }

async function carryOut({ args, as, id }: z.infer<typeof body>, about: About, { desk, clock }: CommandDeps) {
  const by = desk.directory.byId(as)
  if (by === undefined) return problem(403, `"${as}" is not in the staff list.`)
  const request = { ...about, id: `api:${id ?? randomUUID()}`, at: clock.now(), by, args, desk: 'api' }
  return answerTo(await perform(request, desk))
}

const refusals = { 'unknown-command': 400, 'bad-arguments': 400, 'not-allowed': 403, 'no-case': 404 } as const

function answerTo(performed: Performed): HttpResponse {
  switch (performed.outcome) {
    case 'refused':
      return problem(refusals[performed.because], performed.answer)
    case 'unchanged':
      return problem(409, performed.answer)
    case 'answered': {
      const { outcome, answer, shown } = performed
      return json({ outcome, answer, ...(shown?.list && { list: shown.list }) })
    }
    case 'done': {
      const { outcome, answer, state } = performed
      return json({ outcome, answer, state })
    }
  }
}

/** `GET /commands`: the registry as tools and people need it. */
export const commandList = () => ({ commands: deskCommands.map(inWords) })

const inWords = (command: (typeof deskCommands)[number]) => {
  const { name, label, help, roles, about, aliases = [], fields, confirmation } = command
  return {
    ...{ name, label, help, roles, about, aliases, confirmation },
    args: fields.map(({ name: arg, label: asked, kind, required, hint }) => ({
      ...{ name: arg, label: asked, kind, required },
      ...(hint !== undefined && { hint }),
    })),
    surfaces: ['slack', 'teams', 'api'],
  }
}

/** A part of the path; a case number or a command name may be written in any case. */
export function partOf({ url }: HttpRequest, position: number): string {
  const part = new URL(url, 'http://gatehouse').pathname.split('/')[position] ?? ''
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

export function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

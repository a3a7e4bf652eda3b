import { randomUUID } from 'node:crypto'
import { keptOf } from '../core/attachments/keep.ts'
import { cleanName, faultOf, fileIdFor, isWhatItSays, offeredTo, typeOf } from '../core/attachments/outgoing.ts'
import type { HttpRequest, HttpResponse } from '../core/channel.ts'
import { handlers } from '../core/desk/command.ts'
import type { CommandDeps } from './api-commands.ts'
import { json, problem } from './problem.ts'

/** `POST /files?as=<staff id>&name=<file name>`: the body is the file. It can go with that person's answers for a day. */
export async function takeFile(
  { url, headers, body }: HttpRequest,
  { desk, clock }: CommandDeps,
): Promise<HttpResponse> {
  const query = new URL(url, 'http://gatehouse').searchParams
  const by = desk.directory.byId(query.get('as') ?? '')
  if (by === undefined) return problem(403, `"${query.get('as') ?? ''}" is not in the staff list.`)
  if (!by.posts.some(({ role }) => handlers.includes(role))) return problem(403, 'This person writes to no customers.')
  const name = cleanName(query.get('name') ?? '')
  const said = typeof headers['content-type'] === 'string' ? headers['content-type'] : ''
  const contentType = typeOf({ name, contentType: said })
  const fault = faultOf({ name, contentType, sizeBytes: body.length })
  if (fault !== undefined) return problem(400, fault)
  if (body.length === 0 || !isWhatItSays(body, contentType)) return problem(400, `${name} is not what its name says.`)
  const kept = keptOf(body, contentType)
  const id = fileIdFor(randomUUID(), 0)
  const about = { id, name, contentType, sizeBytes: body.length }
  const row = { ...about, caseId: '', offeredTo: offeredTo.person(by.id), source: 'api', ref: '', attempts: 0 }
  await desk.files.put(row, kept, clock.now())
  return json({ file: id, name, contentType, sizeBytes: body.length })
}

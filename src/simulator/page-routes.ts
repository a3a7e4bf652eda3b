import type { Config } from '../config.ts'
import type { HttpRequest, HttpResponse } from '../core/channel.ts'
import { json, problem } from '../web/problem.ts'
import type { Guarded } from '../web/server.ts'
import type { Demo } from './demo.ts'
import { type Act, Refusal, type Stage } from './page-acts.ts'
import { castOf } from './page-cast.ts'
import { isOurHost, isOwnPage } from './page-door.ts'
import { pageFiles } from './page-files.ts'
import { mailActs } from './page-mail-acts.ts'
import { openPageState } from './page-state.ts'
import { storyActs } from './page-story-acts.ts'
import { acts } from './page-teams-acts.ts'

/** 10,000 characters of Chinese, and the rest of a body around them. */
const maxBytes = 64 * 1024
const base = '/simulator/api'

/** `/simulator`: one page on which a person plays customers and staff, and what its script asks for. Demonstration only. */
export function simulatorRoutes(demo: Demo, config: Config): readonly Guarded[] {
  const state = openPageState(demo)
  const cast = castOf(config, new Date())
  // A real workspace has everybody's direct messages from the start.
  for (const { id } of cast.people) demo.slack.control.directMessageOf(id)
  const phones = new Set(cast.phones.map(({ number }) => number))
  const mailboxes = new Set(cast.sites.flatMap(({ mailbox }) => mailbox ?? []))
  const [site] = cast.sites
  const ends = { number: site?.numbers.sms ?? '', mailbox: site?.mailbox ?? '' }
  const stage: Stage = { demo, state, phones, mailboxes, ends }
  const { publicUrl } = config.environment
  const get = (path: string, answer: (request: HttpRequest) => HttpResponse): Guarded => ({
    ...{ method: 'GET', path: `${base}${path}`, maxBytes: 0, access: 'public' },
    handle: async (request) => (isOurHost(request, publicUrl) ? answer(request) : elsewhere),
  })
  return [
    ...pageFiles(),
    get('/cast', () => fresh(castOf(config, new Date()))),
    get('/state', (request) => fresh(state.read(sinceIn(request)))),
    get('/media/:sid', (request) => media(request, demo)),
    ...Object.entries({ ...acts, ...mailActs, ...storyActs }).map(
      ([name, act]): Guarded => ({
        ...{ method: 'POST', path: `${base}/${name}`, maxBytes: act.maxBytes ?? maxBytes, access: 'public' },
        handle: async (request) =>
          isOurHost(request, publicUrl) && isOwnPage(request) ? carryOut(request, act, stage) : elsewhere,
      }),
    ),
  ]
}

const elsewhere = problem(403, 'Only the simulator’s own page may ask for this.')

const fresh = (body: object): HttpResponse => {
  const answer = json(body)
  return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } }
}

async function carryOut(request: HttpRequest, act: Act<never>, stage: Stage): Promise<HttpResponse> {
  const read = act.body.safeParse(parsed(request.body))
  if (!read.success)
    return problem(400, read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  try {
    return fresh(await act.carryOut(read.data, stage))
  } catch (error) {
    if (error instanceof Refusal) return problem(409, error.message)
    throw error
  }
}

/** A file as a data address in JSON: routes answer with text, and the page may show images only from here. */
function media({ url }: HttpRequest, { twilio }: Demo): HttpResponse {
  const sid = new URL(url, 'http://gatehouse').pathname.split('/').at(-1)
  const found = twilio
    .messages()
    .flatMap((message) => message.media)
    .find((each) => each.sid === sid)
  if (found === undefined) return problem(404, 'There is no such file.')
  return fresh({ address: `data:${found.contentType};base64,${found.bytes.toString('base64')}` })
}

function sinceIn({ url }: HttpRequest): number | undefined {
  const since = new URL(url, 'http://gatehouse').searchParams.get('since')
  return since === null ? undefined : Number(since)
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

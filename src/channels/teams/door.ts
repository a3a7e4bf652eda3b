import type { HttpRequest, HttpResponse, Inbox, RawEvent, Route } from '../../core/channel.ts'
import type { Framework } from './framework.ts'
import { type KeptActivity, keptOf, toRawEvent } from './parse.ts'
import { isPersonal, personOf } from './read-message.ts'
import { personKey, placeKey, type References, rootOf, tenantKey } from './references.ts'
import type { TeamsSettings } from './settings.ts'
import { type Activity, activityIn, verifyOrigin } from './verify.ts'

/** Teams' activities stay far below this; whatever is larger is not from Teams. */
const maxBytes = 1_048_576

export type DoorParts = {
  readonly settings: TeamsSettings
  readonly framework: () => Promise<Framework>
  readonly references: References
  readonly clock: () => Date
  /** What is answered to an activity that was stored; `receive` stores it. */
  readonly answer: (taken: Taken) => Promise<HttpResponse>
}

export type Taken = {
  readonly event: RawEvent
  readonly read: KeptActivity
  readonly receive: () => Promise<'stored' | 'duplicate'>
}

export type Door = { readonly routes: readonly Route[]; open(inbox: Inbox): void; close(): void }

/** Where Teams calls us. Nothing is answered with success before it is stored, and nothing stored that Teams did not sign. */
export function createDoor(parts: DoorParts): Door {
  let inbox: Inbox | undefined
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const { body, headers } = request
    const activity = activityIn(body)
    if (activity === undefined) return { status: 400 }
    const verdict = verifyOrigin(activity, parts.settings)
    if (!verdict.genuine && verdict.status === 401) return { status: 401 }
    if (typeof headers.authorization !== 'string') return { status: 401 }
    if (inbox === undefined) return { status: 503 }
    const opened = inbox
    const turn = () =>
      verdict.genuine
        ? take({ read: keptOf(activity), tenant: verdict.tenant }, opened, parts)
        : Promise.resolve({ status: verdict.status })
    return checked(parts, { authorization: headers.authorization, activity, turn })
  }
  return {
    routes: [{ method: 'POST', path: '/api/messages', maxBytes, handle }],
    open: (opened) => {
      inbox = opened
    },
    close: () => {
      inbox = undefined
    },
  }
}

type Call = {
  readonly authorization: string
  readonly activity: Activity
  readonly turn: () => Promise<HttpResponse>
}

/** The framework throws errors of many kinds for a caller it does not believe; only lost keys are our own trouble. */
async function checked({ framework }: DoorParts, { authorization, activity, turn }: Call): Promise<HttpResponse> {
  // What cannot be checked is not refused: Teams tries again after a 503, and never after a 401.
  const loaded = await framework().catch(() => undefined)
  if (loaded === undefined) return { status: 503 }
  let isGenuine = false
  try {
    await loaded.check(authorization, activity)
    isGenuine = true
    return await turn()
  } catch (error) {
    // Not stored, or no keys to check with: Teams tries again.
    return isGenuine || isKeyTrouble(error) ? { status: 503 } : { status: 401 }
  }
}

/** The key server could not be asked or answered nonsense: the caller may be genuine. */
function isKeyTrouble(error: unknown): boolean {
  const { name, statusCode, code } = error as { name?: string; statusCode?: number; code?: string }
  return name === 'FetchError' || statusCode === 500 || /^E[A-Z]+$/.test(code ?? '')
}

type Heard = { readonly read: KeptActivity; readonly tenant: string }

async function take(heard: Heard, inbox: Inbox, { references, clock, answer }: DoorParts): Promise<HttpResponse> {
  const { read, tenant } = heard
  const event = toRawEvent(read, tenant, clock())
  await remember(heard, references)
  return answer({ event, read, receive: () => inbox.receive(event) })
}

/** Where this person or place, and its tenant, are reached from now on. */
async function remember({ read, tenant }: Heard, references: References): Promise<void> {
  const { serviceUrl, conversation } = read
  const id = conversation?.id
  const person = personOf(read)
  if (serviceUrl === undefined || id === undefined) return
  const isNews = read.type === 'installationUpdate' || read.type === 'conversationUpdate'
  if (isPersonal(read)) {
    if (person !== undefined) await references.heard(personKey(person), { serviceUrl, conversation: id }, isNews)
  } else await references.heard(placeKey(id), { serviceUrl, conversation: rootOf(id) }, isNews)
  await references.heard(tenantKey(tenant), { serviceUrl, conversation: '' })
}

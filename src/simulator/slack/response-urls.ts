import { randomUUID } from 'node:crypto'
import { type Json, listOf, textOf } from './json.ts'
import { app, type Workspace, withBlockIds } from './workspace.ts'

type Target = { readonly channel: string; readonly user: string; readonly ts: string | undefined; left: number }

/** Slack takes five answers per URL within thirty minutes; the minutes are not simulated. */
const answers = 5

/** The URLs by which an app answers a press or a command without a token. */
export class ResponseUrls {
  readonly #workspace: Workspace
  readonly #origin: () => string
  readonly #targets = new Map<string, Target>()

  constructor(workspace: Workspace, origin: () => string) {
    this.#workspace = workspace
    this.#origin = origin
  }

  create(channel: string, user: string, ts?: string): string {
    const id = randomUUID()
    this.#targets.set(id, { channel, user, ts, left: answers })
    return `${this.#origin()}/respond/${id}`
  }

  /** False when the URL is unknown or used up. */
  take(id: string, answer: Json): boolean {
    const target = this.#targets.get(id)
    if (target === undefined || target.left <= 0) return false
    target.left -= 1
    const content = { text: textOf(answer, 'text') ?? '', blocks: withBlockIds(listOf(answer, 'blocks')) }
    const pressed = target.ts === undefined ? undefined : this.#workspace.find(target.channel, target.ts)
    if (answer.replace_original === true && pressed !== undefined) Object.assign(pressed, content, { isEdited: true })
    else this.#post(target, answer, content)
    this.#workspace.changed()
    return true
  }

  #post(target: Target, answer: Json, content: { text: string; blocks: readonly Json[] }): void {
    const place = { ts: this.#workspace.nextTs(), channel: target.channel, ...content }
    if (answer.response_type !== 'in_channel') this.#workspace.ephemerals.push({ ...place, user: target.user })
    else this.#workspace.messages.push({ ...place, author: app.userId, isEdited: false })
  }
}

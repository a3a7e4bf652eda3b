import { z } from 'zod'
import type { Demo } from './demo.ts'
import { photo } from './page-files.ts'
import type { PageState } from './page-state.ts'
import { makeTrouble, troubleBody } from './page-trouble.ts'
import { fileFrom } from './slack/files.ts'
import type { Ends } from './tell-story.ts'

/** What the acts need: the providers, what the page shows, and the phones that exist. */
export type Stage = {
  readonly demo: Pick<Demo, 'twilio' | 'slack' | 'teams' | 'mail'>
  readonly state: PageState
  readonly phones: ReadonlySet<string>
  /** The addresses a tenant can write to. */
  readonly mailboxes: ReadonlySet<string>
  /** Where customers of stories write to. */
  readonly ends: Ends
}

/** One thing a person can do on the page: the body it takes, and what it does. `Refusal` is told to the person. */
export type Act<Body> = {
  readonly body: z.ZodType<Body>
  readonly carryOut: (body: Body, stage: Stage) => Promise<object>
  /** Where it takes more than words. */
  readonly maxBytes?: number
}

/** Something that cannot be done now, in words for the person at the page. */
export class Refusal extends Error {}

export const act = <Body>(body: z.ZodType<Body>, carryOut: Act<Body>['carryOut']): Act<never> =>
  ({ body, carryOut }) as never

export const id = z.string().min(1).max(200)
const number = z.string().regex(/^\+[1-9]\d{6,14}$/)
export const words = z.string().trim().min(1).max(4_000)

const textBody = z.strictObject({
  channel: z.enum(['sms', 'whatsapp']),
  from: number,
  to: number,
  body: z.string().max(10_000),
  profileName: z.string().max(80).optional(),
  photo: z.boolean().optional(),
})
const pressBody = z.strictObject({
  user: id,
  channel: id,
  ts: id,
  actionId: z.string().min(1).max(255),
  value: z.string().max(2_000).optional(),
})
/** A file of ten megabytes as base64, and the words around it. */
export const mostFileBytes = 15 * 1_048_576
export const fileBody = z.strictObject({ name: id, type: z.string().max(200), base64: z.base64() })
const submitBody = z.strictObject({ user: id, values: z.record(id, z.string().max(3_000)) })
const threadBody = z.strictObject({ user: id, channel: id, ts: id, text: words })
const writeBody = z.strictObject({ user: id, channel: id, text: words })

/** Everything a person can do with the phone, in Slack and with the providers, by the last part of its address. */
export const deskActs: Readonly<Record<string, Act<never>>> = {
  text: act(textBody, sendText),
  press: act(pressBody, async (press, stage) => {
    const { user, channel, ts, actionId, value } = press
    const button = { user: person(user, stage), channel, ts, actionId, ...(value === undefined ? {} : { value }) }
    return delivered(await refusing(async () => stage.demo.slack.control.press(button)))
  }),
  upload: {
    ...act(fileBody, async (given, { demo }) => ({ id: demo.slack.control.upload(fileFrom(given)) })),
    maxBytes: mostFileBytes,
  },
  submit: act(submitBody, ({ user, values }, { demo }) =>
    refusing(async () => demo.slack.control.submitView(user, values)),
  ),
  close: act(z.strictObject({ user: id }), async ({ user }, { demo }) => {
    demo.slack.control.closeView(user)
    return {}
  }),
  thread: act(threadBody, async ({ user, channel, ts, text }, stage) => {
    const where = { user: person(user, stage), channel: place(channel, stage), ts, text }
    return written(stage.demo.slack.control.writeInThread(where))
  }),
  write: act(writeBody, async ({ user, channel, text }, stage) => {
    const where = { user: person(user, stage), channel: place(channel, stage), text }
    return written(stage.demo.slack.control.writeInChannel(where))
  }),
  dm: act(z.strictObject({ user: id, text: words }), async ({ user, text }, stage) =>
    written(stage.demo.slack.control.directMessage({ user: person(user, stage), text })),
  ),
  slash: act(writeBody, async ({ user, channel, text }, stage) => {
    const typed = { user: person(user, stage), channel: place(channel, stage), text }
    return delivered(await stage.demo.slack.control.slashCommand(typed))
  }),
  trouble: act(troubleBody, async (wanted, { demo }) => {
    await makeTrouble(wanted, demo)
    return {}
  }),
  clock: act(z.strictObject({ hours: z.number().int().min(1).max(72) }), async ({ hours }, { demo, state }) => {
    demo.twilio.advance(hours * 3_600_000)
    state.moved(hours)
    return {}
  }),
}

/** The text is on its way when this returns; how Gatehouse answered is shown with it later. */
async function sendText(text: z.infer<typeof textBody>, { demo, state, phones }: Stage): Promise<object> {
  const { photo: withPhoto, profileName, ...message } = text
  if (!phones.has(message.from)) throw new Refusal('There is no such phone here.')
  if (message.body === '' && withPhoto !== true) throw new Refusal('Write something first.')
  const media = withPhoto ? { media: [{ contentType: 'image/jpeg', bytes: photo() }] } : {}
  const name = profileName === undefined ? {} : { profileName }
  // A webhook that finds nobody is an outcome; only a closing simulator ends it otherwise, and then nobody looks.
  void demo.twilio.textFrom({ ...message, ...media, ...name }).then(state.answered, () => {})
  return {}
}

function person(user: string, { demo }: Stage): string {
  if (demo.slack.control.page().people.every((each) => each.id !== user)) throw new Refusal('There is no such person.')
  return user
}

function place(channel: string, { demo }: Stage): string {
  const known = demo.slack.control.page().channels
  if (known.every((each) => each.id !== channel)) throw new Refusal('There is no such channel.')
  return channel
}

/** A button that is gone or a form that was closed is told to the person; the local Slack says which. */
export async function refusing<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : 'That cannot be done now.')
  }
}

const written = ({ ts }: { readonly ts: string }): object => ({ ts })
const delivered = ({ acknowledged, attempts }: { acknowledged: boolean; attempts: number }): object => ({
  acknowledged,
  attempts,
})

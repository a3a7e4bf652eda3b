import { z } from 'zod'
import {
  type Act,
  act,
  deskActs,
  fileBody,
  id,
  mostFileBytes,
  Refusal,
  refusing,
  type Stage,
  words,
} from './page-acts.ts'
import { fileFrom } from './slack/files.ts'
import type { Delivered } from './teams/delivery.ts'
import type { FoundCase } from './teams/extension.ts'

const pressBody = z.strictObject({ user: id, message: id, button: z.string().min(1).max(100) })
const submitBody = z.strictObject({
  user: id,
  values: z.record(id, z.string().max(4_000)),
  button: z.string().max(100).optional(),
})
const sayBody = z
  .strictObject({ user: id, text: z.string().trim().max(4_000), file: id.optional() })
  .refine(({ text, file }) => text !== '' || file !== undefined, 'write something first')
const mentionBody = z.strictObject({ user: id, channel: id, text: words, threadOf: id.optional(), file: id.optional() })

const insertBody = z.strictObject({ user: id, channel: id, index: z.number().int().min(0).max(100) })

/** What the search box showed last, to be put into a conversation. */
const lastFound = new WeakMap<Stage, readonly FoundCase[]>()

/** What a person can do in Teams, by the last part of its address. */
const teamsActs: Readonly<Record<string, Act<never>>> = {
  'teams-press': act(pressBody, async (press, stage) => {
    const user = person(press.user, stage)
    return delivered(await refusing(() => stage.demo.teams.control.press({ ...press, user })))
  }),
  'teams-submit': act(submitBody, ({ user, values, button }, { demo }) =>
    refusing(() => demo.teams.control.submitDialog(user, values, button)),
  ),
  'teams-close': act(z.strictObject({ user: id }), async ({ user }, { demo }) => {
    demo.teams.control.closeDialog(user)
    return {}
  }),
  'teams-mention': act(mentionBody, async ({ user, channel, text, threadOf, file }, stage) => {
    const known = stage.demo.teams.control.page().places
    if (known.every((each) => each.id !== channel)) throw new Refusal('There is no such channel.')
    const said = {
      user: person(user, stage),
      channel,
      text,
      ...(threadOf !== undefined && { threadOf }),
      ...(file && { pictures: [file] }),
    }
    return { id: stage.demo.teams.control.mention(said).id }
  }),
  'teams-say': act(sayBody, async ({ user, text, file }, stage) => {
    return { id: stage.demo.teams.control.say(person(user, stage), text, file === undefined ? [] : [file]).id }
  }),
  'teams-search': act(z.strictObject({ user: id, q: z.string().max(200) }), async ({ user, q }, stage) => {
    const { said, found } = await refusing(() => stage.demo.teams.control.search(person(user, stage), q))
    lastFound.set(stage, found)
    return { said, found: found.map(({ title, text }) => ({ title, text })) }
  }),
  'teams-insert': act(insertBody, async ({ user, channel, index }, stage) => {
    const found = lastFound.get(stage)?.[index]
    if (found === undefined) throw new Refusal('Search first.')
    return { id: stage.demo.teams.control.insert({ user: person(user, stage), channel, found }) }
  }),
  'teams-act-on': act(z.strictObject({ user: id, message: id }), async ({ user, message }, stage) =>
    delivered(await refusing(() => stage.demo.teams.control.actOn(person(user, stage), message))),
  ),
  'teams-upload': {
    ...act(fileBody, async (given, { demo }) => ({ id: demo.teams.control.upload(fileFrom(given)) })),
    maxBytes: mostFileBytes,
  },
}

/** Everything a person can do on the page. */
export const acts: Readonly<Record<string, Act<never>>> = { ...deskActs, ...teamsActs }

function person(user: string, { demo }: Stage): string {
  if (demo.teams.control.page().people.every((each) => each.id !== user)) throw new Refusal('There is no such person.')
  return user
}

const delivered = ({ acknowledged, attempts }: Delivered): object => ({ acknowledged, attempts })

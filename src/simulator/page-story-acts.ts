import { z } from 'zod'
import { type Act, act, id, Refusal, type Stage } from './page-acts.ts'
import { storyChannels, storyOf, tellStory } from './tell-story.ts'

const storyBody = z.strictObject({ story: id, channel: z.enum(storyChannels) })

/** Lets a whole conversation be told, by the last part of its address. */
export const storyActs: Readonly<Record<string, Act<never>>> = { story: act(storyBody, tell) }

/** The story has begun when this returns; the page shows how it goes on, line by line. */
async function tell({ story: wanted, channel }: z.infer<typeof storyBody>, { demo, ends }: Stage): Promise<object> {
  const found = storyOf(wanted)
  if (found === undefined) throw new Refusal('There is no such story.')
  // With a provider in trouble the answer may never come: then the story ends where it was.
  void tellStory({ ...found, demo, channel, ends }).catch(() => {})
  const { name, number, address, slack, teams } = found.teller
  return { name, number, address, slack, teams }
}

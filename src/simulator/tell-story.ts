import type { Demo } from './demo.ts'
import { app } from './slack/workspace.ts'
import { type Story, type Storyteller, stories, storytellers } from './stories.ts'
import { chatOf } from './teams/tenant.ts'

/** Every way in which a customer can write. */
export const storyChannels = ['sms', 'whatsapp', 'slack', 'teams', 'email'] as const
export type StoryChannel = (typeof storyChannels)[number]

/** Where customers write to: one of our numbers, and one of our mailboxes. */
export type Ends = { readonly number: string; readonly mailbox: string }

type Providers = Pick<Demo, 'twilio' | 'slack' | 'teams' | 'mail'>
type Telling = { readonly demo: Providers; readonly teller: Storyteller; readonly channel: StoryChannel }

/** The story and whoever tells it. */
export function storyOf(id: string): { readonly story: Story; readonly teller: Storyteller } | undefined {
  const story = stories.find((one) => one.id === id)
  const teller = storytellers.find((one) => one.story === id)
  return story && teller && { story, teller }
}

/** Says each line once the one before it was answered; resolves with all answers. Rejects when none comes in time. */
export async function tellStory(
  telling: Telling & { readonly story: Story; readonly ends: Ends },
  patienceMs = 20_000,
): Promise<readonly string[]> {
  for (const [line, text] of telling.story.says.entries()) {
    const before = answersTo(telling).length
    await say(telling, line === 0 ? telling.story.subject : undefined, text)
    await until(() => answersTo(telling).length > before, patienceMs)
  }
  return answersTo(telling)
}

/** What the desk has answered this customer on this channel, oldest first, with what is drawn beside the words. */
export function answersTo({ demo, teller, channel }: Telling): readonly string[] {
  const { twilio, slack, teams, mail } = demo
  switch (channel) {
    case 'slack':
      return slack.control
        .messages(slack.control.directMessageOf(teller.slack))
        .filter(({ author }) => author === app.userId)
        .map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`)
    case 'teams':
      return teams.control
        .messages(chatOf(teller.teams))
        .filter(({ author }) => author !== teller.teams)
        .map(({ text, cards }) => `${text}\n${JSON.stringify(cards)}`)
    case 'email':
      return mail
        .shown()
        .flatMap(({ tenant, isOurs, subject, text }) =>
          tenant === teller.address && !isOurs ? [`${subject}\n${text}`] : [],
        )
    default:
      return twilio
        .messagesOf(teller.number)
        .flatMap((message) => (message.channel === channel && message.to === teller.number ? [message.body] : []))
  }
}

async function say(
  { demo, teller, channel, ends }: Telling & { readonly ends: Ends },
  subject: string | undefined,
  text: string,
): Promise<void> {
  const { twilio, slack, teams, mail } = demo
  switch (channel) {
    case 'slack':
      return void (await slack.control.directMessage({ user: teller.slack, text }).delivered)
    case 'teams':
      return void (await teams.control.say(teller.teams, text).delivered)
    case 'email': {
      const last = mail.shown().findLast(({ tenant, isOurs }) => tenant === teller.address && !isOurs)
      const about = subject === undefined && last !== undefined ? { answers: last.id } : {}
      const from = { address: teller.address, name: teller.name }
      return void (await mail.write({ from, to: ends.mailbox, subject: subject ?? '', text, ...about }))
    }
    default:
      return void (await twilio.textFrom({ channel, from: teller.number, to: ends.number, body: text }))
  }
}

async function until(isSo: () => boolean, patienceMs: number): Promise<void> {
  for (const end = Date.now() + patienceMs; !isSo(); ) {
    if (Date.now() > end) throw new Error('the desk did not answer in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

import type { DeskReads, DeskUser, Shown } from '../../core/channel.ts'
import type { Answers } from './answers.ts'
import type { KeptActivity } from './parse.ts'
import { clip } from './plain-text.ts'
import type { Posting } from './posting.ts'
import { isPersonal, personOf } from './read-message.ts'
import { renderCard, renderLists, renderWords } from './render.ts'

type Words = Shown & { readonly text: string }

/** What fits beside a card without hiding it; longer words are a message of their own. */
const longestBeside = 400
const elsewhere = 'The answer is in your chat with Gatehouse.'
const unreachable =
  'Gatehouse could not answer in private: add the Gatehouse app for yourself (Apps → Gatehouse → Add), then try again.'

/**
 * Tells one person, visibly only to them: with the answer to their press while they wait for it, else in their chat
 * with the app. Best effort: the effect of a press is on the card anyway.
 */
export async function tellPrivately(
  { posting, answers }: { readonly posting: Posting; readonly answers: Answers },
  to: DeskUser,
  { text, list, card }: Words,
): Promise<void> {
  const [conversation = '', eventId = ''] = (to.reply ?? '').split(/ (.*)/s)
  const isLaidOut = list !== undefined || card !== undefined
  const isShort = text.length <= longestBeside && !isLaidOut
  const wasWaiting = answers.give(eventId, isShort ? text : elsewhere)
  if (wasWaiting && isShort) return
  const shown = [...(card ? [renderCard(card)] : []), ...(list ? [renderLists([list])] : [])]
  const [first = renderWords(clip(text, 15_000)), ...rest] = shown
  const told = await posting.post(to.address.id, first)
  for (const one of rest) await posting.post(to.address.id, one)
  const inChannel = conversation.startsWith('19:')
  if (told.outcome === 'refused' && told.permanent && inChannel && !wasWaiting) {
    await posting.post(conversation, renderWords(unreachable))
  }
}

/** The first thing a person sees who adds the app: what it is for, and what waits for them. */
export async function welcome(read: KeptActivity, posting: Posting, desk: DeskReads | undefined): Promise<void> {
  const id = personOf(read)
  if (!isPersonal(read) || id === undefined || read.action === 'remove') return
  const lists = (await desk?.home({ channel: 'teams', id })) ?? []
  if (lists.length > 0) await posting.post(read.conversation?.id ?? id, renderLists(lists))
}

import type { DeskUser, Shown } from '../../core/channel.ts'
import { listBlocks } from './lists.ts'
import { clip, escapeMarkup, pieces } from './plain-text.ts'
import { type Block, plain, renderCard, shownText } from './render.ts'
import { isSlackAddress, type SlackSettings } from './settings.ts'
import type { WebClient } from './web-client.ts'

/**
 * Tells one person, visibly only to them: by the answering URL of their press, else as an ephemeral message where they
 * are, else as a direct message. Best effort: the effect of the press is on the card anyway.
 */
export async function whisper(
  client: WebClient,
  settings: SlackSettings,
  to: DeskUser,
  said: string,
  shown: Shown = {},
): Promise<void> {
  const text = clip(shownText(said), longest)
  const content = { text: escapeMarkup(text), blocks: blocksOf(text, shown) }
  const [place = '', url = ''] = (to.reply ?? '').split(' ')
  const [channel = '', thread] = place.split(':')
  const ways = [
    () => (url === '' ? Promise.reject(new Error('no answering URL')) : answer(settings, url, content)),
    () =>
      client.chat.postEphemeral({ channel, user: to.address.id, ...content, ...(thread ? { thread_ts: thread } : {}) }),
    () => client.chat.postMessage({ channel: to.address.id, ...content }),
  ]
  for (const way of ways) {
    const isDone = await way().then(
      () => true,
      () => false,
    )
    if (isDone) return
  }
}

const mostBlocks = 50
/** A section takes 3,000 characters; the list of all commands is longer than one. */
const section = 3_000
const longest = 4 * section

/** The list or the card instead of the words; the words stay what a notification reads out. */
function blocksOf(text: string, { list, card }: Shown): Block[] {
  if (list === undefined && card === undefined)
    return pieces(text, section).map((piece) => ({ type: 'section', text: plain(piece) }))
  return [...(card ? renderCard(card).blocks : []), ...(list ? listBlocks(list) : [])].slice(0, mostBlocks)
}

type Content = { readonly text: string; readonly blocks: readonly object[] }

async function answer(settings: SlackSettings, url: string, content: Content): Promise<void> {
  // The URL came with a signed payload; asking only Slack's own hosts costs nothing and keeps it from pointing inside.
  if (!isSlackAddress('hooks', url, settings)) throw new Error('not an answering URL of Slack')
  const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...content })
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(5_000)
  const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
  await response.body?.cancel()
  if (!response.ok) throw new Error('Slack did not take the answer')
}

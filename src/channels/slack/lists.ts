import type { types } from '@slack/bolt'
import type { CommandWords } from '../../core/desk/forms.ts'
import type { DeskList } from '../../core/message.ts'
import { words } from './modals.ts'
import { clip } from './plain-text.ts'
import { type Block, plain, shownText } from './render.ts'

const mostItems = 20
const mostBlocks = 100
const lineLength = 1_000

/** The command that opens an item of a list. */
const opens = 'show'

/** A list as blocks: each case with a button that opens it. */
export function listBlocks({ title, items, empty }: DeskList): Block[] {
  const lines = items.slice(0, mostItems).map((item, index): Block => {
    const text = plain(clip(`${shownText(item.title)}\n${shownText(item.detail)}`, lineLength))
    if (item.caseId === undefined) return { type: 'section', text }
    const button: types.Button = {
      ...{ type: 'button', action_id: opens, value: item.caseId, text: plain('Open') },
      accessibility_label: clip(`Open ${item.caseId}`, 75),
    }
    return { type: 'section', block_id: `item:${index}:${clip(item.caseId, 60)}`, text, accessory: button }
  })
  return [{ type: 'header', text: plain(clip(shownText(title), 150)) }, ...(lines.length > 0 ? lines : [words(empty)])]
}

/** The app's own page: my cases, due soon, my team's cases, and the commands that need no case. */
export function homeView(lists: readonly DeskList[], commands: readonly CommandWords[]): types.HomeView {
  const buttons = commands
    .filter(({ about }) => about === 'desk')
    .map(({ name, label }): types.Button => ({ type: 'button', action_id: name, text: plain(clip(label, 75)) }))
  const shown = lists.flatMap((list, index) => listBlocks(list).map((block) => unique(block, index)))
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('Gatehouse') },
      words('Cases arrive as cards in the channel of each site. Press a button on a card to act on its case.'),
      words(
        'What you write in the thread under a card is internal. Only Reply, after its preview, reaches a customer.',
      ),
      words('Type /gatehouse help to see every command.'),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons.slice(0, 25) }] : []),
      ...shown,
    ].slice(0, mostBlocks),
  }
}

/** One case may stand in two lists; Slack wants every block id once. */
const unique = (block: Block, list: number): Block =>
  block.block_id === undefined ? block : { ...block, block_id: `${list}:${block.block_id}` }

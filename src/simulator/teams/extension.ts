import { isRecord, type Json, listOf, textOf } from '../slack/json.ts'
import { cardFaults } from './cards.ts'
import { activity, type World } from './people.ts'
import { chatOf } from './tenant.ts'

export type FoundCase = { readonly title: string; readonly text: string; readonly card: Json }

/** Teams asks the app for what to list below the search box. */
export async function search(
  world: World,
  user: string,
  q: string,
): Promise<{ said: string; found: readonly FoundCase[] }> {
  const at = { id: `f:${world.tenant.nextId()}`, place: chatOf(user), author: user }
  const parameters = q === '' ? [{ name: 'initialRun', value: 'true' }] : [{ name: 'q', value: q }]
  const value = { commandId: 'search', parameters, queryOptions: { skip: 0, count: 25 } }
  const { answer } = await world.delivery.deliver(
    activity(world, at, { type: 'invoke', name: 'composeExtension/query', value }),
  )
  const shown = isRecord(answer) && isRecord(answer.composeExtension) ? answer.composeExtension : {}
  const found = listOf(shown, 'attachments')
    .filter(isRecord)
    .map((each): FoundCase => {
      const preview = isRecord(each.preview) && isRecord(each.preview.content) ? each.preview.content : {}
      const card = isRecord(each.content) ? each.content : {}
      const faults = cardFaults(card)
      if (faults.length > 0) throw new Error(faults.join('; '))
      return { title: textOf(preview, 'title') ?? '', text: textOf(preview, 'text') ?? '', card }
    })
  return { said: textOf(shown, 'text') ?? '', found }
}

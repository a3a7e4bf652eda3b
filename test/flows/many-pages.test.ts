import { describe, expect, it } from 'vitest'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { phoneOf } from './people.ts'

withStore()

const wongsPhone = '+12025550102'

async function complaints(
  house: TestHouse,
  count: number,
  text = 'Nobody came when I rang the guard post twice.',
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const tenant = phoneOf(house, `+1202555${String(5_000 + i)}`)
    await tenant.texts(text)
    ids.push(/GH-\d+-\d+/.exec(tenant.reads(/GH-|999/).message.text)?.[0] ?? '')
  }
  return ids
}

const onWongsPhone = (house: TestHouse) => house.phones.arrived.filter(({ message }) => message.to.id === wongsPhone)

function clear(house: TestHouse): void {
  for (const channel of [house.slack, house.phones])
    while (channel.unexpected()[0]) channel.take(channel.unexpected()[0]!.message.to)
}

describe('many pages for one person', () => {
  it('that wait together go out as one text message, which names every case', async () => {
    const house = await openHouse()
    const ids = await complaints(house, 6)
    clear(house)
    // All six are chased by text message, in the same look.
    house.isOffFor('21m')
    await house.settle()
    const texts = onWongsPhone(house).map(({ message }) => message.text)
    expect(texts).toHaveLength(1)
    for (const caseId of ids)
      expect(
        texts.filter((text) => text.includes(caseId)),
        `${caseId} in ${texts.join(' | ')}`,
      ).toHaveLength(1)
    const pages = await house.database.models.outbox.collection.find({ 'purpose.occasion': 'chase' }).toArray()
    expect(pages.map(({ state }) => state)).toEqual(ids.map(() => 'sent'))
    clear(house)
  })

  it('more than five messages in a quarter of an hour wait, but danger never does', async () => {
    const house = await openHouse()
    await complaints(house, 1)
    const conversation = `page:sms:${wongsPhone}`
    for (let i = 0; i < 5; i++)
      await house.stores.conversations.paged(conversation, new Date(house.now().getTime() + 15 * 60_000 + i))
    await house.passes('20m')
    expect(onWongsPhone(house)).toEqual([])
    const danger = phoneOf(house, '+12025555999')
    await danger.texts('There is a fire in the corridor!')
    await house.passes('1m')
    expect(onWongsPhone(house).map(({ message }) => message.text.includes('GH-2026-000002'))).toEqual([true])
    await house.passes('10m')
    expect(onWongsPhone(house).some(({ message }) => message.text.includes('GH-2026-000001'))).toBe(true)
    clear(house)
  })
})

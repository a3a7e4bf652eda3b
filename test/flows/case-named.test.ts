import { describe, expect, it } from 'vitest'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf } from './people.ts'

withStore()

const readAll = (house: TestHouse) => {
  for (const channel of [house.slack, house.phones])
    for (let next = channel.unexpected()[0]; next; next = channel.unexpected()[0]) channel.take(next.message.to)
}

/** The case on which these words were filed. */
async function caseOf(house: TestHouse, text: string): Promise<unknown> {
  const { inbox } = house.database.models
  return (await inbox.collection.findOne({ 'payload.reading.message.text': text }))?.caseId
}

/** A tenant's complaint, and a second case that the officer made of a part of it. */
async function twoCases() {
  const house = await openHouse()
  const tenant = phoneOf(house, '+12025550123')
  const wong = officer(house, 'wong-siu-ming')
  await tenant.texts('Nobody came when I rang the guard post twice, and the pump is noisy.')
  const first = await house.theCase()
  await wong.presses('acknowledge', first)
  const told = await wong.presses('split', first, { text: 'The noisy pump.' })
  const second = /(GH-\d+-\d+) is split off/.exec(told)?.[1] ?? ''
  readAll(house)
  return { house, tenant, wong, first, second }
}

describe('a customer with several cases', () => {
  it('is heard on the case whose number they write, and else on the newest', async () => {
    const { house, tenant, first, second } = await twoCases()
    const words = [`${first}: he came at last.`, `about gh 2026 ${Number(second.slice(-6))}, it hums at night`]
    for (const text of [...words, 'It hums at noon too.']) await tenant.texts(text)
    expect(await caseOf(house, words[0] ?? '')).toBe(first)
    expect(await caseOf(house, words[1] ?? '')).toBe(second)
    expect(await caseOf(house, 'It hums at noon too.')).toBe(second)
    readAll(house)
  })

  it('nobody else writes on it by knowing its number, or learns that it exists', async () => {
    const { house, first } = await twoCases()
    const stranger = phoneOf(house, '+12025550124')
    const words = `${first}: I take the complaint back.`
    await stranger.texts(words)
    expect(await caseOf(house, words)).not.toBe(first)
    expect(stranger.reads('GH-').message.text).not.toContain(first)
    readAll(house)
  })

  it('who names one that is closed for good gets a new one, and each says which the other is', async () => {
    const { house, tenant, wong, first, second } = await twoCases()
    for (const caseId of [first, second]) await wong.presses('close', caseId, { outcome: 'resolved', told: 'Done.' })
    await house.passes('360h')
    readAll(house)
    const words = `${first}: the guard post is empty again, nobody comes.`
    await tenant.texts(words)
    const third = await caseOf(house, words)
    expect([first, second]).not.toContain(third)
    expect(await house.state(first)).toMatchObject({ links: [{ caseId: second }, { caseId: third, how: 'related' }] })
    expect(await house.state(String(third))).toMatchObject({ links: [{ caseId: first, how: 'related' }] })
    readAll(house)
  })
})

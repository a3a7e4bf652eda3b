import { describe, expect, it } from 'vitest'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf } from './people.ts'
import { readAll } from './taken-case.ts'

withStore()

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

  it('who names two is heard on the first; the other is linked, and whoever has it is told where to read it', async () => {
    const { house, tenant, wong, first, second } = await twoCases()
    await officer(house, 'lam-mei-ling').presses('assign', second, { person: 'lee-ka-yan' })
    readAll(house)
    const words = `Neither ${first} nor ${second} is mended, nor GH-2026-999999.`
    await tenant.texts(words)
    expect(await caseOf(house, words)).toBe(first)
    const lee = officer(house, 'lee-ka-yan')
    expect(lee.reads(`${second}: the customer named this case too`, first).message.text).not.toContain('mended')
    wong.reads('mended')
    lee.hasNothingNew()
    wong.hasNothingNew()
    readAll(house)
    const notes = async (caseId: string) =>
      (await house.stores.cases.log(caseId)).flatMap(({ event }) => (event.type === 'noted' ? event.text : []))
    expect(await notes(first)).toEqual([expect.stringContaining(`names ${second} in these words, too`)])
    expect(await notes(second)).toContainEqual(expect.stringContaining(`wrote on ${first}`))
    // The two belong together since one was split from the other; a link that says more is not replaced.
    expect((await house.state(second)).links).toEqual([{ caseId: first, how: 'split-from' }])
  })

  it('names two, and the first is anybody else’s: the second counts, and nothing reaches the first', async () => {
    const { house, tenant, first, second } = await twoCases()
    const stranger = phoneOf(house, '+12025550124')
    await stranger.texts('The lamp is broken.')
    const theirs = /GH-\d+-\d+/.exec(stranger.reads('GH-').message.text)?.[0] ?? ''
    readAll(house)
    const words = `Like ${theirs}, my ${first} is not mended, ${second} neither.`
    await tenant.texts(words)
    expect(await caseOf(house, words)).toBe(first)
    expect(await house.state(theirs)).not.toHaveProperty('links')
    expect(JSON.stringify(await house.stores.cases.log(theirs))).not.toContain(first)
    readAll(house)
  })

  it('names a second one in a complaint that is kept from somebody: nobody is told there', async () => {
    const { house, tenant, wong, first, second } = await twoCases()
    await tenant.texts(`${first} and ${second}: Wong Siu Ming laughed at me.`)
    const told = house.slack.unexpected().filter(({ message }) => message.text.includes('named this case too'))
    expect(told).toEqual([])
    readAll(house)
    wong.hasNothingNew()
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

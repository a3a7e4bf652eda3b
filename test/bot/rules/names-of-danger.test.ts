import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'
import { merelyNames } from '../../../src/bot/rules/names-of-danger.ts'
import { considerByRules } from '../../../src/bot/rules-only.ts'
import { fresh, shippedBot, today } from '../shipped-bot.ts'

const bot = shippedBot()
const isEmergency = (text: string): boolean => bot.consider({ text }, fresh, today).understanding.emergency

/** Danger is named, and nobody is in it. */
const harmless = [
  'do we need insurance against burglary for the storage unit',
  'please send the fire log sheet for unit 12 to our insurer',
  '請問防盜警鐘同火警鐘邊個先係管理處負責',
]

/** The same names, and somebody is. */
const dangerous = [
  ...['fire', 'FIRE!!!', 'bomb', 'thief thief', 'fight in the food court', 'burglars in my flat', 'intruder level 3'],
  ...['火警', '火燭呀', '打交呀', '困𨋢', '大堂有賊', '撞車', '白車', '炸彈'],
  'insurance man here, and the fire is in the storage unit now',
]

describe('thanks beside a danger', () => {
  it.each([
    ...['Thank you for the lovely party. A fire in the bin room.', 'A fire in the bin room. Thank you for your help.'],
    ...['多謝貴公司安排聯歡活動。垃圾房起火。', '垃圾房起火。多謝幫忙。'],
  ])('%s: for something else, or how letters end', (text) => expect(findDanger(text).when).toBe('now'))

  it.each(['Thank you for putting out the fire. A small fire behind the oven.', '多謝你哋救火。廚房起火嗰陣好驚。'])(
    '%s: for its end',
    (text) => expect(findDanger(text).when).toBe('told'),
  )
})

describe('danger that is only named', () => {
  it.each(harmless)('%s: rings by rules alone and not beside a model', (text) => {
    expect(considerByRules(text, fresh).decision).toEqual({ type: 'emergency' })
    expect(isEmergency(text)).toBe(false)
  })

  it.each(dangerous)('%s: rings in both', (text) => {
    expect(considerByRules(text, fresh).decision).toEqual({ type: 'emergency' })
    expect(isEmergency(text)).toBe(true)
  })

  it.each([
    ['There is a fire in the bin room on the ground floor.', 'en'],
    ['A fight outside the function room.', 'en'],
    ['垃圾房火警。', 'zh'],
  ])('a long polite letter does not outvote its one sentence: %s', (sentence, language) => {
    const kind =
      language === 'en'
        ? ['Dear team, thank you for the lovely party and the photographs. ', ' Please confirm the price of chairs. ']
        : ['您好，多謝貴公司安排聯歡活動，相片亦已收到。', '另外請確認枱椅租用價目。']
    expect(isEmergency(`${kind[0]?.repeat(6)}${sentence}${kind[1]?.repeat(6)}`)).toBe(true)
  })

  it('a second sentence that says danger is here is not only a name', () => {
    expect(findDanger('About the fire form. He has collapsed at the counter.')).not.toHaveProperty('named')
    expect(findDanger('He has collapsed at the counter. About the fire form.')).not.toHaveProperty('named')
  })

  it('hands over every sentence that only names one', () => {
    expect(findDanger('Fire on 3. Nothing else to say here. Fight on 4.').named).toHaveLength(2)
  })

  it.each(['fire ', '火警', '賊仔', 'thieves'])('%s is a name', (word) => expect(merelyNames(word)).toBe(true))
  it.each(['on fire', 'knife', '起火', '打我'])('%s is not', (word) => expect(merelyNames(word)).toBe(false))
})

import { describe, expect, it } from 'vitest'
import { entitiesIn } from '../../src/bot/entities.ts'
import { heatOf } from '../../src/bot/heat.ts'
import { itemsOf } from '../../src/bot/items.ts'

describe('what a message already says', () => {
  it.each([
    ['leak in flat 12B, tower 3', { unit: '12B', tower: '3' }],
    ['noise from unit 1503 at 11:30pm', { unit: '1503', time: '11:30pm' }],
    ['bulb out on 23/F near the north gate', { floor: '23', post: 'north gate' }],
    ['car AB 1234 in my bay on P2', { plate: 'AB 1234', floor: 'P2' }],
    ['三座12樓B室漏水', { tower: '三', floor: '12', unit: 'B' }],
    ['今晚十點大堂有人嘈', { time: '今晚十點', post: '大堂' }],
    ['我電話 9123 4567', { phone: '91234567' }],
    ['about GH-2026-45', { caseRef: 'GH-2026-000045' }],
    ['五樓天花滴水', { floor: '五' }],
  ])('%s', (text, expected) => expect(entitiesIn(text)).toMatchObject(expected))

  it('finds nothing where nothing is said', () => expect(entitiesIn('the music is too loud')).toEqual({}))
})

describe('heat', () => {
  it.each([
    ['when does the gym open', 0],
    ['I am fed up with this', 1],
    ['you useless idiots', 2],
    ['WHY DOES NOBODY EVER ANSWER', 1],
    ['I will find you', 3],
    ['呢班廢柴保安', 2],
    ['仆街', 3],
    ['好嬲', 1],
  ])('%s is %i', (text, heat) => expect(heatOf(text)).toBe(heat))
})

describe('several matters in one message', () => {
  it('are told apart', () => {
    expect(itemsOf('The lift is broken again. Also, when does the pool open?')).toEqual([
      'The lift is broken again.',
      'when does the pool open?',
    ])
    expect(itemsOf('隔籬好嘈呀。另外想問泳池幾點開？')).toHaveLength(2)
  })
  it('are not made out of greetings and thanks', () => {
    expect(itemsOf('Hi. How do visitors register? Thanks!')).toHaveLength(1)
  })
})

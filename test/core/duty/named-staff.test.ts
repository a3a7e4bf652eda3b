import { describe, expect, it } from 'vitest'
import { simplifiedForm } from '../../../src/bot/script.ts'
import { staffNamedBy } from '../../../src/core/duty/named-staff.ts'
import type { StaffMember } from '../../../src/core/duty/staff.ts'

const member = (id: string, name: string, nameZh?: string): StaffMember => ({
  ...{
    id,
    name,
    preferredLanguage: 'en',
    languages: [],
    posts: [],
    methods: [],
    skills: [],
    training: [],
    permits: [],
  },
  ...(nameZh !== undefined && { nameZh }),
})
const staff = new Map(
  [
    member('wong', 'Wong Siu Ming', '黃小明'),
    member('wing', 'Wong Siu Wing', '黃小榮'),
    member('hope', 'Hope'),
    member('mark', 'Mark Down', '陳明'),
    member('kit', 'Cheung Wai-kit', '張偉傑'),
    member('tai', 'Chan Tai Man', '陳大文'),
  ].map((one) => [one.id, one]),
)
const named = staffNamedBy(() => staff, simplifiedForm)
const ids = (words: string) => named(words).map(({ id, isAddressed }) => (isAddressed ? `to ${id}` : id))

describe('members of staff who are named in a customer’s words', () => {
  it.each([
    ['Wong Siu Ming shouted at me.', 'wong'],
    ['the guard wong siu ming was asleep', 'wong'],
    ['It was Siu Ming Wong’s shift.', 'wong'],
    ['It was WONG SIU-MING, no one else', 'wong'],
    ['Cheung Wai Kit never came', 'kit'],
    ['黃小明話我冇登記', 'wong'],
    ['那个黄小明很没礼貌', 'wong'],
    ['Yesterday Mark Down searched me', 'mark'],
    ['陳明先生搜我的袋', 'mark'],
  ])('by the full name, in either script and order: %s', (words, id) => {
    expect(ids(words)).toEqual([id])
  })

  it.each([
    'Mr Wong was rude to me.',
    'Siu Ming was rude to me.',
    'Wong Siu Mingham was rude to me.',
    'I hope somebody comes. Hope does not help.',
    'they mark down prices',
    '陳明利害，不能接受',
    '姓黃的保安很沒禮貌',
    '> Wong Siu Ming now looks after your case\nStill nothing.',
  ])('by nothing less: %s', (words) => {
    expect(ids(words)).toEqual([])
  })

  it('several in the order they come, each once', () => {
    expect(ids('Wong Siu Wing and Wong Siu Ming laughed, and Wong Siu Wing most of all.')).toEqual(['wing', 'wong'])
  })

  it.each([
    'Dear Wong Siu Ming,\nthe tap still drips.',
    'Hi Mr. Wong Siu Ming the tap still drips',
    'Wong Siu Ming, the tap still drips.',
    'The tap drips. Thank you Wong Siu Ming',
    '黃小明先生：水喉仲漏緊',
    '多謝黃小明，但仲漏緊',
  ])('whoever is only written to or thanked is marked as that: %s', (words) => {
    expect(ids(words)).toEqual(['to wong'])
  })

  it('but not where they are named in the letter as well', () => {
    expect(ids('Dear Wong Siu Ming,\nI complain that Wong Siu Ming did nothing.')).toEqual(['wong'])
  })

  it.each([
    'My name is Chan Tai Man and the tap drips.',
    '我係陳大文，水喉漏水',
    'The tap drips.\n\nRegards,\nChan Tai Man\nFlat 3B',
    'The tap drips.\nChan Tai Man',
  ])('a customer of the same name does not accuse themselves: %s', (words) => {
    expect(ids(words)).toEqual([])
  })

  it('a list of names under a heading is no signature', () => {
    expect(ids('They were rude.\nOfficers:\nChan Tai Man')).toEqual(['tai'])
  })

  it('is found in a long letter in no time, and not behind all measure', () => {
    const letter = 'The tap drips. 水喉漏水。'.repeat(800)
    expect(ids(`${letter}\nWong Siu Ming knows.`)).toEqual(['wong'])
    expect(ids(`${letter.repeat(3)}\nWong Siu Ming knows.`)).toEqual([])
  })
})

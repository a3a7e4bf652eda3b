import { describe, expect, it } from 'vitest'
import type { Bot, Memory } from '../../src/bot/bot.ts'
import { botByRules, withRulesBeneath } from '../../src/bot/rules-only.ts'

const memory: Memory = { misses: 0, site: 'harbour-view-tower', caseOpen: false }
const today = new Date('2026-07-01T08:00:00Z')
const broken: Bot = {
  consider: () => {
    throw new Error('the model is damaged')
  },
  answer: () => undefined,
}

describe('without a model', () => {
  it.each([
    ['There is a fire on the third floor!', 'en'],
    ['有人暈倒喺大堂', 'zh-HK'],
    ['he has a knife and is coming at the guard', 'en'],
  ])('danger is heard: %s', (text, language) => {
    const { understanding, decision } = botByRules.consider({ text }, memory, today)
    expect(decision).toEqual({ type: 'emergency' })
    expect(understanding).toMatchObject({ kind: 'emergency', severity: 1, language })
  })

  it('a complaint, a wish for a person and an enquiry all reach people, and commands are obeyed', () => {
    const decide = (text: string) => botByRules.consider({ text }, memory, today).decision
    expect(decide('Your guard was very rude and I am not happy')).toEqual({ type: 'case' })
    expect(decide('What are your opening hours?')).toEqual({ type: 'case' })
    expect(decide('STATUS GH-2026-000123')).toMatchObject({ type: 'command', command: 'status' })
    expect(decide('停止')).toMatchObject({ type: 'command', command: 'stop' })
  })
})

describe('with a model that fails', () => {
  it('the rules decide, and the fault is told', () => {
    const faults: unknown[] = []
    const bot = withRulesBeneath(broken, (error) => faults.push(error))
    expect(bot.consider({ text: '有人暈倒喺大堂' }, memory, today).decision).toEqual({ type: 'emergency' })
    expect(faults).toHaveLength(1)
  })
})

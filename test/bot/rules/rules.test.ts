import { describe, expect, it } from 'vitest'
import { languageOf } from '../../../src/bot/language.ts'
import { merelyRemarks } from '../../../src/bot/rules/asking.ts'
import { isMereAssent } from '../../../src/bot/rules/assent.ts'
import { spokenCommand } from '../../../src/bot/rules/commands.ts'
import { onlyAnnouncesComplaint, soundsDissatisfied } from '../../../src/bot/rules/complaint.ts'
import { wantsPerson } from '../../../src/bot/rules/handoff.ts'
import { judgeSeverity } from '../../../src/bot/rules/severity.ts'

describe('commands', () => {
  it.each([
    ['STATUS GH-2026-000123', 'status', 'GH-2026-000123'],
    ['status gh 2026 123', 'status', 'GH-2026-000123'],
    ['GH-2026-000123', 'status', 'GH-2026-000123'],
    ['查詢 GH-2026-000123', 'status', 'GH-2026-000123'],
    ['查询 GH-2026-000123', 'status', 'GH-2026-000123'],
    ['help', 'help', undefined],
    ['幫助', 'help', undefined],
    ['AGENT', 'agent', undefined],
    ['真人', 'agent', undefined],
    ['人工', 'agent', undefined],
    ['Stop.', 'stop', undefined],
    ['「停止」', 'stop', undefined],
    ['退訂', 'stop', undefined],
    ['AGENT please', 'agent', undefined],
    ['唔該，真人', 'agent', undefined],
    ['STATUS GH-2026-000123, thanks', 'status', 'GH-2026-000123'],
    ['START', 'start', undefined],
    ['恢復', 'start', undefined],
    ['ＳＴＯＰ', 'stop', undefined],
  ])('%s is %s', (text, command, caseRef) => {
    expect(spokenCommand(text)).toEqual(caseRef === undefined ? { command } : { command, caseRef })
  })

  it.each([
    'please stop the noise',
    'stop parking in my bay',
    '叫佢哋停止裝修',
    'I need help with my card',
    'cancel my booking',
    'start of the works?',
    'about GH-2026-000123: the tap drips again',
    'Stop, please',
    'Please help!',
    'constructor',
    '__proto__',
  ])('is no command: %s', (text) => expect(spokenCommand(text)).toBeUndefined())
})

describe('dissatisfaction', () => {
  it.each([
    'this is unacceptable',
    'Your guard was rude',
    'nobody answered the phone',
    '等咗成個鐘都冇人嚟',
    '保安態度好差',
    '豈有此理',
    '你们的服务太差',
    'third time I report this',
    'oh wonderful, again nobody came',
  ])('is heard: %s', (text) => expect(soundsDissatisfied(text)).toBeDefined())
  it.each([
    'how do I make a complaint',
    'where is the complaints procedure',
    '投訴程序係點',
    '點樣投訴',
    'when does the pool open',
    '多謝你哋幫手',
    'no complaint at all, well done',
  ])('is not heard: %s', (text) => expect(soundsDissatisfied(text)).toBeUndefined())
})

describe('the wish for a person', () => {
  it.each([
    'can I talk to a person',
    'I want to speak with a manager',
    'are you a bot?',
    'real human please',
    '我要搵真人',
    '轉人工',
    '想同經理傾',
    '我不要机器人',
  ])('is heard: %s', (text) => expect(wantsPerson(text)).toBeDefined())
  it.each([
    'your guard spoke to me rudely',
    'who is the person in charge of parking',
    '個保安同我講唔得',
    'the lift speaks too loud',
  ])('is not heard: %s', (text) => expect(wantsPerson(text)).toBeUndefined())
})

describe('severity', () => {
  const complaint = { kind: 'complaint', category: 'staff_conduct', dangerTold: false } as const
  it.each([
    'he grabbed my arm',
    'I broke my wrist',
    'they opened my bag without asking',
    'I will tell the press',
    'he made a racist remark',
    'I shall see a lawyer',
    '佢推我',
    '保安收利是',
    '我會搵傳媒',
    '未經同意搜我個袋',
    '歧視',
  ])('rises to serious: %s', (text) => expect(judgeSeverity({ ...complaint, text }).severity).toBe(2))
  it('stays standard for a plain complaint, and routine for a question', () => {
    expect(judgeSeverity({ ...complaint, text: 'the guard was grumpy' }).severity).toBe(3)
    expect(
      judgeSeverity({ ...complaint, kind: 'enquiry', category: 'general_info', text: 'when do you open' }).severity,
    ).toBe(4)
  })
  it('is never lowered by any words', () => {
    expect(judgeSeverity({ ...complaint, kind: 'emergency', text: 'no rush at all' }).severity).toBe(1)
    expect(judgeSeverity({ ...complaint, dangerTold: true, text: 'it is nothing really' }).severity).toBe(2)
  })
})

describe('language', () => {
  it.each([
    ['hello', undefined, 'en'],
    ['你好嗎？請問幾點開門', undefined, 'zh-HK'],
    ['请问几点开门', undefined, 'zh-CN'],
    ['我想book貨𨋢', undefined, 'zh-HK'],
    ['你好', 'zh-CN', 'zh-CN'],
    ['你好', 'en', 'zh-HK'],
    ['12', 'zh-HK', 'zh-HK'],
    ['12', undefined, 'en'],
    ['👍', 'zh-CN', 'zh-CN'],
    ['ok', 'zh-HK', 'zh-HK'],
    ['STATUS GH-2026-000001', 'zh-HK', 'zh-HK'],
    ['Tower 3, 12/F flat B', 'zh-HK', 'zh-HK'],
    ['ok thank you very much', 'zh-HK', 'zh-HK'],
    ['Could you please answer me?', 'zh-HK', 'en'],
    ['ok', undefined, 'en'],
  ] as const)('%s after %s is %s', (text, previous, expected) => expect(languageOf(text, previous)).toBe(expected))
})

describe('a message that only says there is a complaint', () => {
  it.each(['complaint', 'I complain', 'I want to make a complaint!', '投訴', '我要投訴。'])(
    'is told from what it is about: %s',
    (text) => expect(onlyAnnouncesComplaint(text)).toBe(true),
  )
  it.each(['how do I complain', 'I want to complain about noise', '投訴程序係點', 'my complaint was ignored'])(
    'is more than that: %s',
    (text) => expect(onlyAnnouncesComplaint(text)).toBe(false),
  )
})

describe('a word that only says it was read', () => {
  it.each([
    '👍',
    '🙏🙏',
    '👍🏽',
    'ok',
    'OK!',
    'Ok thank you',
    'noted, thanks',
    'Got it 👌',
    '好',
    '好的',
    '收到',
    '收到，唔該晒',
    '多謝你',
    '谢谢',
    'ok 唔該',
  ])('%s', (text) => expect(isMereAssent(text)).toBe(true))
  it.each([
    '',
    '👎',
    '🆘',
    '好差',
    '唔好',
    '唔得',
    '唔知',
    '你好',
    'not ok',
    'ok but nobody came',
    'good grief',
    'no',
    'thanks for nothing',
    '收到未',
    'ok?',
  ])('not: %s', (text) => expect(isMereAssent(text)).toBe(false))
})

describe('a remark is not a question', () => {
  it.each([
    'gym is A+',
    'night escort is a blessing',
    'the typhoon was well handled',
    'love the new visitor parking',
    '夜晚有escort真係好',
    '管理公司羞恥',
    '巡邏次數少得可憐',
  ])('%s', (text) => expect(merelyRemarks(text)).toBe(true))
  it.each([
    'is the gym open',
    'gym is great, how do I book it',
    'visitor parking',
    'what a great gym, when does it close?',
    '真係好麻煩，點樣申請訪客證',
    'how well run is the car park',
    'gym opening hours',
    '停車場收費',
  ])('%s is more than that', (text) => expect(merelyRemarks(text)).toBe(false))
})

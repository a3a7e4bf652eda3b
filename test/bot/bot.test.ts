import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bot, Memory } from '../../src/bot/bot.ts'
import { explainBot } from '../../src/bot/explain-bot.ts'
import { packKnowledge, unpackKnowledge } from '../../src/bot/learn/pack-model.ts'
import { fresh, shippedBot, shippedKnowledge, today } from './shipped-bot.ts'
import { shippedContent } from './shipped-content.ts'
import { agreement, figures, judge } from './unseen/measure.ts'
import { unseenPairs } from './unseen/read-pairs.ts'

const bot = shippedBot()
const decide = (text: string, memory: Partial<Memory> = {}, action?: string) =>
  bot.consider(action === undefined ? { text } : { text, action }, { ...fresh, ...memory }, today).decision

describe('a conversation', () => {
  it('a tenant asks something common and is answered at once, in English and in Chinese', () => {
    expect(decide('how long do you keep CCTV recordings')).toMatchObject({ type: 'answer', answer: 'cctv-retention' })
    expect(decide('邊度可以食煙呀')).toMatchObject({ type: 'answer', answer: 'smoking-rules' })
  })

  it.each(['HELP', 'help', 'Help.', 'INFO', '幫助'])(
    'sends the keyword that our texts name, %s, and gets help',
    (text) => {
      expect(decide(text)).toEqual({ type: 'command', command: 'help' })
    },
  )

  it.each(['help!', 'HELP!!', 'help me', 'help help', '救命', '🆘'])('calls for help, %s, and is heard', (text) => {
    expect(decide(text)).toEqual({ type: 'emergency' })
  })

  it('asks vaguely, is offered choices, picks one by number, then rejects them all', () => {
    const asked = decide('something about the card thing')
    expect(asked.type).toBe('choices')
    const offered = asked.type === 'choices' ? asked.answers : []
    expect(decide('1', { offered })).toEqual({ type: 'answer', answer: offered[0], alsoOffer: false })
    expect(decide(`${offered.length + 1}`, { offered })).toEqual({ type: 'case' })
    expect(decide('以上都不是', { offered })).toEqual({ type: 'case' })
    expect(decide('None of these', { offered }, 'none')).toEqual({ type: 'case' })
  })

  it('is not understood twice and meets a person, not a third list', () => {
    expect(decide('something about the card thing', { misses: 2 })).toEqual({ type: 'case' })
  })

  it('complains in Cantonese: a case, flagged as a complaint', () => {
    const turn = bot.consider({ text: '你哋個保安態度好差，鬧我阿媽' }, fresh, today)
    expect(turn).toMatchObject({
      understanding: { kind: 'complaint', complaint: true, language: 'zh-HK' },
      decision: { type: 'case' },
    })
  })

  it('reports an emergency inside a long polite mail, even with a case open and a list pending', () => {
    const mail = `Dear Sir or Madam,\n${'I hope that you are all keeping well. '.repeat(40)}\nThere is smoke coming out of the meter room on 5/F.\nYours faithfully`
    expect(decide(mail, { caseOpen: true, offered: ['pets-rules'], misses: 2 })).toEqual({ type: 'emergency' })
  })

  it('no command, button, number or question cancels an emergency', () => {
    expect(decide('STOP he has a knife')).toEqual({ type: 'emergency' })
    expect(decide('火警', {}, 'answer:pets-rules')).toEqual({ type: 'emergency' })
    expect(decide('how do I book the goods lift? also someone collapsed in it')).toEqual({ type: 'emergency' })
  })

  it('praises, and nobody tries to answer it', () => {
    expect(bot.consider({ text: 'big thank you to the guard who carried my bags' }, fresh, today)).toMatchObject({
      understanding: { kind: 'feedback', emergency: false },
    })
  })

  it('asks and complains in one message: an answer never cancels the complaint', () => {
    const { understanding, decision } = bot.consider(
      { text: 'what are the management office opening hours, your guard was rude when I asked' },
      fresh,
      today,
    )
    expect(understanding.complaint).toBe(true)
    if (decision.type === 'answer') expect(decision.alsoOffer).toBe(true)
    else expect(decision.type).toBe('case')
  })

  it('switches language midway and is followed', () => {
    expect(bot.consider({ text: '多謝' }, { ...fresh, language: 'en' }, today).understanding.language).toBe('zh-HK')
    expect(
      bot.consider({ text: 'thanks, that is all I need' }, { ...fresh, language: 'zh-HK' }, today).understanding
        .language,
    ).toBe('en')
    expect(bot.consider({ text: '2' }, { ...fresh, language: 'zh-CN' }, today).understanding.language).toBe('zh-CN')
  })

  it('insults us: it is a complaint and goes to a person', () => {
    expect(decide('you useless idiots never answer')).toEqual({ type: 'case' })
  })

  it('asks for a person: alone it is the command, in a complaint it goes with the case', () => {
    expect(decide('can I speak to a human please')).toEqual({ type: 'command', command: 'agent' })
    expect(decide('我要搵真人')).toEqual({ type: 'command', command: 'agent' })
    expect(decide('I want to speak to a manager, your guard shouted at me')).toEqual({ type: 'case' })
  })

  it('STOP is never an intent: only the whole message stops', () => {
    expect(decide('stop')).toEqual({ type: 'command', command: 'stop' })
    expect(decide('please stop the drilling next door').type).not.toBe('command')
  })

  it.each([
    'Locked out. Again. With groceries.',
    'Hello, I park my bicycle at rack C. The roof panel above it has slid down and the rain goes onto the saddles.',
    "I'd like to report a suspicious person. Black jacket, backpack, keeps walking between tower 1 and tower 2.",
  ])('answers nothing where nothing is asked: %s', (text) => {
    expect(decide(text).type).not.toBe('answer')
  })

  it.each(['AGENT', 'agent GH-2026-000001', 'STATUS', '真人', '求助'])('%s, a command, is no complaint', (text) => {
    expect(bot.consider({ text }, fresh, today).understanding.complaint).toBe(false)
  })

  it('writes into an open case: only a sure answer interrupts it', () => {
    expect(decide('it was the tall one near the door', { caseOpen: true })).toEqual({ type: 'case' })
    expect(decide('something about the card thing', { caseOpen: true })).toEqual({ type: 'case' })
  })
})

describe('answers', () => {
  it('say how, why and the options, in each language, with the site’s own wording', () => {
    const about = { site: 'jade-garden', today } as const
    const en = bot.answer('visitor-parking', { ...about, language: 'en' })
    expect(en?.text).toMatch(/ten visitor bays[\s\S]*Why: [\s\S]*You can:\n• /)
    expect(bot.answer('visitor-parking', { ...about, language: 'zh-HK' })?.text).toContain('原因：')
    expect(bot.answer('visitor-parking', { ...about, language: 'zh-CN' })?.text).toContain('访客')
    expect(bot.answer('visitor-parking', { ...about, site: 'harbour-view-tower', language: 'en' })?.text).toContain(
      'B1',
    )
  })

  it('are not given after their review date, nor offered', () => {
    const later = new Date('2027-07-01T00:00:00Z')
    expect(bot.answer('visitor-parking', { site: 'jade-garden', language: 'en', today: later })).toBeUndefined()
    expect(bot.consider({ text: 'how much is parking per hour' }, fresh, later).decision).toEqual({ type: 'case' })
  })
})

describe('no input whatever', () => {
  const worst = (one: Bot, text: string) => {
    // Processor time: what else the machine does is not the bot's doing.
    const from = process.cpuUsage()
    one.consider({ text }, fresh, today)
    const used = process.cpuUsage(from)
    return (used.user + used.system) / 1_000
  }
  const pieces = [
    'a',
    'fire ',
    '火',
    '煙',
    '我個仔',
    'lost my child ',
    'not ',
    '!',
    '？',
    ' ',
    '\n',
    '1',
    'ﷺ',
    '👨‍👩‍👧',
    'smell ',
    '-',
    'GH-2026-',
    '\u0000',
    '\u202e',
    'how do I ',
  ]

  it('throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 200 }).map((p) => p.join('')),
    )
    fc.assert(
      fc.property(text, fc.boolean(), fc.nat(3), (said, caseOpen, misses) => {
        const { understanding } = bot.consider({ text: said }, { ...fresh, caseOpen, misses }, today)
        expect(understanding.severity).toBeGreaterThanOrEqual(1)
        expect(understanding.confidence).toBeLessThanOrEqual(1)
      }),
      { numRuns: 150, seed: 11 },
    )
  })

  it('takes above 50 ms, even at 5,000 characters', () => {
    worst(bot, 'warm up '.repeat(200))
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(5000 / piece.length))
      // The best of three: the collector may run in any single one.
      expect(Math.min(worst(bot, text), worst(bot, text), worst(bot, text)), JSON.stringify(piece)).toBeLessThan(50)
    }
  })
})

describe('explaining', () => {
  it('gives the fields of the interface and what would be sent', () => {
    let clock = 0
    const shown = explainBot(bot, 'how much is parking per hour', {
      site: 'harbour-view-tower',
      today,
      now: () => clock++,
    })
    expect(Object.keys(shown)).toEqual(
      expect.arrayContaining(
        'text language kind category severity emergency complaint handoff decision intent confidence alternatives ms'.split(
          ' ',
        ),
      ),
    )
    expect(shown).toMatchObject({ decision: 'answer', intent: 'parking-fees', ms: 1 })
    expect(shown.wouldSend[0]).toContain('HK$25')
  })
})

describe('packed knowledge', () => {
  const known = shippedKnowledge()
  const { content } = shippedContent()
  const packed = packKnowledge(known.model, content.answers, 'as of today')

  it('is the same when read back, also from a pooled buffer', () => {
    const pooled = Buffer.concat([Buffer.from('xyz'), packed]).subarray(3)
    const again = unpackKnowledge(pooled)
    expect(again?.source).toBe('as of today')
    expect(again && packKnowledge(again.model, content.answers, 'as of today')).toHaveLength(packed.length)
    expect(Buffer.compare(packKnowledge(again?.model ?? known.model, content.answers, 'as of today'), packed)).toBe(0)
    expect(again?.answers.list).toEqual(known.answers.list)
    const [first] = content.answers
    expect(again?.answers.read(0)).toEqual({ title: first?.title, answer: first?.answer, sites: first?.sites })
    expect(again?.answers.read(content.answers.length)).toBeUndefined()
  })
  it('that is damaged or cut short is refused', () => {
    expect(unpackKnowledge(packed.subarray(0, packed.length - 8))).toBeUndefined()
    expect(unpackKnowledge(new Uint8Array([1, 2, 3]))).toBeUndefined()
    expect(unpackKnowledge(new Uint8Array(100).fill(65))).toBeUndefined()
  })
})

describe.each(['pairs', 'pairs-b', 'pairs-c', 'pairs-d', 'pairs-e'] as const)(
  'utterances it did not learn from (%s)',
  (set) => {
    const pairs = unseenPairs(set)
    const english = judge(bot, pairs, 'en')
    const chinese = judge(bot, pairs, 'zh')

    it.each([
      ['English', english],
      ['Chinese', chinese],
    ])('stay within the gates in %s', (_, judged) => {
      const measured = figures(judged)
      expect(measured.emergencyRecall).toBe(1)
      expect(measured.falseAlarms).toBeLessThanOrEqual(0.05)
      expect(measured.complaintRecall).toBeGreaterThanOrEqual(0.97)
      expect(measured.kindF1).toBeGreaterThanOrEqual(0.9)
      expect(measured.category).toBeGreaterThanOrEqual(0.8)
      expect(measured.severityUnderByTwo).toBe(0)
    })

    it('come to the same kind in both languages', () =>
      expect(agreement(english, chinese).kind).toBeGreaterThanOrEqual(0.9))
  },
)

describe('two things in one message', () => {
  it('answers the question and hears the complaint', () => {
    const turn = bot.consider(
      { text: 'Nobody has cleaned the lobby for a week. Also, how long do you keep CCTV recordings?' },
      fresh,
      today,
    )
    expect(turn.understanding).toMatchObject({ kind: 'complaint', complaint: true })
    expect(turn.decision).toEqual({ type: 'answer', answer: 'cctv-retention', alsoOffer: true })
  })
  it('never hides a report behind choices', () => {
    const turn = bot.consider(
      { text: 'lift 2 is out of order. How much is the thing for guests per hour?' },
      fresh,
      today,
    )
    expect(turn.understanding.kind).toBe('incident_report')
    expect(turn.decision).toEqual({ type: 'case' })
  })
  it.each([
    'Anyone saying "delivery" is waved through to the office floors without a glance. We pay for a manned lobby; is it decorative?',
  ])('does not answer what is only asked in anger: %s', (text) => expect(decide(text)).toEqual({ type: 'case' }))
  it('gives no answer beside something serious', () => {
    expect(decide('your guard pushed my son to the floor. also, how long do you keep CCTV recordings?')).toEqual({
      type: 'case',
    })
  })
})

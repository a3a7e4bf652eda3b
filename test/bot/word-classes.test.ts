import { describe, expect, it } from 'vitest'
import { readContent } from '../../src/bot/content/read-content.ts'
import { conceptsOf } from '../../src/bot/learn/concepts.ts'
import { featuresOf } from '../../src/bot/learn/features.ts'
import { margins } from '../../src/bot/learn/linear-svm.ts'
import { trainHeads } from '../../src/bot/learn/model.ts'
import { placesIn } from '../../src/bot/learn/places.ts'
import { vectorOf } from '../../src/bot/learn/tfidf.ts'
import { noWordClasses, readWordClasses, type WordClasses } from '../../src/bot/learn/word-classes.ts'
import { shippedContent } from './shipped-content.ts'

const table = 'couch 1 2\nsofa 1 3\ntrain 4 5\nlorry 4 6\n'
const classesIn = (text: string, classes: WordClasses) =>
  featuresOf(text, { concepts: conceptsOf([]), classes })[3] ?? []

describe('which English words are alike', () => {
  const classes = readWordClasses(table)

  it('gives a word the classes of its line, and a word without a line none', () => {
    const [couch, sofa] = [classesIn('couch', classes), classesIn('sofa', classes)]
    expect(couch).toHaveLength(2)
    expect(couch.filter((one) => sofa.includes(one))).toHaveLength(1)
    expect(classesIn('settee 沙發 !', classes)).toEqual([])
    expect(classesIn('couch', noWordClasses)).toEqual([])
  })

  it('lets a word that was never taught say what its likes taught', () => {
    const taught = [
      ...[
        ['my couch', 'furniture'],
        ['the couch', 'furniture'],
        ['a couch', 'furniture'],
      ],
      ...[
        ['my train', 'traffic'],
        ['the train', 'traffic'],
        ['a train', 'traffic'],
      ],
    ] as [string, string][]
    const guess = (text: string, known: WordClasses) => {
      const lexicon = { concepts: conceptsOf([]), classes: known }
      const rows = taught.map(([line]) => featuresOf(line, lexicon))
      const { intent, tfidf } = trainHeads(rows, { intent: taught.map(([, label]) => label) })
      const found = [...margins(intent, vectorOf(featuresOf(text, lexicon), tfidf))]
      return Object.fromEntries(intent.labels.map((label, i) => [label, found[i] ?? 0]))
    }
    const [known, unknown] = [guess('sofa', classes), guess('sofa', noWordClasses)]
    expect(known.furniture).toBeGreaterThan((known.traffic ?? 0) + 0.5)
    expect(Math.abs((unknown.furniture ?? 0) - (unknown.traffic ?? 0))).toBeLessThan(0.5)
    const lorry = guess('lorry', classes)
    expect(lorry.traffic).toBeGreaterThan((lorry.furniture ?? 0) + 0.5)
  })

  it('ships some thirty thousand words, and likes share classes', () => {
    const { wordClasses } = shippedContent().content
    expect(wordClasses.words.length).toBeGreaterThan(25_000)
    const shared = (one: string, other: string) => {
      const theirs = classesIn(other, wordClasses)
      return classesIn(one, wordClasses).filter((each) => theirs.includes(each)).length
    }
    expect(shared('sofa', 'couch')).toBeGreaterThan(shared('sofa', 'invoice'))
    expect(shared('elevator', 'escalator')).toBeGreaterThan(shared('elevator', 'angry'))
  })

  it('refuses a table with a line that is cut short, and says where', () => {
    for (const broken of ['couch 1 2\nsofa 1\n', 'couch one two\n', 'Couch 1 2\n', '\n']) {
      const { content, faults } = readContent(new Map([['word-classes.yaml', { classes: broken }]]))
      expect(faults).toEqual([expect.objectContaining({ file: 'word-classes.yaml', key: 'classes' })])
      expect(content.wordClasses).toBe(noWordClasses)
    }
  })
})

describe('the place of a number in a list', () => {
  it('is found for every number and -1 for any other, however they collide', () => {
    const list = Uint32Array.from([0, 1, 8, 16, 24, 2 ** 31, 2 ** 32 - 1, 2 ** 32 - 9, 7])
    const places = placesIn(list)
    expect([...list].map((number) => places(number))).toEqual([...list.keys()])
    for (const absent of [2, 32, 40, 2 ** 31 + 8, 2 ** 32 - 2]) expect(places(absent)).toBe(-1)
    expect(placesIn(new Uint32Array(0))(5)).toBe(-1)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { conceptsOf } from '../../src/bot/learn/concepts.ts'
import { featuresOf } from '../../src/bot/learn/features.ts'
import { softMaximum } from '../../src/bot/learn/intent-evidence.ts'
import { type LinearModel, margins } from '../../src/bot/learn/linear-svm.ts'
import { trainHeads } from '../../src/bot/learn/model.ts'
import { type Tfidf, vectorOf } from '../../src/bot/learn/tfidf.ts'
import { matchForm } from '../../src/bot/match-form.ts'
import { shippedContent } from '../../test/bot/shipped-content.ts'

type Row = readonly [text: string, label: string]
type Scored = {
  readonly right: boolean
  readonly margin: number
  readonly shipped: number
  readonly background: number
}
type Rates = { readonly inScope: number; readonly outOfScope: number }

const folder = '../shared/corpora/nlu'
/** The classes of words ship; concepts speak of the trade, and these sets are of others. */
const lexicon = { concepts: conceptsOf([]), classes: shippedContent().content.wordClasses }
const features = ([text]: Row) => featuresOf(matchForm(text), lexicon)

function learn(rows: readonly Row[]): { model: LinearModel; tfidf: Tfidf } {
  const { intent, tfidf } = trainHeads(rows.map(features), { intent: rows.map(([, label]) => label) })
  return { model: intent, tfidf }
}

function scored(rows: readonly Row[], { model, tfidf }: ReturnType<typeof learn>): Scored[] {
  return rows.map((row) => {
    const all = [...margins(model, vectorOf(features(row), tfidf))]
    const inScope = all.map((margin, c) => (model.labels[c] === 'oos' ? Number.NEGATIVE_INFINITY : margin))
    const margin = Math.max(...inScope)
    const right = model.labels[inScope.indexOf(margin)] === row[1]
    const background = margin - (all[model.labels.indexOf('oos')] ?? 0) / 2
    return { right, margin, shipped: 2 * margin - softMaximum(all), background }
  })
}

/**
 * The paper's rule (Larson et al. 2019): the threshold that is most often right on the validation sets; of several, the
 * highest. There are thirty times more questions in scope than out of it, so many thresholds are nearly as good.
 */
function byThreshold(val: Scored[][], test: Scored[][], score: 'margin' | 'shipped' | 'background'): Rates {
  const all = val.flatMap((set, out) => set.map((one) => ({ at: one[score], right: one.right, out: out === 1 })))
  let best = { hits: -1, at: 0 }
  for (const { at } of all) {
    const hits = all.filter((one) => (one.out ? one.at < at : one.at >= at && one.right)).length
    if (hits > best.hits || (hits === best.hits && at > best.at)) best = { hits, at }
  }
  const [inside = [], outside = []] = test
  return {
    inScope: inside.filter((one) => one[score] >= best.at && one.right).length / inside.length,
    outOfScope: outside.filter((one) => one[score] < best.at).length / outside.length,
  }
}

/** CLINC150 "full", or undefined where the set is absent. */
export function clinc150() {
  const file = `${folder}/clinc150/data_full.json`
  if (!existsSync(file)) return undefined
  const sets = JSON.parse(readFileSync(file, 'utf8')) as Record<
    'train' | 'val' | 'test' | 'oos_train' | 'oos_val' | 'oos_test',
    Row[]
  >
  const judge = (learned: ReturnType<typeof learn>) => ({
    val: [scored(sets.val, learned), scored(sets.oos_val, learned)],
    test: [scored(sets.test, learned), scored(sets.oos_test, learned)],
  })
  const { val, test } = judge(learn(sets.train))
  const aware = judge(learn([...sets.train, ...sets.oos_train]))
  const inside = test[0] ?? []
  return {
    background: byThreshold(aware.val, aware.test, 'background'),
    inScope: inside.filter(({ right }) => right).length / inside.length,
    margin: byThreshold(val, test, 'margin'),
    shipped: byThreshold(val, test, 'shipped'),
  }
}

/** Banking77 test accuracy, or undefined where the set is absent. */
export function banking77(): number | undefined {
  if (!existsSync(`${folder}/banking77/train.csv`)) return undefined
  const learned = learn(csv('train'))
  const judged = scored(csv('test'), learned)
  return judged.filter(({ right }) => right).length / judged.length
}

function csv(name: string): Row[] {
  const text = readFileSync(`${folder}/banking77/${name}.csv`, 'utf8')
  const rows = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*)),([a-zA-Z_?]+)\r?\n/g)]
  return rows.slice(1).map(([, quoted, plain, label]) => [(quoted ?? plain ?? '').replaceAll('""', '"'), label ?? ''])
}

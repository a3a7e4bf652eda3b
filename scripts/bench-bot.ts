// Prints every figure of the bot beside the published or measured one. Public sets are read from ../shared and never shipped.
import { botFrom, createBot } from '../src/bot/create-bot.ts'
import { trainModel } from '../src/bot/learn/model.ts'
import { type Knowledge, packKnowledge, unpackKnowledge } from '../src/bot/learn/pack-model.ts'
import { shippedContent } from '../test/bot/shipped-content.ts'
import { agreement, figures, judge } from '../test/bot/unseen/measure.ts'
import { unseenPairs } from '../test/bot/unseen/read-pairs.ts'
import { authoredFolds } from './bench-bot/authored-folds.ts'
import { memoryOfBot } from './bench-bot/memory.ts'
import { banking77, clinc150 } from './bench-bot/public-sets.ts'
import { botSizedTraining, latencies } from './bench-bot/speed.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const row = (name: string, value: string, beside: string): void =>
  console.log(`${name.padEnd(52)}${value.padEnd(26)}${beside}`)

function sizeAndSpeed(): void {
  const { content } = shippedContent()
  const from = performance.now()
  const model = trainModel(content)
  const learning = performance.now() - from
  const packed = packKnowledge(model, content.answers, '')
  const starting = performance.now()
  const bot = botFrom(unpackKnowledge(packed) as Knowledge)
  const started = performance.now() - starting
  const { median, p95, processor } = latencies(bot)
  console.log('\nSpeed and size')
  row('message to decision, median', `${median.toFixed(3)} ms`, '')
  row('message to decision, processor time, mean', `${processor.toFixed(3)} ms`, 'what a quiet machine takes')
  row('message to decision, p95', `${p95.toFixed(3)} ms`, 'at most 1 ms')
  row(
    'bot-sized training (60 EN + 60 ZH x 20, one head)',
    `${(botSizedTraining(content) / 1000).toFixed(2)} s`,
    'at most 2 s; 0.5 s in the trial',
  )
  row('learning everything, with its cross-validation', `${(learning / 1000).toFixed(2)} s`, 'at build time only')
  row('ready from a packed model', `${started.toFixed(0)} ms`, `${(packed.length / 1e6).toFixed(1)} MB packed`)
  row('memory above the process without the bot', `${memoryOfBot(packed).toFixed(0)} MB`, 'at most 120 MB')
}

function authored(): void {
  const { total, english, chinese, answers } = authoredFolds(shippedContent().content)
  console.log('\nAuthored utterances, grouped 3-fold cross-validation of the whole bot')
  row('emergency recall', percent(total.emergencyRecall), '100 %')
  row('emergency false alarms', percent(total.falseAlarms), 'at most 5 %')
  row('complaint recall', percent(total.complaintRecall), 'at least 97 %')
  row('complaint flag on what is none', percent(total.complaintFlagElsewhere), 'the price of that recall')
  row('kind, macro F1', total.kindF1.toFixed(3), 'at least 0.90')
  row('category', percent(total.category), 'at least 80 %')
  row('answers given that were right', `${percent(answers.right)} of ${answers.given}`, 'at least 97 %')
  row('questions answered without asking back', percent(answers.coverage), 'coverage')
  row('right answer among the choices or given', percent(answers.offered), '')
  row('English / Chinese kind F1', `${english.kindF1.toFixed(3)} / ${chinese.kindF1.toFixed(3)}`, 'within 3 points')
}

function unseen(): void {
  const { content } = shippedContent()
  const bot = createBot(content)
  for (const set of [
    'pairs',
    'pairs-b',
    'pairs-c',
    'pairs-d',
    'pairs-e',
    'pairs-f',
    'pairs-g',
    'pairs-h',
    'pairs-i',
    'pairs-j',
    'pairs-k',
  ] as const) {
    const pairs = unseenPairs(set)
    const [english, chinese] = [judge(bot, pairs, 'en'), judge(bot, pairs, 'zh')]
    console.log(`\nUtterances it never learned from: ${set}, ${pairs.length} in each language`)
    for (const [language, judged] of [
      ['English', english],
      ['Chinese', chinese],
    ] as const) {
      const { emergencyRecall, falseAlarms, complaintRecall, kindF1, category, severityUnderByTwo } = figures(judged)
      row(
        `${language}: emergency recall / false alarms`,
        `${percent(emergencyRecall)} / ${percent(falseAlarms)}`,
        '100 % / at most 5 %',
      )
      row(`${language}: complaint recall`, percent(complaintRecall), 'at least 97 %')
      row(`${language}: kind F1 / category`, `${kindF1.toFixed(3)} / ${percent(category)}`, '0.90 / 80 %')
      row(`${language}: severity too low by two levels`, String(severityUnderByTwo), '0')
    }
    const same = agreement(english, chinese)
    row(
      'same kind (and category) in both languages',
      `${percent(same.kind)} (${percent(same.kindAndCategory)})`,
      'at least 90 %',
    )
  }
}

function publicSets(): void {
  console.log('\nPublic sets, shipped features')
  const clinc = clinc150()
  if (!clinc) console.log('CLINC150: ../shared/corpora/nlu is not here; skipped')
  else {
    row('CLINC150 in-scope, no threshold', percent(clinc.inScope), 'SVM trial 92.5 %')
    row(
      'CLINC150 plain margin, threshold rule',
      `${percent(clinc.margin.inScope)} / ${percent(clinc.margin.outOfScope)}`,
      'SVM trial 92.1 / 42.4',
    )
    row(
      'CLINC150 shipped evidence, threshold rule',
      `${percent(clinc.shipped.inScope)} / ${percent(clinc.shipped.outOfScope)}`,
      'MLP 93.4/49.1, BERT 96.2/52.3, with USE-lite 94.6/51.0',
    )
    row(
      'CLINC150 with 100 background lines, as the bot has',
      `${percent(clinc.background.inScope)} / ${percent(clinc.background.outOfScope)}`,
      'at least 93 / 50',
    )
  }
  const banking = banking77()
  if (banking === undefined) console.log('Banking77: ../shared/corpora/nlu is not here; skipped')
  else row('Banking77', percent(banking), 'LIBLINEAR 91.4 %, BERT 93.7 %')
}

sizeAndSpeed()
unseen()
authored()
publicSets()

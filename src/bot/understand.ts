import { type Category, categories, type Kind, kinds } from '../core/case/taxonomy.ts'
import type { Language } from '../core/message.ts'
import type { Understanding } from './bot.ts'
import { heardIn } from './heard.ts'
import { languageOf } from './language.ts'
import { type Calibration, confidenceOf, plainlyHarmless } from './learn/calibrate.ts'
import { complaintShare } from './learn/complaint-share.ts'
import { conceptsOf } from './learn/concepts.ts'
import { featuresOf } from './learn/features.ts'
import { type HeadName, marginsOf } from './learn/heads.ts'
import { type IntentEvidence, intentEvidence } from './learn/intent-evidence.ts'
import { noIntent } from './learn/lines.ts'
import type { Model } from './learn/model.ts'
import { type Signs, signFeatures, signsIn } from './learn/signs.ts'
import { textAt } from './learn/texts.ts'
import { vectorAndPlain, vectorOf } from './learn/tfidf.ts'
import { matchForm } from './match-form.ts'
import type { Part } from './matters.ts'
import { asks } from './rules/asking.ts'
import { isMereAssent } from './rules/assent.ts'
import { spokenCommand } from './rules/commands.ts'
import { onlyAnnouncesComplaint } from './rules/complaint.ts'
import { judgeSeverity } from './rules/severity.ts'

/** What an emergency can be about. */
const dangerCategories: readonly Category[] = [
  ...(['fire_smoke_gas', 'medical', 'welfare_risk', 'assault', 'theft', 'intruder', 'suspicious_person'] as const),
  ...([
    'bomb_threat',
    'missing_person',
    'lift_trap',
    'hazard',
    'water_leak',
    'crowd',
    'weather',
    'general_info',
  ] as const),
]

/** What a message means; `part` asks of one of its matters only what decides where that goes, which is cheaper. */
export type Understand = {
  (text: string, previous?: Language): Understanding
  readonly part: (text: string) => Part
}

/** An answer below this is not worth offering. */
const worthOffering = 0.06

/** Prepares everything a message is judged by; the returned functions are pure and take well under a millisecond. */
export function understanding(model: Model): Understand {
  const lexicon = { concepts: conceptsOf(model.forms), classes: model.classes }
  const read = (text: string) => {
    const signs = signsIn(text)
    const blocks = [...featuresOf(matchForm(text), lexicon), signFeatures(signs)]
    const { vector, plain } = vectorAndPlain(blocks, model.tfidf)
    const margins = marginsOf(model.heads, vector)
    const evidence = () => intentEvidence(margins.intent, model.nearest, plain)
    return { evidence, ...judge(text, signs, margins, { calibration: model.calibration, isHarmless }) }
  }
  /** Of a sentence by itself: a long letter must not outvote it. */
  const isHarmless = (sentence: string): boolean => {
    const vector = vectorOf(featuresOf(matchForm(sentence), lexicon), model.tfidf)
    return emergencyMarginIn(marginsOf(model.heads, vector)) < plainlyHarmless
  }
  const understand = (text: string, previous?: Language): Understanding => {
    const { why, evidence: evidenceOf, ...judged } = read(text)
    const evidence = evidenceOf()
    const nearestText = textAt(model.utterances, evidence.nearestLine)
    const because = nearestText
      ? [...why(), `nearest utterance: "${nearestText}" (${evidence.likeness.toFixed(2)})`]
      : why()
    const language = languageOf(text, previous)
    const heard = heardIn(text, { ...judged, language })
    return { language, ...judged, ...intentsOf(evidence, model), heard, because }
  }
  const part = (text: string): Part => {
    const { why: _, evidence, ...judged } = read(text)
    const isAsked = asks(text)
    // Only a question can be answered beside the rest, so only for a question its answer is looked for.
    return judged.kind === 'enquiry' && !judged.complaintIsClear && isAsked
      ? { ...judged, isAsked, ...intentsOf(evidence(), model) }
      : { ...judged, isAsked, confidence: 0 }
  }
  return Object.assign(understand, { part })
}

type Margins = Readonly<Record<HeadName, ReadonlyMap<string, number>>>

type Judging = { readonly calibration: Calibration; readonly isHarmless: (sentence: string) => boolean }

const emergencyMarginIn = ({ plainKind }: Margins): number => plainKind.get('emergency') ?? -1

function judge(
  text: string,
  { danger, dissatisfied, person }: Signs,
  margins: Margins,
  { calibration, isHarmless }: Judging,
) {
  const { kind: kindMargins, plainKind: plainMargins } = margins
  const emergencyMargin = emergencyMarginIn(margins)
  // A word that our own texts tell people to send, alone, is that command: only the rules may hear danger in it ("help!").
  const isCommand = spokenCommand(text) !== undefined
  const isHeard = emergencyMargin > calibration.emergencyMargin && !isCommand
  const isNamedOnly = emergencyMargin < plainlyHarmless && danger.named?.every(isHarmless) === true
  const emergency = (danger.when === 'now' && !isNamedOnly) || isHeard
  const isAnnounced = !emergency && onlyAnnouncesComplaint(text)
  // Too short for what was learned: "ok" and a raised thumb came out as questions.
  const isAssent = !emergency && isMereAssent(text)
  const { kind, kindLead } = kindOf(kindMargins, { emergency, isAnnounced, isAssent })
  const category = isAnnounced
    ? 'general_info'
    : best(emergency ? dangerCategories : categories, (one) => margins.category.get(one) ?? -2)
  const complaintMargin = plainMargins.get('complaint') ?? -1
  const share = complaintShare(kindMargins, plainMargins)
  const complaint =
    !isAssent && !isCommand && (dissatisfied !== undefined || kind === 'complaint' || share > calibration.complaintFrom)
  const complaintIsClear = complaint && (dissatisfied !== undefined || kind === 'complaint' || complaintMargin > 0)
  const { severity, because } = judgeSeverity({ text, kind, category, dangerTold: danger.when === 'told', complaint })
  return {
    ...{ kind, kindLead, category, severity, emergency, complaint, complaintIsClear },
    handoff: person !== undefined,
    why: () => [
      ...danger.because,
      ...(isNamedOnly ? ['but only named, in a message that is plainly harmless'] : []),
      `emergency margin ${shown(emergencyMargin)}, line at ${shown(calibration.emergencyMargin)}`,
      `complaint share ${shown(share)}, line at ${shown(calibration.complaintFrom)}`,
      ...(dissatisfied ? [`dissatisfied: "${dissatisfied}"`] : []),
      ...(person ? [`wants a person: "${person}"`] : []),
      ...because,
    ],
  }
}

const shown = (value: number | undefined): string => (value ?? -1).toFixed(2)

type Decided = { readonly emergency: boolean; readonly isAnnounced: boolean; readonly isAssent: boolean }

/** What the rules decide they decide alone; otherwise the best margin, the earlier kind at a tie, and never an emergency. */
function kindOf(margin: ReadonlyMap<string, number>, by: Decided): { kind: Kind; kindLead: number } {
  if (by.emergency) return { kind: 'emergency', kindLead: 1 }
  if (by.isAnnounced) return { kind: 'complaint', kindLead: 1 }
  if (by.isAssent) return { kind: 'feedback', kindLead: 1 }
  const scoreOf = (kind: Kind) => margin.get(kind) ?? -2
  const harmless = kinds.filter((kind) => kind !== 'emergency')
  const kind = best(harmless, scoreOf)
  const next = Math.max(...harmless.filter((other) => other !== kind).map(scoreOf))
  return { kind, kindLead: scoreOf(kind) - next }
}

const best = <T>(of: readonly T[], score: (one: T) => number): T =>
  of.reduce((winner, one) => (score(one) > score(winner) ? one : winner))

function intentsOf(
  evidence: IntentEvidence,
  model: Model,
): Pick<Understanding, 'intent' | 'confidence' | 'alternatives'> {
  const sureness = (one: IntentEvidence) => rounded(confidenceOf(one, model.calibration.confidence))
  const alternatives = evidence.order
    .slice(0, 3)
    .map(({ label, margin }) => ({
      intent: label,
      confidence: label === evidence.best ? sureness(evidence) : sureness(asRival(evidence, margin)),
    }))
    .filter((alternative) => alternative.confidence >= worthOffering)
  const confidence = sureness(evidence)
  return evidence.best === noIntent
    ? { confidence: 0, alternatives }
    : { intent: evidence.best, confidence, alternatives }
}

const asRival = (evidence: IntentEvidence, margin: number): IntentEvidence => ({
  ...evidence,
  margin,
  gap: evidence.gap + margin - evidence.margin,
  likeness: 0,
})

const rounded = (value: number): number => Math.round(value * 1000) / 1000

import type { Fault } from '../fault.ts'
import { jargonIn } from '../jargon.ts'
import { simplifiedCharacters } from '../script.ts'
import type { BotContent } from './read-content.ts'
import type { Answer, Wording } from './schema.ts'

const fewestUtterances = 15

/** The rules of good authored answers, for `gatehouse check`. An expired answer is a fault here and silent at run time. */
export function lintContent(content: BotContent, today: Date): Fault[] {
  return content.answers.flatMap((answer) =>
    [...utteranceFaults(answer), ...wordingFaults(answer), ...expiryFaults(answer, today)].map(([key, message]) => ({
      file: 'config/answers',
      key: `answers[${answer.id}].${key}`,
      message,
    })),
  )
}

type Finding = readonly [key: string, message: string]

function utteranceFaults({ utterances }: Answer): Finding[] {
  return (['en', 'zh'] as const).flatMap((language): Finding[] => {
    const different = new Set(utterances[language].map((said) => said.toLowerCase()))
    if (different.size >= fewestUtterances) return []
    return [
      [`utterances.${language}`, `has ${different.size} different utterances; at least ${fewestUtterances} are needed`],
    ]
  })
}

function wordingFaults(answer: Answer): Finding[] {
  const places: [string, Answer['answer']][] = [['answer', answer.answer], ...sitesOf(answer)]
  return places.flatMap(([place, { en, 'zh-HK': zh }]) => [
    ...textFaults(`${place}.en`, en, answer.onlyOption),
    ...textFaults(`${place}.zh-HK`, zh, answer.onlyOption),
    ...scriptFaults(`${place}.zh-HK`, zh),
  ])
}

const sitesOf = (answer: Answer): [string, Answer['answer']][] =>
  Object.entries(answer.sites).map(([site, wording]) => [`sites.${site}`, wording])

function textFaults(key: string, wording: Wording, onlyOption: string | undefined): Finding[] {
  const faults: Finding[] = []
  if (wording.why === '') faults.push([`${key}.why`, 'says how but not why'])
  if (wording.options.length < 2 && !onlyOption)
    faults.push([`${key}.options`, 'offers fewer than two ways and gives no reason in "onlyOption"'])
  const jargon = jargonIn(wholeText(wording))
  if (jargon.length > 0) faults.push([key, `uses words the reader may not know: ${jargon.join(', ')}`])
  return faults
}

function scriptFaults(key: string, wording: Wording): Finding[] {
  const simplified = simplifiedCharacters(wholeText(wording))
  return simplified.length > 0 ? [[key, `Simplified characters in the Traditional text: ${simplified.join('')}`]] : []
}

const wholeText = ({ how, why, options }: Wording): string => [how, why, ...options].join('\n')

const expiryFaults = (answer: Answer, today: Date): Finding[] =>
  isExpired(answer, today)
    ? [['reviewBy', `passed on ${answer.reviewBy}: read the answer again, then set a new date`]]
    : []

/** Whether the review date has passed; the day itself still counts. */
export const isExpired = (answer: Pick<Answer, 'reviewBy'>, today: Date): boolean =>
  today.toISOString().slice(0, 10) > answer.reviewBy

import { ruleForm } from './emergency.ts'

export type SpokenCommand = {
  readonly command: 'status' | 'help' | 'agent' | 'stop' | 'start'
  readonly caseRef?: string
}

const caseNumber = /\bgh[-\s]?(20\d\d)[-\s]?(\d{1,8})\b/
const everyCaseNumber = new RegExp(caseNumber, 'g')
const whole: Readonly<Record<string, SpokenCommand['command']>> = {
  ...words('help', 'help info menu ? 幫助 幫手 說明 説明 求助 選單 指令'),
  ...words('agent', 'agent human person operator 真人 人工 人工服務 客服 搵人 找人 職員'),
  ...words('stop', 'stop stopall unsubscribe cancel end quit optout revoke 停止 退訂 取消 停 終止 取消訂閱 停止接收'),
  ...words('start', 'start unstop resume subscribe 開始 恢復 訂閱 重新開始 恢復接收'),
  ...words('status', 'status 查詢 進度 狀態'),
}

function words(command: SpokenCommand['command'], list: string): Record<string, SpokenCommand['command']> {
  return Object.fromEntries(list.split(' ').map((word) => [word, command]))
}

/**
 * A command and nothing else. STOP and its family count only as the whole message, as carriers treat them:
 * "please stop the noise" is a request, never an opt-out.
 */
export function spokenCommand(text: string): SpokenCommand | undefined {
  const said = bare(ruleForm(text))
  if (said.length > 60) return undefined
  const caseRef = caseNumberIn(said)
  const asked = bare(plainly(bare(said.replace(caseNumber, ' '))))
  if (caseRef !== undefined) {
    if (isStatusQuestion(asked)) return { command: 'status', caseRef }
    return wholeWord(asked) === 'agent' ? { command: 'agent', caseRef } : undefined
  }
  const exact = wholeWord(said)
  if (exact !== undefined) return { command: exact }
  const meant = wholeWord(asked)
  // "Stop, please" may be said of a noise, and "Please help!" in danger: those count as the bare word only.
  return meant === 'agent' || meant === 'status' ? { command: meant } : undefined
}

const wholeWord = (said: string) => (Object.hasOwn(whole, said) ? whole[said] : undefined)

/** Without the courtesies around a command. */
const plainly = (said: string): string =>
  said
    .replace(/^(please|pls|plz|唔該|麻煩|請)[ ,，]?/, '')
    .replace(/(please|pls|plz|thanks|thank you|thx|唔該|麻煩|多謝|謝謝)$/, '')

/**
 * Whether a carrier knows this keyword of the STOP family and confirms it itself: English ones only, as Twilio lists
 * them (https://help.twilio.com/articles/223134027). Nobody else confirms 停止.
 */
export const isCarrierKeyword = (text: string): boolean =>
  /^(stop|stopall|unsubscribe|cancel|end|quit|optout|revoke|start|unstop)$/.test(bare(ruleForm(text)))

/**
 * Twilio lets whoever sent STOP back in on YES as well. From everybody else it is an answer, so it is no command of ours;
 * only the bare word counts, because only that moves the carrier.
 */
export const isCarrierYes = (text: string): boolean => /^\s*yes\s*$/i.test(text)

const isStatusQuestion = (rest: string): boolean =>
  rest === '' ||
  /^(status|status of|case status|progress|update|any update|any news|check|track|查詢|查|進度|狀態|查詢進度|查詢個案|個案|跟進成點|有冇進展|點呀|點樣|成點|查詢狀態)( ?(case|of|on|for|個案|進度|狀態))*$/.test(
    rest,
  )

/** Trims quotes, spaces and closing punctuation, which phones add by themselves. */
const bare = (text: string): string =>
  text.replace(/^[\s"'「『(#*]+|[\s"'」』)。.!！,，:：#*]+$/g, '').replace(/\s+/g, ' ')

/** The first case number in a text, in its one true form. */
export const caseNumberIn = (text: string): string | undefined => numbersIn(text, 1)[0]

/** More numbers than these are a list, not words about cases. */
const mostNumbers = 5

/** The case numbers in a text, each once, in the order they are named. */
export const caseNumbersIn = (text: string): readonly string[] => numbersIn(text, mostNumbers)

function numbersIn(text: string, most: number): readonly string[] {
  const found = new Set<string>()
  for (const [, year = '', serial = ''] of text.toLowerCase().matchAll(everyCaseNumber)) {
    found.add(`GH-${year}-${serial.padStart(6, '0')}`)
    if (found.size === most) break
  }
  return [...found]
}

export const commandRules = [caseNumber]

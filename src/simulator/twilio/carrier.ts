/** The keywords Twilio acts on by itself for long codes (https://help.twilio.com/articles/223134027). */
const STOP = new Set(['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'])
const START = new Set(['START', 'UNSTOP', 'YES'])
const HELP = new Set(['HELP', 'INFO'])

export type Keyword = 'STOP' | 'START' | 'HELP'

/** The keyword a text consists of; a sentence with such a word in it is none. */
export function keywordIn(body: string): Keyword | undefined {
  const word = body.trim().toUpperCase()
  if (STOP.has(word)) return 'STOP'
  if (START.has(word)) return 'START'
  return HELP.has(word) ? 'HELP' : undefined
}

/** What the carrier answers in our place. */
export const KEYWORD_ANSWERS: Readonly<Record<Keyword, string>> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
}

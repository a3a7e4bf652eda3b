import type { ThreadEntry } from '../ports.ts'

type Advice = { readonly when: RegExp; readonly words: string }

/** By what stands in the reason; the first that fits. */
const advice: readonly Advice[] = [
  {
    when: /STOP/,
    words: 'They asked for no more messages here. Call them or write by another way; they may send START.',
  },
  {
    when: /could not be (had|fetched)|not what its name says/,
    words: 'Press Reply again without the file, or attach it anew.',
  },
  { when: /reply window|24 hours/, words: 'Call them, or wait until they write again: then you may answer freely.' },
  {
    when: /switched off|credential|401|403|not granted|scope/i,
    words: 'Tell your administrator (gatehouse doctor says what to mend), and call the customer meanwhile.',
  },
  { when: /longer than|too long|too large/, words: 'Press Reply again with fewer words.' },
  {
    when: /invalid|not a (valid|mobile)|no such|unknown number|landline|unreachable|does not exist|no valid/i,
    words: 'The number or address seems wrong. Look under Show everything for another way, and call.',
  },
]

const failed =
  'They have NOT read this. Try Reply once more; if it fails again, call them (Show everything has the number).'
const unknown = 'Do not simply repeat it: they may have it. Ask them in the next message, or call.'

/** What a person can do now that a message did not arrive, or may not have; undefined while there is nothing to do. */
export function whatToDo({ state, reason = '' }: Pick<ThreadEntry, 'state' | 'reason'>): string | undefined {
  if (state === 'unknown') return unknown
  if (state !== 'failed') return undefined
  return advice.find(({ when }) => when.test(reason))?.words ?? failed
}

import type { CaseFile, CaseState, Waiting } from './state.ts'

type Known = Exclude<CaseState, { readonly status: 'none' }>
type Words = Pick<CaseFile, 'givenWord' | 'keptWord'>

/**
 * The named time that the customer may still hold us to, however late it is. One that came while we waited for their own
 * answer is over: they were asked before it, unless the question did not arrive.
 */
export function owedWord(state: Words & Pick<Waiting, 'askedAt'>, at: Date): Date | undefined {
  const { givenWord, keptWord, askedAt } = state
  const isTheirs = askedAt !== undefined && keptWord?.lost !== true
  return isTheirs && givenWord !== undefined && givenWord <= at ? undefined : givenWord
}

/** Whether a named time counts now: while the customer is waited for it rests. */
export const runningWord = (state: CaseState): Date | undefined =>
  state.status === 'none' || (state.status === 'owned' && (state.askedAt !== undefined || state.resolved !== undefined))
    ? undefined
    : state.givenWord

const withWords = <S extends Known>(state: S, { givenWord, keptWord }: Words): S => {
  const { givenWord: _before, keptWord: _then, ...rest } = state
  return { ...rest, ...(givenWord && { givenWord }), ...(keptWord && { keptWord }) } as unknown as S
}

/** A named time that came while the customer was asked is forgotten as soon as anything happens. */
export const withoutPassed = (state: Known, at: Date): Known =>
  state.givenWord === undefined || owedWord(state, at) !== undefined
    ? state
    : withWords(state, state.keptWord === undefined ? {} : { keptWord: state.keptWord })

type News = { readonly at: Date; readonly messageId?: string | undefined }

/** News is given: what was named is kept, unless this very message does not arrive. */
export const withWordKept = <S extends Known>(state: S, { at, messageId = '' }: News): S =>
  state.givenWord === undefined ? state : withWords(state, { keptWord: { until: state.givenWord, at, messageId } })

/** The customer heard an end, or another time: what an earlier answer kept before does not matter any more. */
export const withWordOver = <S extends Known>(state: S, news: News): S =>
  state.givenWord === undefined || news.messageId === undefined ? withWords(state, {}) : withWordKept(state, news)

/** A question is no news: what was named for a time still to come rests until it is answered, and is owed then. */
export function withWordResting<S extends Known>(state: S, { at, messageId }: News): S {
  const { keptWord } = state
  return keptWord === undefined || keptWord.messageId !== messageId || keptWord.until <= at
    ? state
    : withWords(state, { givenWord: keptWord.until, keptWord })
}

/** The message that kept a named time did not arrive: it is owed again, unless a later answer kept it too. */
export function withWordAgain(state: Known, failedId: string): Known {
  const { givenWord, keptWord, lastReply } = state
  if (keptWord === undefined || !`${failedId}:`.startsWith(`${keptWord.messageId}:`)) return state
  if (lastReply !== undefined && lastReply.at > keptWord.at)
    return withWords(state, { ...(givenWord && { givenWord }), keptWord: { ...keptWord, ...lastReply } })
  const { until } = keptWord
  return withWords(state, { givenWord: soonest(givenWord, until), keptWord: { ...keptWord, lost: true } })
}

/** Whoever has the case says how they reached the customer, to whom our words did not come: that settles it. */
export function withWordSettled(state: Known, by: string): Known {
  if (state.status !== 'owned' || state.owner.id !== by || state.keptWord?.lost !== true) return state
  const { promisedBy: _kept, ...rest } = withWords(state, {})
  return rest
}

/** Of two cases of one customer that become one, the sooner time holds. */
export const withWordOf = (state: Known, other: Date | undefined): Known =>
  other === undefined
    ? state
    : withWords(state, {
        givenWord: soonest(state.givenWord, other),
        ...(state.keptWord && { keptWord: state.keptWord }),
      })

const soonest = (one: Date | undefined, other: Date): Date => (one !== undefined && one < other ? one : other)

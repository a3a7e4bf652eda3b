import type { CaseEvent } from './events.ts'
import type { CaseFile } from './state.ts'
import type { Target, TargetName, Targets } from './targets.ts'

/** Kept by what people have just done. */
export function met(targets: Targets, names: readonly TargetName[], at: Date): Targets {
  const isNews = ({ name, stage }: Target) => stage !== 'met' && names.includes(name)
  if (!targets.list.some(isNews)) return targets
  const list = targets.list.map((target) => {
    if (!isNews(target)) return target
    const { nextAt: _over, ...rest } = target
    return { ...rest, stage: 'met' as const, metAt: at }
  })
  return { ...targets, list }
}

/** Remembers which message the first answer was. */
export function withFirstAnswer(targets: Targets, events: readonly CaseEvent[]): Targets {
  const replied = events.find((event) => event.type === 'replied')
  if (replied === undefined) return targets
  const isNew = ({ name, stage, metAt, metBy: by }: Target) =>
    name === 'firstReply' && stage === 'met' && by === undefined && metAt?.getTime() === replied.at.getTime()
  if (!targets.list.some(isNew)) return targets
  const list = targets.list.map((target) => (isNew(target) ? { ...target, metBy: replied.messageId } : target))
  return { ...targets, list }
}

/**
 * An answer that did not arrive answered nothing, unless another one followed; the same words by another way have its id
 * and more.
 */
export function unmet(targets: Targets, events: readonly CaseEvent[], { lastReply }: CaseFile): Targets {
  const failed = events.find((event) => event.type === 'delivery-failed')
  if (failed === undefined || !failed.certain) return targets
  const isLost = ({ metBy: by }: Target) =>
    by !== undefined && (failed.messageId === by || failed.messageId.startsWith(`${by}:`))
  if (!targets.list.some(isLost)) return targets
  const list = targets.list.map((target): Target => {
    if (!isLost(target)) return target
    const { metAt = failed.at, metBy: _lost, ...rest } = target
    if (lastReply !== undefined && lastReply.at > metAt)
      return { ...rest, metAt: lastReply.at, metBy: lastReply.messageId }
    return { ...rest, stage: 'open' }
  })
  return { ...targets, list }
}

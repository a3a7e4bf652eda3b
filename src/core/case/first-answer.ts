import type { CaseEvent } from './events.ts'
import type { Target, Targets } from './targets.ts'

/** Which message the first answer was. */
export function namedBy(targets: Targets, events: readonly CaseEvent[]): Targets {
  const replied = events.find((event) => event.type === 'replied')
  if (replied === undefined) return targets
  const isNew = ({ name, stage, metAt, metBy: by }: Target) =>
    name === 'firstReply' && stage === 'met' && by === undefined && metAt?.getTime() === replied.at.getTime()
  if (!targets.list.some(isNew)) return targets
  const list = targets.list.map((target) => (isNew(target) ? { ...target, metBy: replied.messageId } : target))
  return { ...targets, list }
}

/** An answer that did not arrive answered nothing; the same words by another way have its id and more. */
export function unmet(targets: Targets, events: readonly CaseEvent[]): Targets {
  const failed = events.find((event) => event.type === 'delivery-failed')
  if (failed === undefined || !failed.certain) return targets
  const isLost = ({ metBy: by }: Target) =>
    by !== undefined && (failed.messageId === by || failed.messageId.startsWith(`${by}:`))
  if (!targets.list.some(isLost)) return targets
  const list = targets.list.map((target): Target => {
    if (!isLost(target)) return target
    const { metAt: _not, metBy: _lost, ...rest } = target
    return { ...rest, stage: 'open' }
  })
  return { ...targets, list }
}

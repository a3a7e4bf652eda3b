import type { Ladder, Step } from './policy.ts'

const levelOf = (group: string): number | undefined => {
  const level = /^level-(\d+)$/.exec(group)?.[1]
  return level === undefined ? undefined : Number(level)
}

/**
 * A ladder from the group at which a case may begin: lower levels are left out, lists beside the line stay. A start
 * outside the line, such as `compliance`, is the whole ladder, because nobody of the line may hear the case.
 */
export function ladderFrom(ladder: Ladder, start: string | undefined): Ladder {
  if (start === undefined) return ladder
  const from = levelOf(start)
  const [first, ...rest] = from === undefined ? [] : ladder.steps.flatMap((step) => stepFrom(step, from))
  return { ...ladder, steps: first === undefined ? [{ ...ladder.steps[0], notify: [start] }] : [first, ...rest] }
}

function stepFrom(step: Step, from: number): Step[] {
  const notify = step.notify.filter((group) => (levelOf(group) ?? from) >= from)
  return notify.length === 0 ? [] : [{ ...step, notify }]
}

import { kinds } from '../core/case/taxonomy.ts'
import type { Understanding } from './bot.ts'
import { itemsOf } from './items.ts'

/** More pieces than this are a story, not a list of wishes. */
const mostMatters = 4

/** The separate matters of a message that has two to four; the parts of a long letter mean little alone. */
export function mattersIn(text: string): readonly string[] {
  const items = itemsOf(text)
  return items.length >= 2 && items.length <= mostMatters ? items : []
}

/** What must be known of one matter to decide where it goes. */
export type Part = Pick<Understanding, 'kind' | 'category' | 'severity' | 'complaintIsClear' | 'intent' | 'confidence'>

export type Parted = {
  readonly understanding: Understanding
  /** The question in it that we answer beside the matter that people get. */
  readonly beside?: string
}

/**
 * Two things in one message: "the lobby is filthy. Also, when does the pool open?" The question is answered, and what
 * people must hear of goes to them: neither swallows the other. Anything serious is for people alone.
 */
export function partedInto(
  whole: Understanding,
  parts: readonly Part[],
  isAnswerable: (part: Part) => boolean,
): Parted {
  const asked = [...parts, whole].find(isAnswerable)?.intent
  const matter = parts.filter(isForPeople).sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))[0]
  if (whole.emergency || matter === undefined) return { understanding: whole }
  const severity = Math.min(whole.severity, matter.severity) as Understanding['severity']
  const weightier = kinds.indexOf(matter.kind) < kinds.indexOf(whole.kind)
  const { kind, category } = weightier ? matter : whole
  const complains = matter.kind === 'complaint'
  const understanding: Understanding = {
    ...whole,
    ...{ kind, category, severity },
    complaint: whole.complaint || complains,
    complaintIsClear: whole.complaintIsClear || complains,
    because: [...whole.because, `two matters: ${matter.kind} (${matter.category}) and ${asked ?? 'something else'}`],
  }
  return severity <= 2 || asked === undefined ? { understanding } : { understanding, beside: asked }
}

const isForPeople = ({ kind, complaintIsClear }: Part): boolean =>
  kind === 'incident_report' || (kind === 'complaint' && complaintIsClear)

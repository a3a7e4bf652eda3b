/** A stretch of time in UTC. Half-open: `startAt` belongs to it, `endAt` does not; one that ends before it starts is empty. */
export type Interval = { readonly startAt: Date; readonly endAt: Date }

/** The same in milliseconds since 1970, for arithmetic. */
export type Span = { readonly start: number; readonly end: number }

export function toSpan(interval: Interval): Span {
  return { start: instant(interval.startAt), end: instant(interval.endAt) }
}

export function toInterval(span: Span): Interval {
  return { startAt: new Date(span.start), endAt: new Date(span.end) }
}

/** Milliseconds of a valid date. Throws RangeError on an invalid one, which would otherwise spread as NaN. */
export function instant(at: Date): number {
  const milliseconds = at.getTime()
  if (Number.isNaN(milliseconds)) throw new RangeError('not a valid instant')
  return milliseconds
}

/** Whether the instant lies in the half-open interval; an absent end means it has not ended. */
export function contains(interval: { readonly startAt: Date; readonly endAt?: Date }, at: Date): boolean {
  return interval.startAt <= at && (interval.endAt === undefined || at < interval.endAt)
}

/** The part both have in common; undefined when they only touch. */
export function intersect(a: Span, b: Span): Span | undefined {
  const start = Math.max(a.start, b.start)
  const end = Math.min(a.end, b.end)
  return start < end ? { start, end } : undefined
}

/** The same time, sorted, without overlaps: so that two overlapping pauses count once. Empty spans vanish. */
export function merge(spans: readonly Span[]): Span[] {
  const sorted = spans.filter((span) => span.start < span.end).sort((a, b) => a.start - b.start)
  const merged: Span[] = []
  for (const span of sorted) {
    const last = merged.at(-1)
    if (last && span.start <= last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, span.end) }
    else merged.push(span)
  }
  return merged
}

/** What is left of a span after the blocked ones, which must be merged (sorted and apart). */
export function subtract(span: Span, blocked: readonly Span[]): Span[] {
  const left: Span[] = []
  let start = span.start
  for (const block of blocked) {
    if (block.end <= start) continue
    if (block.start >= span.end) break
    if (block.start > start) left.push({ start, end: block.start })
    start = block.end
  }
  if (start < span.end) left.push({ start, end: span.end })
  return left
}

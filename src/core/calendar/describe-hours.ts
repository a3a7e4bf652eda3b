import type { Calendar, Opening, Week } from './calendar.ts'

/** Monday first, as people read a week. */
const weekdays = [
  [1, 'Mon'],
  [2, 'Tue'],
  [3, 'Wed'],
  [4, 'Thu'],
  [5, 'Fri'],
  [6, 'Sat'],
  [0, 'Sun'],
] as const

type Run = { readonly first: string; readonly last: string; readonly hours: string }

/** "Mon–Fri 09:00–13:00 and 14:00–18:00, Sat 09:00–13:00 Hong Kong time", or "round the clock". */
export function describeHours(calendar: Calendar): string {
  if (calendar.hours === 'always') return 'the clock runs round the clock'
  const runs = runsOfEqualDays(calendar.hours).map(
    (run) => `${run.first === run.last ? run.first : `${run.first}–${run.last}`} ${run.hours}`,
  )
  return `${runs.join(', ')} ${calendar.zoneLabel}`
}

function runsOfEqualDays(week: Week): Run[] {
  const runs: Run[] = []
  let previous = ''
  for (const [index, name] of weekdays) {
    const hours = week[index].map(openingText).join(' and ')
    const last = runs.at(-1)
    if (last && hours === previous && hours !== '') runs[runs.length - 1] = { ...last, last: name }
    else if (hours !== '') runs.push({ first: name, last: name, hours })
    previous = hours
  }
  return runs
}

function openingText(opening: Opening): string {
  return `${clockText(opening.fromMinute)}–${clockText(opening.toMinute)}`
}

/** 1,440 is 24:00; beyond it the next morning's own reading. */
function clockText(minute: number): string {
  const shown = minute > 1_440 ? minute - 1_440 : minute
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`
}

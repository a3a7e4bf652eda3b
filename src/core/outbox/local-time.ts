import { DateTime } from 'luxon'
import type { Language } from '../message.ts'

/** An instant as people at the site read it: "Wed 8 Apr, 09:30" or "4月8日（三）09:30". Wall clock of the site's zone. */
export function localTime(at: Date, language: Language, zone: string): string {
  const local = DateTime.fromJSDate(at, { zone })
  if (language === 'en') return local.setLocale('en').toFormat('ccc d LLL, HH:mm')
  return local.setLocale(language).toFormat('M月d日（ccccc）HH:mm')
}

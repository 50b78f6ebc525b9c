import { knownLocale } from './locale.js'

const DAY = 86_400_000

/**
 * How many midnights of the zone lie between `now` and the moment: 0 is the same day, 1 the next one, below 0 it is past. `NaN` for what
 * is no moment; a zone that nobody knows is `UTC`.
 */
export function daysUntil(moment: string, now: Date, timeZone = 'UTC'): number {
  return (dayOf(new Date(moment), timeZone) - dayOf(now, timeZone)) / DAY
}

/**
 * Says when a day is: `formatRelativeDay('2026-11-23T01:00:00Z', new Date('2026-11-22T23:00:00Z'))` is "tomorrow". What is no moment is
 * given back as it came.
 */
export function formatRelativeDay(moment: string, now: Date, locale?: string, timeZone = 'UTC'): string {
  const days = daysUntil(moment, now, timeZone)
  if (Number.isNaN(days)) return moment
  return new Intl.RelativeTimeFormat(knownLocale(locale), { numeric: 'auto' }).format(days, 'day')
}

/** The calendar's day of that moment, as UTC's midnight: the days of a zone may have 23 or 25 hours, those of UTC never do. */
function dayOf(moment: Date, timeZone: string): number {
  if (Number.isNaN(moment.getTime())) return Number.NaN
  const parts = calendar(timeZone).formatToParts(moment)
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(read('year'), read('month') - 1, read('day'))
}

function calendar(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    })
  } catch {
    return calendar('UTC')
  }
}

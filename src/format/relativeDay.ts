import { knownLocale } from './locale.js'

const DAY = 86_400_000

/** How many midnights of the zone lie between `now` and the moment: 0 is the same day, 1 the next one, below 0 it is past. */
export function daysUntil(moment: string, now: Date, timeZone = 'UTC'): number {
  return (dayOf(new Date(moment), timeZone) - dayOf(now, timeZone)) / DAY
}

/** Says when a day is: `formatRelativeDay('2026-11-23T01:00:00Z', new Date('2026-11-22T23:00:00Z'))` is "tomorrow". */
export function formatRelativeDay(moment: string, now: Date, locale?: string, timeZone = 'UTC'): string {
  const format = new Intl.RelativeTimeFormat(knownLocale(locale), { numeric: 'auto' })
  return format.format(daysUntil(moment, now, timeZone), 'day')
}

/** The calendar's day of that moment, as UTC's midnight: the days of a zone may have 23 or 25 hours, those of UTC never do. */
function dayOf(moment: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  const parts = format.formatToParts(moment)
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(read('year'), read('month') - 1, read('day'))
}

import { knownLocale } from './locale.js'

/**
 * Writes the day of an ISO 8601 moment: `formatDate('2026-12-21T10:00:00Z', 'en', 'UTC')` is "December 21, 2026". What is no moment is
 * given back as it came; a zone that nobody knows is `UTC`.
 */
export function formatDate(
  moment: string,
  locale?: string,
  timeZone = 'UTC',
  options: Intl.DateTimeFormatOptions = { dateStyle: 'long' },
): string {
  try {
    const format = new Intl.DateTimeFormat(knownLocale(locale), { ...options, timeZone })
    return format.format(new Date(moment))
  } catch {
    return timeZone === 'UTC' ? moment : formatDate(moment, locale, 'UTC', options)
  }
}

/** Writes a moment with its time: "December 21, 2026 at 10:00 AM". Of what is old, hours matter. */
export function formatMoment(moment: string, locale?: string, timeZone?: string): string {
  return formatDate(moment, locale, timeZone, { dateStyle: 'long', timeStyle: 'short' })
}

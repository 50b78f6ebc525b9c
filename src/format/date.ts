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
  const date = new Date(moment)
  const write = (zone: string): string =>
    date.toLocaleString(knownLocale(locale), { ...options, timeZone: zone })
  if (Number.isNaN(date.getTime())) return moment
  try {
    return write(timeZone)
  } catch {
    return write('UTC')
  }
}

/** Writes the day of an ISO 8601 moment: `formatDate('2026-12-21T10:00:00Z', 'en', 'UTC')` is "December 21, 2026". */
export function formatDate(moment: string, locale = 'en', timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(new Date(moment))
}

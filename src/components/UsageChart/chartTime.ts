import type { UsageInterval } from '../../contract/usageHistory.js'
import { formatDate } from '../../format/date.js'

const DAY = { month: 'short', day: 'numeric' } as const
const SHORT: Record<UsageInterval, Intl.DateTimeFormatOptions> = {
  hour: { hour: 'numeric' },
  day: DAY,
  week: DAY,
  month: { month: 'short' },
}
const LONG: Record<UsageInterval, Intl.DateTimeFormatOptions> = {
  hour: { dateStyle: 'medium', timeStyle: 'short' },
  day: { dateStyle: 'medium' },
  week: { dateStyle: 'medium' },
  month: { month: 'long', year: 'numeric' },
}

/** Names an interval by when it begins, in a few characters or in full. */
export function intervalName(
  at: string,
  interval: UsageInterval,
  length: 'short' | 'long',
  locale: string | undefined,
  timeZone: string | undefined,
): string {
  // Days and longer are those of UTC: elsewhere the evening before would name them.
  const zone = interval === 'hour' ? timeZone : 'UTC'
  return formatDate(at, locale, zone, (length === 'short' ? SHORT : LONG)[interval])
}

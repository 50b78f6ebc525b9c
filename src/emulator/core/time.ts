/** Steps Polar bills by. */
export type Interval = 'day' | 'week' | 'month' | 'year'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** As far as the clock goes: later years are written in another form. */
export const END_OF_TIME = Date.UTC(9999, 11, 31)

/** Writes a moment as Polar does: microseconds, left out when they are zero. */
export function iso(time: number): string {
  const text = new Date(time).toISOString()
  return text.endsWith('.000Z') ? text.replace('.000Z', 'Z') : text.replace('Z', '000Z')
}

/** The same, but later than another moment: by a microsecond, the grain in which Polar counts, where the clock has not moved. */
export function isoAfter(time: number, earlier: string | null): string {
  const micros = Math.max(time * 1_000, earlier === null ? 0 : microsOf(earlier) + 1)
  const rest = micros % 1_000
  const milliseconds = Math.floor(micros / 1_000)
  if (rest === 0) return iso(milliseconds)
  return new Date(milliseconds).toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`)
}

function microsOf(text: string): number {
  return at(text) * 1_000 + Number(/\.\d{3}(\d{3})/.exec(text)?.[1] ?? 0)
}

/** Moment of an ISO string written by Polar. */
export function at(text: string): number {
  return Date.parse(text)
}

/**
 * End of a period of `count` intervals. Months and years keep the anchor day and are clamped to the length of
 * the month (January 31, February 28, March 31).
 */
export function addInterval(start: number, interval: Interval, count: number, anchorDay?: number): number {
  if (interval === 'day') return start + count * DAY
  if (interval === 'week') return start + count * 7 * DAY
  const date = new Date(start)
  const day = anchorDay ?? date.getUTCDate()
  const months = interval === 'year' ? 12 * count : count
  const first = new Date(start)
  first.setUTCDate(1)
  first.setUTCMonth(date.getUTCMonth() + months)
  first.setUTCDate(Math.min(day, daysInMonth(first)))
  return first.getTime()
}

/** Day of the month on which a subscription that starts now renews. */
export function anchorDayOf(time: number): number {
  return new Date(time).getUTCDate()
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}

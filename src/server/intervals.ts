import type { UsageInterval } from '../contract/index.js'

const HOUR = 3_600_000

/** When the UTC interval begins that a moment is in. Weeks begin on Monday. */
export function startOf(moment: Date, interval: UsageInterval): Date {
  if (interval === 'hour') return new Date(Math.floor(moment.getTime() / HOUR) * HOUR)
  const year = moment.getUTCFullYear()
  const month = moment.getUTCMonth()
  const day = moment.getUTCDate()
  if (interval === 'month') return new Date(Date.UTC(year, month, 1))
  return new Date(Date.UTC(year, month, interval === 'week' ? day - ((moment.getUTCDay() + 6) % 7) : day))
}

/** The beginning of an interval, so many intervals later. */
export function addIntervals(start: Date, interval: UsageInterval, count: number): Date {
  if (interval === 'month')
    return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + count, start.getUTCDate()))
  return new Date(start.getTime() + count * HOURS[interval] * HOUR)
}

const HOURS = { hour: 1, day: 24, week: 7 * 24 } as const

/** The moment itself if an interval begins with it, else the beginning of the next one. */
export function endOf(moment: Date, interval: UsageInterval): Date {
  const start = startOf(moment, interval)
  return start.getTime() === moment.getTime() ? moment : addIntervals(start, interval, 1)
}

import type { MeterId } from './register.js'

/**
 * `period`: the running billing period. The others are so many hours, days or months of UTC, of which the last one is running.
 */
export type UsageRange = 'period' | '24h' | '7d' | '30d' | '90d' | '12m'
export type UsageInterval = 'hour' | 'day' | 'week' | 'month'

export interface UsageHistoryInput {
  meter: MeterId
  /** @default 'period', unless `from` says otherwise */
  range?: UsageRange | undefined
  /** ISO 8601, instead of a range. */
  from?: string | undefined
  /** ISO 8601. One in the future counts as now. @default now */
  to?: string | undefined
  /**
   * How much time one point stands for: at most 7 days can be asked for by the hour, 366 by the day, 371 by the week, 4 years by the month.
   * @default what suits the range: an hour up to two days, a day up to 90, else a month
   */
  interval?: UsageInterval | undefined
}

export interface UsagePoint {
  /** When the interval begins, ISO 8601 in UTC: the first one may begin before `from`. */
  at: string
  /** What was used in as much of it as lies between `from` and `to`, in the meter's unit. */
  used: number
}

/**
 * What a meter counted in each interval of a time. The intervals are those of UTC, weeks begin on Monday; one without usage is there, with 0.
 * Usage is in the interval that its own timestamp names. What was accepted and not counted yet (`pending` in `getUsage`) is not in it.
 */
export interface UsageHistory {
  meter: MeterId
  name: string
  unit: string
  interval: UsageInterval
  /** From when it was counted: what was asked for, or the beginning of its hour (by months: of its day). */
  from: string
  /** Until when: now, what was asked for, or the end of its hour (by months: of its day). */
  to: string
  /** The sum of all points: what was used from `from` to `to`, by a meter that adds up (not by a maximum or an average). */
  total: number
  /** The plan's limit for a billing period; `null` = unlimited. */
  limit: number | null
  points: UsagePoint[]
  /** When the provider was read. */
  generatedAt: string
  /** The provider could not be asked: this is the last known count. */
  stale: boolean
}

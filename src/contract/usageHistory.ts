import type { MeterId } from './register.js'

/** `period`: the running billing period. The others end now, and `12m` begins with a month. */
export type UsageRange = 'period' | '24h' | '7d' | '30d' | '90d' | '12m'
export type UsageInterval = 'hour' | 'day' | 'week' | 'month'

export interface UsageHistoryInput {
  meter: MeterId
  /** @default 'period', unless `from` says otherwise */
  range?: UsageRange | undefined
  /** ISO 8601, instead of a range. */
  from?: string | undefined
  /** ISO 8601. @default now */
  to?: string | undefined
  /** How much time one point stands for. @default what suits the range: an hour up to two days, a day up to 90, else a month */
  interval?: UsageInterval | undefined
}

export interface UsagePoint {
  /** When the interval begins, ISO 8601 in UTC. */
  at: string
  /** What was used in it, in the meter's unit. */
  used: number
}

/** What a meter counted in each interval of a time. The intervals are those of UTC; one without usage is there, with 0. */
export interface UsageHistory {
  meter: MeterId
  name: string
  unit: string
  interval: UsageInterval
  from: string
  to: string
  /** The sum of all points. */
  total: number
  /** The plan's limit for a billing period; `null` = unlimited. */
  limit: number | null
  points: UsagePoint[]
  /** When the provider was read. */
  generatedAt: string
  /** The provider could not be asked: this is the last known count. */
  stale: boolean
}

import {
  BillingError,
  type UsageHistoryInput,
  type UsageInterval,
  type UsageRange,
} from '../contract/index.js'
import { addIntervals, startOf } from './intervals.js'
import type { Period } from './period.js'
import type { HistoryRange } from './paymentProvider.js'

const DAY = 86_400_000

/** The longest time that the provider counts at once in intervals of each kind, from the finest one on. */
const LONGEST: Readonly<Record<UsageInterval, { days: number; words: string }>> = {
  hour: { days: 7, words: '7 days' },
  day: { days: 366, words: '366 days' },
  week: { days: 371, words: '371 days' },
  month: { days: 4 * 365, words: '4 years' },
}

/** The provider counts nothing before. */
const EARLIEST = new Date('2023-01-01T00:00:00Z')

/** What a range is made of: so many intervals, of which the last one is running. */
const RANGES = {
  '24h': { interval: 'hour', count: 24 },
  '7d': { interval: 'day', count: 7 },
  '30d': { interval: 'day', count: 30 },
  '90d': { interval: 'day', count: 90 },
  '12m': { interval: 'month', count: 12 },
} as const satisfies Record<Exclude<UsageRange, 'period'>, { interval: UsageInterval; count: number }>

type Asked = Pick<UsageHistoryInput, 'range' | 'from' | 'to' | 'interval'>

/**
 * The time that was asked for; by default in points of an hour up to two days, of a day up to 90, else of a month.
 *
 * @param period the running one; before it is known, what is wrong with any other range can be told
 * @throws BillingError `BAD_REQUEST` saying what is wrong with it
 */
export function toRange(asked: Asked, now: Date, period: Period = { start: now, end: now }): HistoryRange {
  const { from, to } = toEnds(asked, now, period)
  const interval = asked.interval ?? defaultInterval(from, to)
  assertShortEnough(from, to, interval)
  return { from, to, interval, isRunning: to.getTime() === now.getTime() }
}

type Ends = Pick<HistoryRange, 'from' | 'to'>

function toEnds({ range, from, to }: Asked, now: Date, { start, end }: Period): Ends {
  if (from !== undefined || to !== undefined) {
    if (range !== undefined) throw bad('name either a `range` or `from` and `to`, not both.')
    if (from === undefined) throw bad('`to` needs a `from`.')
    return between(new Date(from), to === undefined ? now : new Date(to), now)
  }
  // What is known of a period may be old, and clocks differ.
  if (range === undefined || range === 'period') return { from: earlier(start, now), to: earlier(end, now) }
  const { interval, count } = RANGES[range]
  return { from: addIntervals(startOf(now, interval), interval, 1 - count), to: now }
}

/** The future holds no usage: whoever asks for all of today gets it until now. */
function between(from: Date, to: Date, now: Date): Ends {
  if (from >= now) throw bad('`from` must lie in the past: nothing is counted yet.')
  if (from >= to) throw bad('`from` must lie before `to`.')
  if (from < EARLIEST) throw bad('`from` must not lie before 2023-01-01T00:00:00Z: nothing is counted there.')
  return { from, to: earlier(to, now) }
}

function defaultInterval(from: Date, to: Date): UsageInterval {
  const days = (to.getTime() - from.getTime()) / DAY
  if (days <= 2) return 'hour'
  return days <= 90 ? 'day' : 'month'
}

function assertShortEnough(from: Date, to: Date, interval: UsageInterval): void {
  const days = (to.getTime() - from.getTime()) / DAY
  if (days <= LONGEST[interval].days) return
  const allowed = (Object.keys(LONGEST) as UsageInterval[]).filter((other) => days <= LONGEST[other].days)
  const instead =
    allowed.length === 0 ? 'a shorter time' : `interval ${allowed.join(' or ')}, or a shorter time`
  throw bad(`by the ${interval} at most ${LONGEST[interval].words} can be shown: ask for ${instead}.`)
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

function bad(words: string): BillingError {
  return new BillingError('BAD_REQUEST', `getUsageHistory: ${words}`)
}

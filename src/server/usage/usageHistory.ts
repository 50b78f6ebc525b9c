import type { UsageHistoryInput, UsageInterval } from '../../contract/index.js'
import type { Period } from '../period.js'
import { createFreshCache, type Reading } from '../freshCache.js'
import type { OrganizationLimits } from '../limits/createOrganizationLimits.js'
import type { HistoryReading, PaymentProvider } from '../paymentProvider.js'
import { toRange } from '../usageRange.js'

/** Milliseconds in which the same question has the same answer. */
const MAX_AGE = 60_000
/** Of up to 168 points each. */
const MAX_ANSWERS = 1_000

/** What is asked, in words that mean the same a minute later. Dates are ISO 8601. */
export interface HistoryQuestion extends Pick<UsageHistoryInput, 'range' | 'from' | 'to' | 'interval'> {
  organizationId: string
  meterId: string
  /** Where it is the range. */
  period: Period | undefined
}

export interface HistoryAnswer extends HistoryReading {
  interval: UsageInterval
}

export type ReadUsageHistory = (question: HistoryQuestion) => Promise<Reading<HistoryAnswer>>

interface UsageHistoryOptions {
  provider: Pick<PaymentProvider, 'readHistory'>
  limits: OrganizationLimits
  now: () => Date
}

/** Reads past usage. In this process alone: whoever may ask for any two moments could fill a table with the answers. */
export function createUsageHistory({ provider, limits, now }: UsageHistoryOptions): ReadUsageHistory {
  const answers = createFreshCache({
    read: async (key): Promise<HistoryAnswer> => {
      const { organizationId, meterId, period, ...asked } = fromKey(key)
      await limits.assert('history', organizationId)
      const range = toRange(asked, now(), period)
      return { interval: range.interval, ...(await provider.readHistory(meterId, organizationId, range)) }
    },
    now,
    maxAge: MAX_AGE,
    maxEntries: MAX_ANSWERS,
  })
  return (question) => answers.get(JSON.stringify(question))
}

/** The dates of a period have become text on the way. */
function fromKey(key: string): HistoryQuestion {
  const { period, ...question } = JSON.parse(key) as HistoryQuestion
  return {
    ...question,
    period: period && { start: new Date(period.start), end: new Date(period.end) },
  }
}

import type { MeterUsage } from './usage.js'

/** What is left below the limit, and what lies above what the price covers. Both count what is not in `used` yet. */
export function usageLeft({
  used,
  pending,
  limit,
  included,
}: Pick<MeterUsage, 'used' | 'pending' | 'limit' | 'included'>): Pick<MeterUsage, 'remaining' | 'overage'> {
  const sum = used + pending
  return {
    remaining: limit === null ? null : Math.max(0, limit - sum),
    overage: Math.max(0, sum - included),
  }
}

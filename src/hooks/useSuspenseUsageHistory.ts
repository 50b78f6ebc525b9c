'use client'
import type { UseSuspenseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { UsageHistory } from '../contract/usageHistory.js'
import { usageHistoryQueryOptions, type UsageHistoryQuery } from '../query/usageHistory.js'
import { type SuspenseReadOptions, useSuspenseRead } from './useSuspenseRead.js'

export type SuspenseUsageHistoryOptions<Data = UsageHistory> = UsageHistoryQuery &
  SuspenseReadOptions<UsageHistory, Data>

/**
 * `useUsageHistory` for `<Suspense>`: `data` is always there, and always of the range that is asked for: another one suspends again, unless
 * it is chosen in a transition. For signed-in pages: without an organization it throws `UNAUTHORIZED`.
 */
export function useSuspenseUsageHistory<Data = UsageHistory>({
  meter,
  range,
  interval,
  ...options
}: SuspenseUsageHistoryOptions<Data>): UseSuspenseQueryResult<Data, BillingError> {
  return useSuspenseRead((config) => usageHistoryQueryOptions(config, { meter, range, interval }), options)
}

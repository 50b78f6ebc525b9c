'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { UsageHistory } from '../contract/usageHistory.js'
import { usageHistoryQueryOptions, type UsageHistoryQuery } from '../query/usageHistory.js'
import { type ReadOptions, useRead } from './fromFactory.js'

export type UsageHistoryOptions<Data = UsageHistory> = UsageHistoryQuery & ReadOptions<UsageHistory, Data>

/**
 * What a meter counted in each hour, day, week or month of a time: `useUsageHistory({ meter: 'characters', range: '30d' })`. While another
 * range is read, the data stays that of the last one and `isPlaceholderData` is true.
 */
export function useUsageHistory<Data = UsageHistory>({
  meter,
  range,
  interval,
  ...options
}: UsageHistoryOptions<Data>): UseQueryResult<Data, BillingError> {
  return useRead((config) => usageHistoryQueryOptions(config, { meter, range, interval }), options)
}

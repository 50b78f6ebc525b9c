import { type queryOptions, skipToken } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { MeterId } from '../contract/register.js'
import type { UsageHistory, UsageHistoryInput, UsageInterval, UsageRange } from '../contract/usageHistory.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { heal } from './heal.js'
import { readPolicy } from './read.js'

/** A range that ends now, or a time of your own: ISO 8601, and without `to` it ends now. */
export type UsageTime = UsageRange | { from: string; to?: string | undefined }

export interface UsageHistoryQuery {
  /** Which meter of the catalog. */
  meter: MeterId
  /** @default 'period' */
  range?: UsageTime | undefined
  /** How much time one point stands for. @default what suits the range: an hour up to two days, a day up to 90, else a month */
  interval?: UsageInterval | undefined
}

type Key = readonly [...ReturnType<typeof billingQueryKey>, UsageHistoryInput]

/** What TanStack's `queryOptions()` makes of options: the same object, whose key knows the type of its data. */
export type UsageHistoryQueryOptions = ReturnType<
  typeof queryOptions<UsageHistory, BillingError, UsageHistory, Key>
>

/** What a meter counted over a time. While another range is asked for, the meter's last one stays, as placeholder data. */
export function usageHistoryQueryOptions(
  config: BillingQueryConfig,
  { meter, range = 'period', interval }: UsageHistoryQuery,
): UsageHistoryQueryOptions {
  const { organizationId } = config
  const input: UsageHistoryInput = { meter, ...(typeof range === 'string' ? { range } : range), interval }
  const queryKey: Key = [...billingQueryKey(organizationId, 'getUsageHistory'), input]
  return {
    ...readPolicy,
    queryKey,
    queryFn:
      organizationId === null
        ? skipToken
        : ({ signal }) => callTransport(config, 'getUsageHistory', input, signal),
    refetchInterval: (query) => heal(query),
    // Never what another organization used, nor another meter.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === organizationId && previous?.meter === meter ? previous : undefined,
  } as UsageHistoryQueryOptions
}

import { type InfiniteData, infiniteQueryOptions, type QueryFunction, skipToken } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Orders } from '../contract/orders.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { heal } from './heal.js'
import { readPolicy } from './read.js'

type Key = ReturnType<typeof billingQueryKey>
type Cursor = string | undefined

/** What was ordered, page by page, the latest first. Without an organization nothing is fetched. */
export function ordersQueryOptions(config: BillingQueryConfig) {
  const { organizationId } = config
  const read: QueryFunction<Orders, Key, Cursor> = ({ pageParam, signal }) =>
    callTransport(config, 'listOrders', { cursor: pageParam }, signal)
  return infiniteQueryOptions<Orders, BillingError, InfiniteData<Orders, Cursor>, Key, Cursor>({
    ...readPolicy,
    refetchInterval: heal,
    queryKey: billingQueryKey(organizationId, 'listOrders'),
    queryFn: organizationId === null ? skipToken : read,
    // Also where the app's own client keeps what was shown before: it may be another organization's.
    placeholderData: () => undefined,
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

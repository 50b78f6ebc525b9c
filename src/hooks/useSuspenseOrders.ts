'use client'
import {
  type InfiniteData,
  useSuspenseInfiniteQuery,
  type UseSuspenseInfiniteQueryResult,
} from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { Orders } from '../contract/orders.js'
import { ordersQueryOptions } from '../query/orders.js'
import { assertReadable, ONCE_ON_SERVER } from './useSuspenseRead.js'

/**
 * `useOrders` for `<Suspense>`: `data.pages` holds the first page at least. For signed-in pages: without an organization it throws
 * `UNAUTHORIZED`.
 */
export function useSuspenseOrders(): UseSuspenseInfiniteQueryResult<
  InfiniteData<Orders, string | undefined>,
  BillingError
> {
  const { queryFn, ...query } = ordersQueryOptions(useBilling())
  assertReadable(queryFn)
  return useSuspenseInfiniteQuery({ ...query, queryFn, ...ONCE_ON_SERVER })
}

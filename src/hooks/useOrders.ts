'use client'
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { Orders } from '../contract/orders.js'
import { ordersQueryOptions } from '../query/orders.js'

/** What was ordered, the latest first: `data.pages` holds the pages so far, `fetchNextPage()` adds the next. */
export function useOrders(): UseInfiniteQueryResult<InfiniteData<Orders, string | undefined>, BillingError> {
  return useInfiniteQuery(ordersQueryOptions(useBilling()))
}

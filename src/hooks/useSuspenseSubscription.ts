'use client'
import type { UseSuspenseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { CompleteSubscription } from '../contract/subscription.js'
import { subscriptionQueryOptions } from '../query/subscription.js'
import { type SuspenseReadOptions, useSuspenseRead } from './useSuspenseRead.js'

/** `useSubscription` for `<Suspense>`: `data` is always there. For signed-in pages: without an organization it throws `UNAUTHORIZED`. */
export function useSuspenseSubscription<Data = CompleteSubscription>(
  options?: SuspenseReadOptions<CompleteSubscription, Data>,
): UseSuspenseQueryResult<Data, BillingError> {
  return useSuspenseRead(subscriptionQueryOptions, options)
}

'use client'
import type { UseSuspenseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { BillingStatus } from '../contract/status.js'
import { billingStatusQueryOptions } from '../query/status.js'
import { type SuspenseReadOptions, useSuspenseRead } from './useSuspenseRead.js'

/** `useBillingStatus` for `<Suspense>`: `data` is always there. For signed-in pages: without an organization it throws `UNAUTHORIZED`. */
export function useSuspenseBillingStatus<Data = BillingStatus>(
  options?: SuspenseReadOptions<BillingStatus, Data>,
): UseSuspenseQueryResult<Data, BillingError> {
  return useSuspenseRead(billingStatusQueryOptions, options)
}

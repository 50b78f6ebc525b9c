'use client'
import type { UseSuspenseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { CompleteUsage } from '../contract/usage.js'
import { usageQueryOptions } from '../query/usage.js'
import { type SuspenseReadOptions, useSuspenseRead } from './useSuspenseRead.js'

/** `useUsage` for `<Suspense>`: `data` is always there. For signed-in pages: without an organization it throws `UNAUTHORIZED`. */
export function useSuspenseUsage<Data = CompleteUsage>(
  options?: SuspenseReadOptions<CompleteUsage, Data>,
): UseSuspenseQueryResult<Data, BillingError> {
  return useSuspenseRead(usageQueryOptions, options)
}

'use client'
import type { UseSuspenseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Plans } from '../contract/plans.js'
import { plansQueryOptions } from '../query/plans.js'
import { type SuspenseReadOptions, useSuspenseRead } from './useSuspenseRead.js'

/** `usePlans` for `<Suspense>`: `data` is always there. Works signed out, too. */
export function useSuspensePlans<Data = Plans>(
  options?: SuspenseReadOptions<Plans, Data>,
): UseSuspenseQueryResult<Data, BillingError> {
  return useSuspenseRead(plansQueryOptions, options)
}

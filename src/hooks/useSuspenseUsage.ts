'use client'
import type { UseSuspenseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { MeterId } from '../contract/register.js'
import type { CompleteMeterUsage, CompleteUsage } from '../contract/usage.js'
import { usageQueryOptions } from '../query/usage.js'
import { type SuspenseReadOptions, useSuspenseRead } from './useSuspenseRead.js'
import { type MeterUsageResult, useUsage } from './useUsage.js'

export interface SuspenseMeterUsageOptions extends Omit<SuspenseReadOptions<CompleteUsage>, 'select'> {
  /** Which meter of the catalog. */
  meter: MeterId
}

/** TanStack's result for one meter. The data is `undefined` only if the answer has no such meter. */
export type SuspenseMeterUsageResult = UseSuspenseQueryResult<CompleteMeterUsage | undefined, BillingError> &
  Pick<MeterUsageResult, 'consume'>

/**
 * `useUsage` for `<Suspense>`, of all meters, or with `meter` of one: there is always an answer. For signed-in pages: without an
 * organization it throws `UNAUTHORIZED`.
 */
export function useSuspenseUsage<Data = CompleteUsage>(
  options?: SuspenseReadOptions<CompleteUsage, Data> & { meter?: never },
): UseSuspenseQueryResult<Data, BillingError>
export function useSuspenseUsage(options: SuspenseMeterUsageOptions): SuspenseMeterUsageResult
export function useSuspenseUsage({ meter, ...options }: Partial<SuspenseMeterUsageOptions> = {}): unknown {
  const all = useSuspenseRead(usageQueryOptions, options)
  // The answer is there by now: this asks for nothing.
  const { data, consume } = useUsage({ meter: meter ?? '', enabled: false })
  return meter === undefined ? all : { ...all, data, consume }
}

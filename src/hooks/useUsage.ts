'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { CompleteUsage } from '../contract/usage.js'
import { usageQueryOptions } from '../query/usage.js'
import { type ReadOptions, useRead } from './fromFactory.js'

/** The running period's usage, meter by meter. Asked again every few seconds while some of it is pending. */
export function useUsage<Data = CompleteUsage>(
  options?: ReadOptions<CompleteUsage, Data>,
): UseQueryResult<Data, BillingError> {
  return useRead(usageQueryOptions, options)
}

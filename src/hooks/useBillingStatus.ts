'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { BillingStatus } from '../contract/status.js'
import { billingStatusQueryOptions } from '../query/status.js'
import { type ReadOptions, useRead } from './fromFactory.js'

/** What the organization has now. Without an organization nothing is fetched and the result stays pending. */
export function useBillingStatus<Data = BillingStatus>(
  options?: ReadOptions<BillingStatus, Data>,
): UseQueryResult<Data, BillingError> {
  return useRead(billingStatusQueryOptions, options)
}

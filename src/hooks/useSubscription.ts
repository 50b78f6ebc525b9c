'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { CompleteSubscription } from '../contract/subscription.js'
import { subscriptionQueryOptions } from '../query/subscription.js'
import { type ReadOptions, useRead } from './fromFactory.js'

/** The subscription in full: product, period, latest order. Without one its status is `none`. */
export function useSubscription<Data = CompleteSubscription>(
  options?: ReadOptions<CompleteSubscription, Data>,
): UseQueryResult<Data, BillingError> {
  return useRead(subscriptionQueryOptions, options)
}

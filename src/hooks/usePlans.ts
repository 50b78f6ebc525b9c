'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Plans } from '../contract/plans.js'
import { plansQueryOptions } from '../query/plans.js'
import { type ReadOptions, useRead } from './fromFactory.js'

/** The public price list. Needs no organization: it works signed out. */
export function usePlans<Data = Plans>(
  options?: ReadOptions<Plans, Data>,
): UseQueryResult<Data, BillingError> {
  return useRead(plansQueryOptions, options)
}

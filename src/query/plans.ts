import { queryOptions } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Plans } from '../contract/plans.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'
import { heal } from './heal.js'
import { readPolicy } from './read.js'

/** The public price list: the same for everybody, signed in or not. */
export function plansQueryOptions(config: Pick<BillingQueryConfig, 'transport'>) {
  return queryOptions<Plans, BillingError>({
    ...readPolicy,
    refetchInterval: heal,
    queryKey: billingQueryKey(null, 'listPlans'),
    queryFn: ({ signal }) => callTransport(config, 'listPlans', {}, signal),
  })
}

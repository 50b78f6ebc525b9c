import type { BillingStatus } from '../contract/status.js'
import type { BillingQueryConfig } from './config.js'
import { pendingCheckout } from './pendingCheckout.js'
import { readOptions, type ReadQueryOptions } from './read.js'

/** What the organization has. While a checkout waits to be confirmed, it is asked about too, past all caches. */
export function billingStatusQueryOptions(config: BillingQueryConfig): ReadQueryOptions<BillingStatus> {
  return readOptions(config, 'getStatus', {
    whole: 'graceEndsAt',
    input: () => pendingCheckout(config.organizationId)?.input,
  })
}

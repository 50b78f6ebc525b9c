import type { BillingQueryConfig } from './config.js'
import { pendingCheckout } from './pendingCheckout.js'
import { readOptions } from './read.js'

/** What the organization has. While a checkout waits to be confirmed, it is asked about too, past all caches. */
export function billingStatusQueryOptions(config: BillingQueryConfig) {
  return readOptions(config, 'getStatus', { input: () => pendingCheckout(config.organizationId)?.input })
}

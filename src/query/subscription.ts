import type { BillingQueryConfig } from './config.js'
import { readOptions } from './read.js'

/** The subscription in full. */
export function subscriptionQueryOptions(config: BillingQueryConfig) {
  return readOptions(config, 'getSubscription')
}

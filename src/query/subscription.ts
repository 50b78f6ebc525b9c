import type { CompleteSubscription } from '../contract/subscription.js'
import type { BillingQueryConfig } from './config.js'
import { readOptions, type ReadQueryOptions } from './read.js'

/** The subscription in full. */
export function subscriptionQueryOptions(config: BillingQueryConfig): ReadQueryOptions<CompleteSubscription> {
  return readOptions(config, 'getSubscription', { whole: 'pendingChange' })
}

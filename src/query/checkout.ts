import type { BillingQueryConfig } from './config.js'
import { sessionOptions, type SessionOptions } from './session.js'

/** Opens a checkout and goes there. */
export function checkoutMutationOptions(config: BillingQueryConfig, options?: SessionOptions) {
  return sessionOptions(config, 'createCheckout', ({ checkoutUrl }) => checkoutUrl, options)
}

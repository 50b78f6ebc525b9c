import type { BillingQueryConfig } from './config.js'
import { sessionOptions, type SessionOptions } from './session.js'

/** Opens the customer portal and goes there. */
export function portalMutationOptions(config: BillingQueryConfig, options?: SessionOptions) {
  return sessionOptions(config, 'createPortalSession', ({ portalUrl }) => portalUrl, options)
}

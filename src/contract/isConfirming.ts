import type { BillingStatus } from './status.js'

/** Whether a purchase is being confirmed: until it is, "Free" would read as if nothing had been bought. */
export function isConfirming({ isActive, checkout }: Pick<BillingStatus, 'isActive' | 'checkout'>): boolean {
  return !isActive && checkout !== undefined && checkout !== 'expired'
}

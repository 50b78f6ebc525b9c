import type { models } from '@polar-sh/sdk/2026-10'

type Status = models.SubscriptionStatus

export const STATUSES = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'canceled',
  'unpaid',
  'paused',
] as const satisfies readonly Status[]

export function isActive(status: Status): boolean {
  return status === 'active' || status === 'trialing'
}

/** Still charged for: blocks a second purchase and can be canceled. */
export function isBillable(status: Status): boolean {
  return isActive(status) || status === 'past_due'
}

export function isRevoked(status: Status): boolean {
  return status === 'canceled' || status === 'unpaid'
}

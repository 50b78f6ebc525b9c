import type { PartialSubscription, Subscription } from './subscription.js'

/** Fills in `null` for what a backend left out. */
export function completeSubscription(answer: PartialSubscription): Subscription {
  return {
    organizationId: null,
    subscriptionId: null,
    planType: null,
    planName: null,
    amount: 0,
    currency: 'USD',
    currentPeriodStart: null,
    currentPeriodEnd: null,
    trialStart: null,
    trialEnd: null,
    cancelAtPeriodEnd: false,
    product: null,
    latestOrder: null,
    pendingChange: null,
    pausedAt: null,
    resumesAt: null,
    graceEndsAt: null,
    seats: null,
    asOf: null,
    stale: false,
    ...answer,
  }
}

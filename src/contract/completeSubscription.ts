import type { Catalog } from './catalog.js'
import { findPlan } from './findPlan.js'
import type { CompleteSubscription, PartialSubscription } from './subscription.js'

/** Fills in what the catalog knows, and `null` for all else that a backend left out. */
export function completeSubscription(
  answer: PartialSubscription,
  catalog: Catalog | undefined,
): CompleteSubscription {
  const isNone = answer.status === 'none'
  return {
    organizationId: null,
    subscriptionId: null,
    planType: null,
    planName: findPlan(catalog, isNone ? catalog?.defaultPlan : answer.planType)?.name ?? null,
    amount: isNone ? 0 : null,
    currency: isNone ? (catalog?.currency ?? null) : null,
    currentPeriodStart: null,
    currentPeriodEnd: null,
    trialStart: null,
    trialEnd: null,
    cancelAtPeriodEnd: false,
    product: null,
    latestOrder: null,
    pendingChange: null,
    pauseAtPeriodEnd: false,
    pausedAt: null,
    resumesAt: null,
    graceEndsAt: null,
    seats: null,
    asOf: null,
    stale: false,
    ...answer,
  }
}

import type { Catalog } from './catalog.js'
import { findPlan, sellablePlans } from './findPlan.js'
import type { PlanId } from './register.js'
import type { BillingStatus, PartialStatus, StatusInput, SubscriptionStatus } from './status.js'

/** `fresh` is asked when the browser came back from a checkout: what a backend does not say of that follows from the rest. */
export function completeStatus(
  answer: PartialStatus,
  catalog: Catalog | undefined,
  { fresh: isReturning = false }: StatusInput,
): BillingStatus | null {
  const hasActiveSubscription =
    answer.hasActiveSubscription ?? (answer.status ? isPaying(answer.status) : answer.isActive)
  if (hasActiveSubscription === undefined) return null
  const status = answer.status ?? (hasActiveSubscription ? 'active' : 'none')
  const isActive = answer.isActive ?? hasActiveSubscription
  const planType = answer.planType === undefined && isActive ? onlyPlan(catalog) : (answer.planType ?? null)
  return {
    organizationId: null,
    isTrial: status === 'trialing',
    planName: findPlan(catalog, status === 'none' ? catalog?.defaultPlan : planType)?.name ?? null,
    expiresAt: null,
    customerId: null,
    estimatedCostCents: null,
    cancelAtPeriodEnd: false,
    graceEndsAt: null,
    asOf: null,
    stale: false,
    ...(isReturning && { checkout: isActive ? 'succeeded' : 'confirmed' }),
    ...answer,
    hasActiveSubscription,
    status,
    isActive,
    planType,
  }
}

const isPaying = (status: SubscriptionStatus): boolean => status === 'active' || status === 'trialing'

function onlyPlan(catalog: Catalog | undefined): PlanId | null {
  const [plan, ...others] = catalog === undefined ? [] : sellablePlans(catalog)
  return plan !== undefined && others.length === 0 ? plan : null
}

import type { Catalog } from './catalog.js'
import { findPlan } from './findPlan.js'
import { isConfirming } from './isConfirming.js'
import type { FeatureId, MeterId } from './register.js'
import type { BillingStatus } from './status.js'
import type { CompleteUsage } from './usage.js'

/** So many units of a meter. */
export interface MeterAmount {
  /** The meter of the catalog of which somebody needs something. */
  meter: MeterId
  /** In the meter's unit. 0 and less ask for nothing, which is always allowed; of NaN nobody can tell. @default 1 */
  amount?: number | undefined
}

/**
 * Whether something may be used, and why:
 *
 * - `included`: the plan has it, or enough is left.
 * - `not_in_plan`: no such feature in the plan that applies, or none of the meter's units.
 * - `inactive`: their plan has the feature, and may not be used now: it ended, is paused or not paid.
 * - `limit_reached`: less is left in the period than was asked for.
 * - `pending`: not known yet. A purchase is being confirmed, or, in a browser, the answer is on its way.
 * - `unknown`: the facts do not say. The product is not in the catalog, the backend counts no such meter, or nothing could be read.
 */
export type Entitlement =
  | { allowed: true; reason: 'included' }
  | { allowed: false; reason: 'not_in_plan' | 'inactive' | 'limit_reached' }
  | { allowed: undefined; reason: 'pending' | 'unknown' }

/**
 * Whether the plan has a feature. Without a plan that may be used it is the default plan that applies. A stale status counts: what was
 * known last is the best there is. The same on a server: `checkFeature('api', await billing.service.getStatus(identity), catalog)`.
 */
export function checkFeature(
  feature: FeatureId,
  status: Pick<BillingStatus, 'isActive' | 'planType' | 'checkout'>,
  catalog: Catalog,
): Entitlement {
  const { isActive, planType } = status
  const has = (plan: string | null): boolean | undefined => {
    const found = findPlan(catalog, plan)
    return found && (found.features ?? []).includes(feature)
  }
  const isIncluded = has(isActive ? planType : catalog.defaultPlan)
  if (isIncluded === undefined) return { allowed: undefined, reason: 'unknown' }
  if (isIncluded) return { allowed: true, reason: 'included' }
  // Somebody has just paid, maybe: "not in your plan" would read as if nothing had been bought.
  if (isConfirming(status)) {
    return { allowed: undefined, reason: 'pending' }
  }
  return { allowed: false, reason: !isActive && has(planType) ? 'inactive' : 'not_in_plan' }
}

/** Whether so many units may be used: what was used and is not counted yet is already taken off. Takes the answer of `getUsage`. */
export function checkMeter(
  { meter: key, amount = 1 }: MeterAmount,
  { meters }: Pick<CompleteUsage, 'meters'>,
): Entitlement {
  const { remaining, limit } = meters.find((meter) => meter.key === key) ?? {}
  if (remaining === undefined || Number.isNaN(remaining) || Number.isNaN(amount)) {
    return { allowed: undefined, reason: 'unknown' }
  }
  if (remaining === null || amount <= Math.max(0, remaining)) return { allowed: true, reason: 'included' }
  return { allowed: false, reason: limit === 0 ? 'not_in_plan' : 'limit_reached' }
}

import type { Catalog } from '../contract/index.js'
import type { ProductMap } from './products.js'
import type { ProviderSubscription } from './provider.js'

/** Until when a past due subscription stays usable; `null` for any other. */
export function graceEndOf(subscription: ProviderSubscription, gracePeriodDays: number): Date | null {
  const { status, pastDueAt, currentPeriodStart } = subscription
  if (status !== 'past_due') return null
  // The period's end is no help: the provider moves it before the payment goes through.
  return new Date(Date.parse(pastDueAt ?? currentPeriodStart) + gracePeriodDays * 86_400_000)
}

/** Whether the plan may be used at this moment. */
export function isUsable(subscription: ProviderSubscription, gracePeriodDays: number, now: Date): boolean {
  const graceEnd = graceEndOf(subscription, gracePeriodDays)
  return isPaying(subscription) || (graceEnd !== null && now < graceEnd)
}

export function isPaying({ status }: ProviderSubscription): boolean {
  return status === 'active' || status === 'trialing'
}

/** Whether the provider takes it for an upgrade. One with a discount of 100 % costs nothing, and is what it is. */
export function isFree({ amount, product }: ProviderSubscription): boolean {
  return amount === 0 && product.prices.every((price) => price.amount === 0)
}

interface PickOptions {
  catalog: Catalog
  productMap: ProductMap
  gracePeriodDays: number
  now: Date
}

/**
 * The subscription that speaks for an organization which has several: usable ones first, then past due, paused, incomplete,
 * canceled; among equals the catalog's later plan, unknown products last; then the later period end.
 */
export function pickSubscription(
  subscriptions: readonly ProviderSubscription[],
  { catalog, productMap, gracePeriodDays, now }: PickOptions,
): ProviderSubscription | undefined {
  const plans = Object.keys(catalog.plans)
  const usabilityOf = (subscription: ProviderSubscription): number =>
    isUsable(subscription, gracePeriodDays, now) ? 0 : UNUSABLE_RANK[subscription.status]
  const planRankOf = ({ product }: ProviderSubscription): number =>
    plans.indexOf(productMap.planOf(product.id) ?? '')
  return subscriptions.toSorted(
    (a, b) =>
      usabilityOf(a) - usabilityOf(b) ||
      planRankOf(b) - planRankOf(a) ||
      Date.parse(b.currentPeriodEnd) - Date.parse(a.currentPeriodEnd),
  )[0]
}

const UNUSABLE_RANK = { active: 0, trialing: 0, past_due: 1, paused: 2, incomplete: 3, canceled: 4 } as const

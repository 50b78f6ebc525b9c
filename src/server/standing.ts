import { type Allowances, allowancesIn, findPlan, type PlanId } from '../contract/index.js'
import type { BillingContext } from './billingContext.js'
import type { Reading } from './freshCache.js'
import { monthOf, type Period } from './period.js'
import { graceEndOf, isUsable, pickSubscription } from './pickSubscription.js'
import type { Priority } from './paymentProvider.js'
import type { CustomerReading, ProviderSubscription } from './provider.js'

/** What an organization's subscriptions come to. */
export interface Standing {
  reading: Reading<CustomerReading>
  /** The one that speaks for all. */
  subscription: ProviderSubscription | undefined
  /** Whether the subscription's plan may be used now. */
  isActive: boolean
  planType: PlanId | null
  planName: string
  graceEndsAt: string | null
}

/** @param maxAge milliseconds; absent: as old as a reading may usually be */
export async function readStanding(
  context: BillingContext,
  organizationId: string,
  maxAge?: number,
  priority?: Priority,
): Promise<Standing> {
  return toStanding(context, await context.reader.customer(organizationId, maxAge, priority))
}

export function toStanding(context: BillingContext, reading: Reading<CustomerReading>): Standing {
  const now = context.now()
  const subscription = pickSubscription(reading.value.subscriptions, { ...context, now })
  return {
    reading,
    subscription,
    isActive: subscription !== undefined && isUsable(subscription, context.gracePeriodDays, now),
    ...namePlan(context, subscription),
    graceEndsAt: (subscription && graceEndOf(subscription, context.gracePeriodDays)?.toISOString()) ?? null,
  }
}

/** What the catalog calls the plan of a subscription, or of having none. */
export function namePlan(
  { catalog, productMap, warnOnce }: BillingContext,
  subscription: ProviderSubscription | undefined,
): Pick<Standing, 'planType' | 'planName'> {
  if (subscription === undefined) {
    return { planType: null, planName: findPlan(catalog, catalog.defaultPlan)?.name ?? catalog.defaultPlan }
  }
  const { product } = subscription
  const planType = productMap.planOf(product.id)
  if (planType === null) {
    warnOnce(
      `No plan of the catalog has product ${product.id} ("${product.name}"), which somebody pays for: name it in \`products\`.`,
    )
  }
  return { planType, planName: findPlan(catalog, planType)?.name ?? product.name }
}

/** A subscription has a period of its own. Everybody else is counted by the month. */
export function runningPeriod({ subscription, isActive }: Standing, now: Date): Period {
  if (subscription === undefined || !isActive) return monthOf(now)
  return { start: new Date(subscription.currentPeriodStart), end: new Date(subscription.currentPeriodEnd) }
}

/** What the running period allows: a plan that cannot be used gives nothing, and the default one is for a month. */
export function allowancesInForce({ catalog }: BillingContext, standing: Standing): Allowances {
  const { subscription, isActive, planType } = standing
  const interval = isActive && subscription?.product.recurringInterval === 'year' ? 'year' : 'month'
  const { limits, included } = allowancesIn(
    findPlan(catalog, isActive ? planType : catalog.defaultPlan) ?? {},
    interval,
  )
  const seats = (isActive ? subscription?.seats : null) ?? 1
  const ofAllSeats = Object.entries(included).map(([meter, units = 0]) => [meter, units * seats])
  return { limits, included: Object.fromEntries(ofAllSeats) }
}

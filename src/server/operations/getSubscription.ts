import type { PendingChange, Subscription } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import type { ProviderSubscription } from '../provider.js'
import { readStanding, type Standing } from '../standing.js'

export async function getSubscription(
  context: BillingContext,
  organizationId: string,
): Promise<Subscription> {
  return toSubscription(context, organizationId, await readStanding(context, organizationId))
}

export async function toSubscription(
  context: BillingContext,
  organizationId: string,
  { reading, subscription, planType, planName, graceEndsAt }: Standing,
): Promise<Subscription> {
  const latestOrder = await context.reader.latestOrder(organizationId)
  return {
    organizationId,
    subscriptionId: subscription?.id ?? null,
    status: subscription?.status ?? 'none',
    planType,
    planName,
    amount: subscription?.amount ?? 0,
    currency: subscription?.currency ?? context.catalog.currency,
    currentPeriodStart: subscription?.currentPeriodStart ?? null,
    currentPeriodEnd: subscription?.currentPeriodEnd ?? null,
    trialStart: subscription?.trialStart ?? null,
    trialEnd: subscription?.trialEnd ?? null,
    cancelAtPeriodEnd: subscription?.cancelAtPeriodEnd ?? false,
    product: subscription?.product ?? null,
    latestOrder: latestOrder.value,
    pendingChange: toPendingChange(context, subscription),
    pauseAtPeriodEnd: subscription?.pauseAtPeriodEnd ?? false,
    pausedAt: subscription?.pausedAt ?? null,
    resumesAt: subscription?.resumesAt ?? null,
    graceEndsAt,
    seats: subscription?.seats ?? null,
    asOf: reading.readAt.toISOString(),
    stale: reading.stale || latestOrder.stale,
  }
}

function toPendingChange(
  { productMap }: BillingContext,
  subscription: ProviderSubscription | undefined,
): PendingChange | null {
  const change = subscription?.pendingChange ?? null
  if (subscription === undefined || change === null) return null
  // The provider keeps what was planned, in case somebody resumes.
  const { status, cancelAtPeriodEnd, pauseAtPeriodEnd } = subscription
  if (cancelAtPeriodEnd || pauseAtPeriodEnd || status === 'canceled' || status === 'paused') return null
  const { productId, seats, appliesAt } = change
  const planType = productId === null ? null : productMap.planOf(productId)
  const offers = planType === null ? [] : productMap.offersOf(planType)
  const interval = offers.find((offer) => offer.productId === productId)?.interval ?? null
  return { planType, interval, seats, appliesAt }
}

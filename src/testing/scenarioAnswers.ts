import type { BillingStatus } from '../contract/status.js'
import type { Product, Subscription } from '../contract/subscription.js'
import type { MeterUsage, Usage } from '../contract/usage.js'
import { usageLeft } from '../contract/usageLeft.js'

const PERIOD_START = '2026-11-21T09:00:00.000Z'
export const PERIOD_END = '2026-12-21T09:00:00.000Z'
export const NOW = '2026-12-01T12:00:00.000Z'

/** Never bought. */
export const none: BillingStatus = {
  organizationId: 'acme',
  status: 'none',
  isActive: false,
  isTrial: false,
  planType: null,
  planName: 'Free',
  expiresAt: null,
  hasActiveSubscription: false,
  customerId: null,
  estimatedCostCents: 0,
  cancelAtPeriodEnd: false,
  graceEndsAt: null,
  asOf: NOW,
  stale: false,
}

/** Pays for Pro. */
export const onPro: BillingStatus = {
  ...none,
  status: 'active',
  isActive: true,
  planType: 'pro',
  planName: 'Pro',
  expiresAt: PERIOD_END,
  hasActiveSubscription: true,
  customerId: 'cus_acme',
}

/** Pays for five seats of Team. */
export const onTeam: BillingStatus = { ...onPro, planType: 'team', planName: 'Team' }

/** Has Pro, and may not use it. */
export const lapsed: BillingStatus = {
  ...onPro,
  isActive: false,
  hasActiveSubscription: false,
  expiresAt: null,
}

const proProduct: Product = {
  id: 'prod_pro',
  name: 'Pro',
  description: 'For creators who publish every week.',
  recurringInterval: 'month',
  prices: [
    { id: 'price_pro', amount: 2_900, currency: 'USD', type: 'recurring', recurringInterval: 'month' },
  ],
  benefits: [{ id: 'ben_api', type: 'feature', description: 'API access' }],
}

const teamProduct: Product = {
  ...proProduct,
  id: 'prod_team',
  name: 'Team',
  description: 'For studios with several voices.',
  prices: [
    {
      id: 'price_team',
      amount: null,
      currency: 'USD',
      type: 'seat',
      recurringInterval: 'month',
      unitAmount: '1200',
    },
  ],
}

/** The subscription behind a status. */
export function subscriptionFor(status: BillingStatus): Subscription {
  const exists = status.status !== 'none'
  const isTeam = status.planType === 'team'
  return {
    organizationId: status.organizationId,
    subscriptionId: exists ? 'sub_acme' : null,
    status: status.status,
    planType: status.planType,
    planName: status.planName,
    amount: exists ? (isTeam ? 6_000 : 2_900) : 0,
    currency: 'USD',
    currentPeriodStart: exists ? PERIOD_START : null,
    currentPeriodEnd: exists ? PERIOD_END : null,
    trialStart: status.isTrial ? PERIOD_START : null,
    trialEnd: status.isTrial ? status.expiresAt : null,
    cancelAtPeriodEnd: status.cancelAtPeriodEnd,
    product: exists ? (isTeam ? teamProduct : proProduct) : null,
    latestOrder: null,
    pendingChange: null,
    pauseAtPeriodEnd: false,
    pausedAt: status.status === 'paused' ? NOW : null,
    resumesAt: null,
    graceEndsAt: status.graceEndsAt,
    seats: isTeam ? 5 : null,
    asOf: status.asOf,
    stale: status.stale,
  }
}

/** A month of the meter "Characters". */
export function usageOf(characters: Pick<MeterUsage, 'used'> & Partial<MeterUsage>, stale = false): Usage {
  const { used, pending = 0, limit = 1_000, included = limit ?? 0, amountCents = 0 } = characters
  return {
    meters: [
      {
        key: 'characters',
        name: 'Characters',
        unit: 'characters',
        used,
        pending,
        included,
        limit,
        ...usageLeft({ used, pending, limit, included }),
        amountCents,
      },
    ],
    currency: 'USD',
    estimatedCostCents: amountCents,
    totalCost: (2_900 + amountCents) / 100,
    billingPeriodStart: PERIOD_START,
    billingPeriodEnd: PERIOD_END,
    periodStart: PERIOD_START,
    periodEnd: '2026-12-21T08:59:59.000Z',
    generatedAt: NOW,
    stale,
  }
}

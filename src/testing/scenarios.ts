import type { Checkout } from '../contract/checkout.js'
import { BillingError } from '../contract/errors.js'
import type { Plans } from '../contract/plans.js'
import type { PortalSession } from '../contract/portal.js'
import type { BillingStatus } from '../contract/status.js'
import type { Subscription } from '../contract/subscription.js'
import type { Usage } from '../contract/usage.js'
import type { Scenario } from './createMemoryTransport.js'
import { lapsed, none, onPro, PERIOD_END, subscriptionFor, usageOf } from './scenarioAnswers.js'
import { scenarioPlans } from './scenarioCatalog.js'

/** A backend that answers everything. */
interface WholeScenario extends Scenario {
  getStatus: BillingStatus
  getSubscription: Subscription
  getUsage: Usage
  listPlans: Plans
  createCheckout: Checkout
  createPortalSession: PortalSession
}

/** A whole backend around a status. The opened pages are anchors: a click goes nowhere. */
function scenario(status: BillingStatus, usage: Usage): WholeScenario {
  return {
    getStatus: status,
    getSubscription: subscriptionFor(status),
    getUsage: usage,
    listPlans: scenarioPlans,
    createCheckout: {
      checkoutId: 'chk_acme',
      checkoutUrl: '#checkout',
      productId: 'prod_pro',
      productName: 'Pro',
    },
    createPortalSession: { portalUrl: '#portal', expiresAt: PERIOD_END },
  }
}

const down = new BillingError('SERVICE_UNAVAILABLE', 'The billing provider does not answer.', {
  retryAfter: 30,
})
const onProUsage = usageOf({ used: 6_400, limit: 100_000, included: 10_000 })
const freeUsage = usageOf({ used: 320 })

/** The situations that a billing page must cope with, each a whole backend for `createMemoryTransport`. */
export const scenarios = {
  free: scenario(none, freeUsage),
  nearLimit: scenario(none, usageOf({ used: 860, pending: 40 })),
  overLimit: scenario(none, usageOf({ used: 1_240 })),
  active: scenario(onPro, onProUsage),
  trialing: scenario(
    { ...onPro, status: 'trialing', isTrial: true, expiresAt: '2026-12-05T09:00:00.000Z' },
    onProUsage,
  ),
  canceling: scenario({ ...onPro, cancelAtPeriodEnd: true }, onProUsage),
  pastDue: scenario(
    {
      ...onPro,
      status: 'past_due',
      hasActiveSubscription: false,
      expiresAt: '2026-12-28T09:00:00.000Z',
      graceEndsAt: '2026-12-28T09:00:00.000Z',
    },
    onProUsage,
  ),
  paused: scenario({ ...lapsed, status: 'paused' }, freeUsage),
  canceled: scenario({ ...lapsed, status: 'canceled', expiresAt: '2026-11-30T09:00:00.000Z' }, freeUsage),
  incomplete: scenario({ ...lapsed, status: 'incomplete' }, freeUsage),
  overage: scenario(onPro, usageOf({ used: 24_000, limit: 100_000, included: 10_000, amountCents: 420 })),
  unlimited: scenario(onPro, usageOf({ used: 24_000, limit: null, included: 10_000, amountCents: 420 })),
  /** The provider is down, and the server remembers. */
  stale: scenario(
    { ...onPro, stale: true },
    usageOf({ used: 6_400, limit: 100_000, included: 10_000 }, true),
  ),
  /** The provider is down, and nothing is known. */
  down: {
    getStatus: down,
    getSubscription: down,
    getUsage: down,
    listPlans: down,
    createCheckout: down,
    createPortalSession: down,
  },
  /** Nothing ever answers. */
  loading: {
    getStatus: forever,
    getSubscription: forever,
    getUsage: forever,
    listPlans: forever,
    createCheckout: forever,
    createPortalSession: forever,
  },
} as const satisfies Record<string, Scenario>

function forever(): Promise<never> {
  return new Promise(() => undefined)
}

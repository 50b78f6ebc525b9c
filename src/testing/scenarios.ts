import type { Checkout } from '../contract/checkout.js'
import { BillingError } from '../contract/errors.js'
import { type Operation, ROUTES } from '../contract/operations.js'
import type { Invoice, Orders } from '../contract/orders.js'
import type { Plans } from '../contract/plans.js'
import type { PortalSession } from '../contract/portal.js'
import type { Seats } from '../contract/seats.js'
import type { BillingStatus } from '../contract/status.js'
import type { Subscription } from '../contract/subscription.js'
import type { Usage } from '../contract/usage.js'
import type { UsageHistory } from '../contract/usageHistory.js'
import type { Scenario } from './createMemoryTransport.js'
import { lapsed, none, onPro, onTeam, PERIOD_END, subscriptionFor, usageOf } from './scenarioAnswers.js'
import { historyOf, noSeats, ordersOnPro, someSeats } from './scenarioHistory.js'
import { scenarioPlans } from './scenarioCatalog.js'

/** A backend that answers everything. */
interface WholeScenario extends Scenario {
  getStatus: BillingStatus
  getSubscription: Subscription
  getUsage: Usage
  getUsageHistory: UsageHistory
  listPlans: Plans
  listOrders: Orders
  getInvoice: Invoice
  createCheckout: Checkout
  createPortalSession: PortalSession
  updateSubscription: Subscription
  listSeats: Seats
  updateSeats: Seats
}

/** A whole backend around a status. The opened pages are anchors: a click goes nowhere. */
function scenario(status: BillingStatus, usage: Usage): WholeScenario {
  const subscription = subscriptionFor(status)
  const [characters] = usage.meters
  return {
    getStatus: status,
    getSubscription: subscription,
    getUsage: usage,
    getUsageHistory: historyOf(characters?.limit ?? null, characters?.used ?? 0, usage.stale),
    listPlans: scenarioPlans,
    listOrders: status.customerId === null ? { orders: [], nextCursor: null } : ordersOnPro,
    getInvoice: { url: '#invoice' },
    createCheckout: {
      checkoutId: 'chk_acme',
      checkoutUrl: '#checkout',
      productId: 'prod_pro',
      productName: 'Pro',
    },
    createPortalSession: { portalUrl: '#portal', expiresAt: PERIOD_END },
    updateSubscription: subscription,
    listSeats: noSeats,
    updateSeats: noSeats,
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
  /** Pays for seats. */
  team: {
    ...scenario(onTeam, usageOf({ used: 24_000, limit: null, included: 50_000 })),
    listSeats: someSeats,
    updateSeats: someSeats,
  },
  /** The provider is down, and the server remembers. */
  stale: scenario(
    { ...onPro, stale: true },
    usageOf({ used: 6_400, limit: 100_000, included: 10_000 }, true),
  ),
  /** The provider is down, and nothing is known. */
  down: everyOperation(down),
  /** Nothing ever answers. */
  loading: everyOperation(forever),
} as const satisfies Record<string, Scenario>

function everyOperation<Answer>(answer: Answer): { [Name in Operation]: Answer } {
  const operations = Object.keys(ROUTES).map((operation) => [operation, answer])
  return Object.fromEntries(operations) as { [Name in Operation]: Answer }
}

function forever(): Promise<never> {
  return new Promise(() => undefined)
}

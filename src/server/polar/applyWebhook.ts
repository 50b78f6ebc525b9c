import type { models } from '@polar-sh/sdk/2026-10'
import type { CustomerReading, ProviderSubscription, Webhook } from '../provider.js'
import { expectNumber, expectString } from './expect.js'
import { iso, toSubscription } from './mapping.js'

/**
 * What is known of a customer once it is known what a webhook tells. Nobody has checked the payload: it throws for one that is
 * not what its type promises.
 */
export function applyWebhook(
  reading: CustomerReading,
  { type, data }: Pick<Webhook, 'type' | 'data'>,
): CustomerReading {
  return type === 'customer.state_changed'
    ? applyState(reading, data as models.CustomerState)
    : applySubscription(reading, data as models.Subscription)
}

/** A state names those of which nothing else has been told, too. */
export function activeIn({ type, data }: Pick<Webhook, 'type' | 'data'>): readonly string[] {
  return type === 'customer.state_changed'
    ? (data as models.CustomerState).active_subscriptions.map(({ id }) => id)
    : []
}

function applySubscription(reading: CustomerReading, data: models.Subscription): CustomerReading {
  expectString(data.status)
  expectNumber(data.amount)
  const subscription = toSubscription(data)
  const others = reading.subscriptions.filter(({ id }) => id !== subscription.id)
  return { ...reading, customerId: expectString(data.customer_id), subscriptions: [...others, subscription] }
}

/**
 * The state names active subscriptions only. One that it does not name may be past due, paused or over: it stays what it was. One
 * that nobody has heard of stays unknown, for the state does not say what its product is.
 */
function applyState(reading: CustomerReading, state: models.CustomerState): CustomerReading {
  const active = new Map(state.active_subscriptions.map((subscription) => [subscription.id, subscription]))
  return {
    ...reading,
    customerId: expectString(state.id),
    subscriptions: reading.subscriptions.map((known) => {
      const now = active.get(known.id)
      return now === undefined || now.product_id !== known.product.id ? known : activate(known, now)
    }),
  }
}

function activate(
  known: ProviderSubscription,
  now: models.CustomerState['active_subscriptions'][number],
): ProviderSubscription {
  return {
    ...known,
    status: expectString(now.status) === 'trialing' ? 'trialing' : 'active',
    amount: expectNumber(now.amount),
    currency: now.currency.toUpperCase(),
    currentPeriodStart: iso(now.current_period_start),
    currentPeriodEnd: iso(now.current_period_end),
    trialStart: iso(now.trial_start),
    trialEnd: iso(now.trial_end),
    cancelAtPeriodEnd: now.cancel_at_period_end,
    endsAt: iso(now.ends_at),
    endedAt: null,
    pastDueAt: null,
    pausedAt: null,
    // The state tells of no planned pause: what is known of it stays, unless it was the pause that is over.
    resumesAt: known.pauseAtPeriodEnd ? known.resumesAt : null,
    seats: now.seats ?? null,
  }
}

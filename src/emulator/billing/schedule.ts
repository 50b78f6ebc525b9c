import type { CheckoutRow, OrderRow, SubscriptionRow } from '../core/rows.js'
import { at } from '../core/time.js'
import type { World } from '../core/world.js'
import { isActive } from './statuses.js'

/**
 * Plans what the clock does next with a subscription. To be called after every change of its dates or status.
 */
export function scheduleSubscription(world: World, row: SubscriptionRow): void {
  // Polar renews only what is active: while a payment is past due, dunning decides.
  const ends = row.status === 'past_due' && row.cancel_at_period_end
  const due =
    isActive(row.status) || ends ? row.current_period_end : row.status === 'paused' ? row.resumes_at : null
  plan(world, `subscription ${row.id}`, due, () => world.due.subscription(world, row))
}

/** Plans the next attempt to charge an order. */
export function schedulePayment(world: World, row: OrderRow): void {
  plan(world, `payment of ${row.id}`, row.next_payment_attempt_at, () => world.due.payment(world, row))
}

/** Plans the payment of a confirmed checkout and the expiry of an open one. */
export function scheduleCheckout(world: World, row: CheckoutRow, confirmedUntil?: string): void {
  const due = confirmedUntil ?? (row.status === 'open' ? row.expires_at : null)
  plan(world, `checkout ${row.id}`, due, () => world.due.checkout(world, row))
}

function plan(world: World, key: string, due: string | null, run: () => void): void {
  if (due === null) world.clock.cancel(key)
  else world.clock.schedule(key, at(due), run)
}

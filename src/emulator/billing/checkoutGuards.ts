import { required } from '../core/database.js'
import { ApiError } from '../core/errors.js'
import type { CheckoutRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { buyerOf } from './checkoutCustomer.js'
import { isBillable } from './statuses.js'

/** Why Polar refuses a checkout, by its names. */

export function assertOpen(row: CheckoutRow): void {
  assertNotExpired(row)
  if (row.status !== 'open') throw new ApiError(403, 'NotOpenCheckout', 'This checkout session is not open.')
}

export function assertNotExpired(row: CheckoutRow): void {
  if (row.status !== 'expired') return
  throw new ApiError(410, 'ExpiredCheckoutError', 'This checkout session has expired.')
}

export function assertMaySubscribe(world: World, row: CheckoutRow): void {
  const customer = buyerOf(world, row)
  const upgraded = row.subscription_id === null ? undefined : world.db.subscriptions.get(row.subscription_id)
  if (upgraded !== undefined && upgraded.ended_at !== null) {
    throw new ApiError(403, 'AlreadyCanceledSubscription', 'This subscription is already canceled.')
  }
  if (upgraded !== undefined && upgraded.amount > 0) throw alreadySubscribed()
  if (!world.settings.oneSubscriptionPerCustomer || customer === undefined) return
  if (!required(world.db.products, row.productId).is_recurring) return
  const other = world.db.subscriptions
    .of(customer.id)
    .find((subscription) => isBillable(subscription.status) && subscription !== upgraded)
  if (other !== undefined) throw alreadySubscribed()
}

function alreadySubscribed(): ApiError {
  return new ApiError(403, 'AlreadyActiveSubscriptionError', 'You already have an active subscription.')
}

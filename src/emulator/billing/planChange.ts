import type { models } from '@polar-sh/sdk/2026-10'
import { required } from '../core/database.js'
import { newId } from '../core/ids.js'
import { addInterval, anchorDayOf, iso } from '../core/time.js'
import type { ProductRow, SubscriptionRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import { attachMeters } from '../metering/subscriptionMeters.js'
import { seatPriceIn, totalAmount } from './amounts.js'
import { syncGrants } from './grants.js'
import { assertPayable, changesInterval, pricesIn, productProration, settleNow } from './proration.js'
import { scheduleSubscription } from './schedule.js'
import { claimOwnSeat } from './seats.js'
import { announceSubscription } from './subscriptionEvents.js'
import { becomeTeam } from './teams.js'

export type Behavior = Exclude<models.SubscriptionProrationBehavior, 'reset'>

/** Moves a subscription to another product, now or at the end of its period. */
export function changeProduct(
  world: World,
  row: SubscriptionRow,
  product: ProductRow,
  behavior: Behavior,
): void {
  if (behavior === 'next_period') {
    planUpdate(world, row, { product_id: product.id })
    return
  }
  const entries = productProration(world, row, product)
  const immediate = isImmediate(row, product, behavior)
  const isNewTeam = bringsSeats(row, product)
  if (isNewTeam) becomeTeam(world, required(world.db.customers, row.customer_id))
  applyProduct(world, row, product)
  row.pending_update = null
  row.entries.push(...entries)
  if (immediate) settleNow(world, row)
  else announceSubscription(world, row, 'updated')
  // Whoever had the benefits keeps them.
  if (isNewTeam) claimOwnSeat(world, row)
  syncGrants(world, row)
  scheduleSubscription(world, row)
}

/**
 * Product, prices, amount and interval. True if the interval is another one, so that a new period starts now.
 */
export function applyProduct(world: World, row: SubscriptionRow, product: ProductRow): boolean {
  const restarts = changesInterval(row, product)
  row.product_id = product.id
  row.prices = pricesIn(product, row.currency)
  row.seats ??= seatPriceIn(row.prices)?.seat_tiers.minimum_seats ?? null
  row.amount = totalAmount(row.prices, { seats: row.seats, customAmount: null })
  row.recurring_interval = product.recurring_interval ?? row.recurring_interval
  row.recurring_interval_count = product.recurring_interval_count ?? row.recurring_interval_count
  if (restarts && row.status !== 'trialing') restartPeriod(world, row)
  attachMeters(world, row)
  return restarts
}

function restartPeriod(world: World, row: SubscriptionRow): void {
  const now = world.clock.now()
  row.anchorDay = anchorDayOf(now)
  row.current_period_start = iso(now)
  row.current_period_end = iso(addInterval(now, row.recurring_interval, row.recurring_interval_count))
}

/** A plan without seats becomes one with them. */
export function bringsSeats(row: SubscriptionRow, product: ProductRow): boolean {
  return seatPriceIn(row.prices) === undefined && seatPriceIn(pricesIn(product, row.currency)) !== undefined
}

/** @throws ApiError 402 if the change would be charged now and the card does not take it */
export function assertProductPayable(
  world: World,
  row: SubscriptionRow,
  product: ProductRow,
  behavior: Behavior,
): void {
  if (isImmediate(row, product, behavior)) assertPayable(world, row, productProration(world, row, product))
}

/** Plans product or seats for the end of the period; what was planned of the other stays. */
export function planUpdate(
  world: World,
  row: SubscriptionRow,
  planned: { product_id?: string; seats?: number },
): void {
  row.pending_update = {
    created_at: timestamp(world),
    modified_at: null,
    id: newId(),
    applies_at: row.current_period_end,
    product_id: planned.product_id ?? row.pending_update?.product_id ?? null,
    seats: planned.seats ?? row.pending_update?.seats ?? null,
    units: null,
  }
  announceSubscription(world, row, 'updated')
}

/** The difference is charged now and not with the next invoice. */
function isImmediate(row: SubscriptionRow, product: ProductRow, behavior: Behavior): boolean {
  if (row.status === 'trialing' || behavior === 'next_period') return false
  return behavior === 'invoice' || changesInterval(row, product)
}

import type { models } from '@polar-sh/sdk/2026-10'
import { ApiError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { required } from '../core/database.js'
import { addInterval, anchorDayOf, at, iso } from '../core/time.js'
import type { BillingEntry, Price, ProductRow, SubscriptionRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import { attachMeters } from '../metering/subscriptionMeters.js'
import { seatPriceIn, totalAmount } from './amounts.js'
import { canCharge } from './charging.js'
import { syncGrants } from './grants.js'
import { invoice, takeEntries } from './invoicing.js'
import { payOrder } from './orders.js'
import { scheduleSubscription } from './schedule.js'
import { announceSubscription } from './subscriptionEvents.js'

export type Behavior = Exclude<models.SubscriptionProrationBehavior, 'reset'>

/** Prices of a product in one currency. */
export function pricesIn(product: ProductRow, currency: string): Price[] {
  return product.prices.filter((price) => price.price_currency === currency && !price.is_archived)
}

/** What a subscription becomes. */
export interface Plan {
  product: ProductRow
  /** `null`: its prices are not those of seats. */
  seats: number | null
}

/** Another product for as many seats as there are, or as it takes at least. */
export function planOf(row: SubscriptionRow, product: ProductRow): Plan {
  const price = seatPriceIn(pricesIn(product, row.currency))
  return {
    product,
    seats: price === undefined ? null : Math.max(row.seats ?? 0, price.seat_tiers.minimum_seats),
  }
}

/** Moves a subscription to another plan, now or at the end of its period. */
export function changePlan(world: World, row: SubscriptionRow, plan: Plan, behavior: Behavior): void {
  const { product } = plan
  if (behavior === 'next_period') {
    row.pending_update = plannedUpdate(world, row, plan)
    announceSubscription(world, row, 'updated')
    return
  }
  const isTrial = row.status === 'trialing'
  const entries = isTrial ? [] : proration(world, row, plan)
  const immediate = isImmediate(row, product, behavior)
  applyPlan(world, row, plan)
  row.pending_update = null
  row.entries.push(...entries)
  if (immediate && sumOf(row.entries) > 0) invoiceNow(world, row)
  else announceSubscription(world, row, 'updated')
  syncGrants(world, row)
  scheduleSubscription(world, row)
}

/**
 * Product, seats, prices, amount and interval. True if the interval is another one, so that a new period starts now.
 */
export function applyPlan(world: World, row: SubscriptionRow, { product, seats }: Plan): boolean {
  const restarts = changesInterval(row, product)
  row.product_id = product.id
  row.prices = pricesIn(product, row.currency)
  row.seats = seats
  row.amount = totalAmount(row.prices, { seats, customAmount: null })
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

/** What is left of the old plan is credited, the rest of the period on the new one is charged. */
function proration(world: World, row: SubscriptionRow, { product, seats }: Plan): BillingEntry[] {
  const start = at(row.current_period_start)
  const end = at(row.current_period_end)
  const remaining = Math.min(1, Math.max(0, (end - world.clock.now()) / (end - start)))
  const old = required(world.db.products, row.product_id)
  const prices = pricesIn(product, row.currency)
  const amount = totalAmount(prices, { seats, customAmount: null })
  // Another interval starts a period of its own, which is charged in full.
  const factor = changesInterval(row, product) ? 1 : remaining
  return [
    { label: `Unused time on ${old.name}`, amount: -Math.round(row.amount * remaining), priceId: null },
    {
      label: `Remaining time on ${product.name}`,
      amount: Math.round(amount * factor),
      priceId: prices[0]?.id ?? null,
    },
  ].filter(({ amount }) => amount !== 0)
}

/** To be asked before anything is changed: a charge that fails changes nothing at all. */
export function assertPayable(world: World, row: SubscriptionRow, plan: Plan, behavior: Behavior): void {
  if (!isImmediate(row, plan.product, behavior)) return
  const customer = required(world.db.customers, row.customer_id)
  if (canCharge(customer, sumOf([...row.entries, ...proration(world, row, plan)]))) return
  throw new ApiError(
    402,
    'PaymentFailed',
    'The payment for this update failed. The subscription was not changed.',
  )
}

function invoiceNow(world: World, row: SubscriptionRow): void {
  const order = invoice(world, row, 'subscription_update', takeEntries(row))
  announceSubscription(world, row, 'updated')
  payOrder(world, order)
}

/** It names what changes alone. */
function plannedUpdate(
  world: World,
  row: SubscriptionRow,
  { product, seats }: Plan,
): models.PendingSubscriptionUpdate {
  return {
    created_at: timestamp(world),
    modified_at: null,
    id: newId(),
    applies_at: row.current_period_end,
    product_id: product.id === row.product_id ? null : product.id,
    seats: seats === row.seats ? null : seats,
    units: null,
  }
}

/** The difference is charged now and not with the next invoice. */
function isImmediate(row: SubscriptionRow, product: ProductRow, behavior: Behavior): boolean {
  if (row.status === 'trialing' || behavior === 'next_period') return false
  return behavior === 'invoice' || changesInterval(row, product)
}

function changesInterval(row: SubscriptionRow, product: ProductRow): boolean {
  return (
    product.recurring_interval !== row.recurring_interval ||
    product.recurring_interval_count !== row.recurring_interval_count
  )
}

function sumOf(entries: readonly BillingEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.amount, 0)
}

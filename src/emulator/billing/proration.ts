import { ApiError } from '../core/errors.js'
import { required } from '../core/database.js'
import { at } from '../core/time.js'
import type { BillingEntry, Price, ProductRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { seatPriceIn, totalAmount } from './amounts.js'
import { canCharge } from './charging.js'
import { invoice, takeEntries } from './invoicing.js'
import { payOrder } from './orders.js'
import { announceSubscription } from './subscriptionEvents.js'

/** Prices of a product in one currency. */
export function pricesIn(product: ProductRow, currency: string): Price[] {
  return product.prices.filter((price) => price.price_currency === currency && !price.is_archived)
}

/** What is left of the old product is credited, the rest of the period on the new one is charged. */
export function productProration(world: World, row: SubscriptionRow, product: ProductRow): BillingEntry[] {
  if (row.status === 'trialing') return []
  const remaining = remainingPart(world, row)
  const old = required(world.db.products, row.product_id)
  const prices = pricesIn(product, row.currency)
  const amount = totalAmount(prices, { seats: row.seats, customAmount: null })
  // Another interval starts a period of its own, which is charged in full.
  const factor = changesInterval(row, product) ? 1 : remaining
  return [
    { label: `Unused time on ${old.name}`, amount: -roundHalfEven(row.amount * remaining), priceId: null },
    {
      label: `Remaining time on ${product.name}`,
      amount: roundHalfEven(amount * factor),
      priceId: prices[0]?.id ?? null,
    },
  ].filter((entry) => entry.amount !== 0)
}

/** The difference for the rest of the period. Polar cuts it off instead of rounding it. */
export function seatProration(world: World, row: SubscriptionRow, seats: number): BillingEntry[] {
  if (row.status === 'trialing') return []
  const difference = totalAmount(row.prices, { seats, customAmount: null }) - row.amount
  const amount = Math.trunc(difference * remainingPart(world, row))
  const label = `${seats} seats for the remaining time`
  return amount === 0 ? [] : [{ label, amount, priceId: seatPriceIn(row.prices)?.id ?? null }]
}

/** To be asked before anything is changed: a charge that fails changes nothing at all. */
export function assertPayable(world: World, row: SubscriptionRow, entries: readonly BillingEntry[]): void {
  const customer = required(world.db.customers, row.customer_id)
  if (canCharge(customer, sumOf([...row.entries, ...entries]))) return
  throw new ApiError(
    402,
    'PaymentFailed',
    'The payment for this update failed. The subscription was not changed.',
  )
}

/** Announces a change, with the invoice for it where there is something to charge. What is credited waits for the next one. */
export function settleNow(world: World, row: SubscriptionRow): void {
  if (sumOf(row.entries) <= 0) {
    announceSubscription(world, row, 'updated')
    return
  }
  const order = invoice(world, row, 'subscription_update', takeEntries(row))
  announceSubscription(world, row, 'updated')
  payOrder(world, order)
}

export function changesInterval(row: SubscriptionRow, product: ProductRow): boolean {
  return (
    product.recurring_interval !== row.recurring_interval ||
    product.recurring_interval_count !== row.recurring_interval_count
  )
}

/** How much of the period is left, between 0 and 1. */
function remainingPart(world: World, row: SubscriptionRow): number {
  const [start, end] = [at(row.current_period_start), at(row.current_period_end)]
  return Math.min(1, Math.max(0, (end - world.clock.now()) / (end - start)))
}

/** As Python rounds: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

function sumOf(entries: readonly BillingEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.amount, 0)
}

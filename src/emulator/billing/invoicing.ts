import type { models } from '@polar-sh/sdk/2026-10'
import { required } from '../core/database.js'
import type { OrderRow, Price, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { readUsage } from '../metering/subscriptionMeters.js'
import { isStatic, recurringAmount } from './amounts.js'
import { createOrder, type OrderLine } from './orders.js'

/** Lines for what a period costs whatever is used. */
export function recurringLines(world: World, subscription: SubscriptionRow): OrderLine[] {
  const { name } = required(world.db.products, subscription.product_id)
  return subscription.prices
    .filter(isStatic)
    .map((price) => ({ label: name, amount: recurringAmount(subscription, price), priceId: price.id }))
}

/** Lines for the usage beyond the credits since the meters were last reset. */
export function usageLines(world: World, subscription: SubscriptionRow): OrderLine[] {
  readUsage(world, subscription)
  return subscription.meters
    .filter((meter) => meter.amount > 0)
    .map((meter) => {
      const units = Math.max(0, meter.consumed_units - meter.credited_units)
      const { name } = required(world.db.meters, meter.meter_id)
      return {
        label: `${name}: ${units.toLocaleString('en-US')} units`,
        amount: meter.amount,
        priceId: priceOf(subscription.prices, meter.meter_id)?.id ?? null,
      }
    })
}

/** Lines for changes in mid-period that waited for this invoice. */
export function takeEntries(subscription: SubscriptionRow): OrderLine[] {
  const lines = subscription.entries.map((entry) => ({ ...entry, proration: true }))
  subscription.entries = []
  return lines
}

/** Writes the invoice of a subscription. A credit that exceeds it stays for the next one. */
export function invoice(
  world: World,
  subscription: SubscriptionRow,
  reason: models.OrderBillingReason,
  lines: readonly OrderLine[],
): OrderRow {
  const total = lines.reduce((sum, line) => sum + line.amount, 0)
  const carried = Math.min(0, total)
  const label = 'Credit for the next invoice'
  if (carried < 0) subscription.entries.push({ label, amount: carried, priceId: null })
  return createOrder(world, {
    customer: required(world.db.customers, subscription.customer_id),
    productId: subscription.product_id,
    currency: subscription.currency,
    reason,
    status: 'pending',
    subscription,
    lines: carried < 0 ? [...lines, { label, amount: -carried, priceId: null, proration: true }] : lines,
  })
}

function priceOf(prices: readonly Price[], meterId: string): Price | undefined {
  return prices.find((price) => price.amount_type === 'metered_unit' && price.meter_id === meterId)
}

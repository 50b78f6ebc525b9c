import { assign, required } from '../core/database.js'
import { newId } from '../core/ids.js'
import { meteredAmount } from '../core/money.js'
import type { Price, SubscriptionMeterRow, SubscriptionRow } from '../core/rows.js'
import { type World, timestamp, touch } from '../core/world.js'
import { stateChanged } from '../billing/stateChanged.js'
import { isBillable } from '../billing/statuses.js'
import { toSubscription } from '../serialize/subscription.js'
import { emit } from '../webhooks/emit.js'
import { resetMeter } from './resetMeter.js'
import { readMeter } from './window.js'

type MeteredPrice = Extract<Price, { amount_type: 'metered_unit' }>

export function meteredPrices(prices: readonly Price[]): MeteredPrice[] {
  return prices.filter((price) => price.amount_type === 'metered_unit')
}

/** The meters of a subscription follow its metered prices; those that stay keep their figures. */
export function attachMeters(world: World, subscription: SubscriptionRow): void {
  subscription.meters = meteredPrices(subscription.prices).map((price) => {
    const known = subscription.meters.find((meter) => meter.meter_id === price.meter_id)
    return known ?? newMeter(world, price.meter_id)
  })
}

/** Starts the meters of a subscription afresh: what was used before is not on the new bill. */
export function resetMeters(world: World, subscription: SubscriptionRow): void {
  const customer = required(world.db.customers, subscription.customer_id)
  for (const { meter_id } of subscription.meters) resetMeter(world, customer, meter_id)
  readUsage(world, subscription)
}

/** Brings the meters of a subscription up to date; true if a figure changed. */
export function readUsage(world: World, subscription: SubscriptionRow): boolean {
  if (!isBillable(subscription.status)) return false
  const customer = required(world.db.customers, subscription.customer_id)
  let changed = false
  for (const meter of subscription.meters) {
    const { consumed, credited } = readMeter(world, customer, required(world.db.meters, meter.meter_id))
    const amount = usageAmount(subscription.prices, meter.meter_id, consumed - credited)
    const same =
      meter.consumed_units === consumed && meter.credited_units === credited && meter.amount === amount
    if (same) continue
    assign(meter, { consumed_units: consumed, credited_units: credited, amount })
    touch(world, meter)
    changed = true
  }
  return changed
}

/** New usage on a subscription is announced like any other change of it. */
export function billUsage(world: World, subscription: SubscriptionRow): void {
  touch(world, subscription)
  emit(world, 'subscription.updated', toSubscription(subscription, world.db))
  stateChanged(world, subscription.customer_id)
}

function usageAmount(prices: readonly Price[], meterId: string, overage: number): number {
  return meteredPrices(prices)
    .filter((price) => price.meter_id === meterId)
    .reduce((sum, price) => sum + meteredAmount(overage, price.unit_amount, price.cap_amount), 0)
}

function newMeter(world: World, meterId: string): SubscriptionMeterRow {
  const created_at = timestamp(world)
  return {
    created_at,
    modified_at: null,
    id: newId(),
    consumed_units: 0,
    credited_units: 0,
    amount: 0,
    meter_id: meterId,
  }
}

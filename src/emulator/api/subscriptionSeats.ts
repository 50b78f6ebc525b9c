import type { models } from '@polar-sh/sdk/2026-10'
import { seatPriceIn } from '../billing/amounts.js'
import { assertPayable, changePlan } from '../billing/planChange.js'
import { assignedSeats } from '../billing/seatScope.js'
import { required } from '../core/database.js'
import { ApiError } from '../core/errors.js'
import type { SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { assertChangeable, assertNoReset } from './subscriptionRules.js'

interface SeatsUpdate {
  seats: number
  proration_behavior?: models.SubscriptionProrationBehavior | null | undefined
}

/** Another number of seats. The same number changes nothing and is not announced. */
export function updateSeats(world: World, row: SubscriptionRow, update: SeatsUpdate): void {
  const { seats } = update
  const behavior = update.proration_behavior ?? 'prorate'
  assertNoReset(behavior)
  assertChangeable(row)
  assertPossible(world, row, seats)
  if (seats === row.seats) return
  const plan = { product: required(world.db.products, row.product_id), seats }
  assertPayable(world, row, plan, behavior)
  recordSystemEvent(world, required(world.db.customers, row.customer_id), 'subscription.seats_updated', {
    subscription_id: row.id,
    old_seats: row.seats ?? 1,
    new_seats: seats,
    proration_behavior: behavior,
  })
  changePlan(world, row, plan, behavior)
}

function assertPossible({ db }: World, row: SubscriptionRow, seats: number): void {
  const refuse = (name: string, detail: string) => new ApiError(400, name, detail)
  const tiers = seatPriceIn(row.prices)?.seat_tiers
  if (tiers === undefined)
    throw refuse('NotASeatBasedSubscription', 'This subscription does not support seat-based pricing.')
  const { minimum_seats: minimum, maximum_seats: maximum } = tiers
  if (seats < minimum) throw refuse('BelowMinimumSeats', `Minimum ${minimum} seats required.`)
  if (maximum !== null && seats > maximum)
    throw refuse('AboveMaximumSeats', `Maximum ${maximum} seats allowed.`)
  const assigned = assignedSeats(db, { subscription_id: row.id, order_id: null }).length
  if (seats >= assigned) return
  const detail = `Cannot decrease seats to ${seats}. Currently ${assigned} seats are assigned. Revoke seats first.`
  throw refuse('SeatsAlreadyAssigned', detail)
}

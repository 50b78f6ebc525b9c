import { required } from '../core/database.js'
import { ApiError } from '../core/errors.js'
import type { SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { seatPriceIn, totalAmount } from './amounts.js'
import { type Behavior, planUpdate } from './planChange.js'
import { assertPayable, seatProration, settleNow } from './proration.js'
import { assignedSeats } from './seatScope.js'
import { announceSubscription } from './subscriptionEvents.js'

/** Changes how many seats are paid for. Their present number only drops a plan for another one. */
export function changeSeats(world: World, row: SubscriptionRow, seats: number, behavior: Behavior): void {
  assertSeatCount(world, row, seats)
  if (seats === row.seats) {
    dropPlannedSeats(row)
    return
  }
  const entries = seatProration(world, row, seats)
  if (behavior === 'invoice') assertPayable(world, row, entries)
  recordChange(world, row, seats, behavior)
  if (behavior === 'next_period') {
    planUpdate(world, row, { seats })
    return
  }
  dropPlannedSeats(row)
  applySeats(row, seats)
  row.entries.push(...entries)
  if (behavior === 'invoice') settleNow(world, row)
  else announceSubscription(world, row, 'updated')
}

export function applySeats(row: SubscriptionRow, seats: number): void {
  row.seats = seats
  row.amount = totalAmount(row.prices, { seats, customAmount: null })
}

function recordChange(world: World, row: SubscriptionRow, seats: number, behavior: Behavior): void {
  recordSystemEvent(world, required(world.db.customers, row.customer_id), 'subscription.seats_updated', {
    subscription_id: row.id,
    old_seats: row.seats ?? 1,
    new_seats: seats,
    proration_behavior: behavior,
  })
}

function assertSeatCount({ db }: World, row: SubscriptionRow, seats: number): void {
  const price = seatPriceIn(row.prices)
  if (price === undefined) {
    const message = 'This subscription does not support seat-based pricing.'
    throw new ApiError(400, 'NotASeatBasedSubscription', message)
  }
  const { minimum_seats: minimum, maximum_seats: maximum } = price.seat_tiers
  if (seats < minimum) throw new ApiError(400, 'BelowMinimumSeats', `Minimum ${minimum} seats required.`)
  if (seats > (maximum ?? Infinity)) {
    throw new ApiError(400, 'AboveMaximumSeats', `Maximum ${maximum} seats allowed.`)
  }
  const assigned = assignedSeats(db, { subscription_id: row.id, order_id: null }).length
  if (seats < assigned) {
    const message = `Cannot decrease seats to ${seats}. Currently ${assigned} seats are assigned. Revoke seats first.`
    throw new ApiError(400, 'SeatsAlreadyAssigned', message)
  }
}

/** A planned change of the product stays. */
function dropPlannedSeats(row: SubscriptionRow): void {
  const planned = row.pending_update
  if (planned !== null) row.pending_update = planned.product_id === null ? null : { ...planned, seats: null }
}

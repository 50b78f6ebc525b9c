import { ApiError } from '../core/errors.js'
import type { SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { isSeatPrice, totalAmount } from './amounts.js'
import { type Behavior, planUpdate } from './planChange.js'
import { assertPayable, seatProration, settleNow } from './proration.js'
import { announceSubscription } from './subscriptionEvents.js'

/** Changes how many seats are paid for. Their present number only drops a plan for another one. */
export function changeSeats(world: World, row: SubscriptionRow, seats: number, behavior: Behavior): void {
  assertSeatCount(row, seats)
  if (seats === row.seats) {
    dropPlannedSeats(row)
    return
  }
  if (behavior === 'next_period') {
    planUpdate(world, row, { seats })
    return
  }
  const entries = seatProration(world, row, seats)
  if (behavior === 'invoice') assertPayable(world, row, entries)
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

function assertSeatCount(row: SubscriptionRow, seats: number): void {
  const price = row.prices.find(isSeatPrice)
  if (price === undefined) {
    const message = 'This subscription does not support seat-based pricing.'
    throw new ApiError(400, 'NotASeatBasedSubscription', message)
  }
  const { minimum_seats: minimum, maximum_seats: maximum } = price.seat_tiers
  if (seats < minimum) throw new ApiError(400, 'BelowMinimumSeats', `Minimum ${minimum} seats required.`)
  if (seats > (maximum ?? Infinity)) {
    throw new ApiError(400, 'AboveMaximumSeats', `Maximum ${maximum} seats allowed.`)
  }
}

/** A planned change of the product stays. */
function dropPlannedSeats(row: SubscriptionRow): void {
  const planned = row.pending_update
  if (planned !== null) row.pending_update = planned.product_id === null ? null : { ...planned, seats: null }
}

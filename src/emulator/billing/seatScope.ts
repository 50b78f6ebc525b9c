import type { Database } from '../core/database.js'
import type { SeatRow } from '../core/rows.js'

/** What seats and grants hang on: a subscription, or the order of a product that was bought once. */
export interface SeatScope {
  subscription_id: string | null
  order_id: string | null
}

/** All seats there have ever been, also revoked ones. */
export function seatsOf(db: Database, scope: SeatScope): SeatRow[] {
  return Array.from(db.seats.values()).filter(
    (seat) => seat.subscription_id === scope.subscription_id && seat.order_id === scope.order_id,
  )
}

/** Seats that somebody has, or is invited to. */
export function assignedSeats(db: Database, scope: SeatScope): SeatRow[] {
  return seatsOf(db, scope).filter(({ status }) => status !== 'revoked')
}

/** The members who have claimed a seat. */
export function holdersOf(db: Database, scope: SeatScope): string[] {
  return seatsOf(db, scope).flatMap(({ status, member_id: memberId }) =>
    status === 'claimed' && memberId !== null ? [memberId] : [],
  )
}

import { MAX_SEATS, type Seats } from '../../contract/seats.js'
import type { CompleteSubscription } from '../../contract/subscription.js'

/** How many seats there may be. */
export interface SeatRange {
  min: number
  max: number
  /** The least is as many as are in use, more than the price asks for. */
  isInUse: boolean
}

export function seatRange(
  { currency, product }: CompleteSubscription,
  { total, available }: Seats,
): SeatRange {
  const price = product?.prices.find((one) => one.type === 'seat' && one.currency === currency)
  const least = Math.max(1, price?.minimumSeats ?? 1)
  const used = total - available
  return { min: Math.max(least, used), max: MAX_SEATS, isInUse: used > least }
}

/** What was typed; `null` if it is no number of seats that there may be. */
export function readSeats(typed: string, { min, max }: SeatRange): number | null {
  const count = typed.trim() === '' ? NaN : Number(typed)
  return Number.isInteger(count) && count >= min && count <= max ? count : null
}

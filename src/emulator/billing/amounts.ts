import type { models } from '@polar-sh/sdk/2026-10'
import type { Price, SubscriptionRow } from '../core/rows.js'

interface Choice {
  seats: number | null
  /** What the customer pays for a pay-what-you-want price. */
  customAmount: number | null
}

/** What a price costs for a whole period, without usage. */
export function staticAmount(price: Price, { seats, customAmount }: Choice): number {
  switch (price.amount_type) {
    case 'fixed':
      return price.price_amount
    case 'custom':
      return customAmount ?? price.preset_amount ?? price.minimum_amount
    case 'seat_based':
      return seatAmount(price, seats ?? price.seat_tiers.minimum_seats)
    case 'unit_based':
    case 'metered_unit':
    case 'metered_tiers':
      return 0
  }
}

export function totalAmount(prices: readonly Price[], choice: Choice): number {
  return prices.reduce((sum, price) => sum + staticAmount(price, choice), 0)
}

export function isStatic(price: Price): boolean {
  return price.amount_type === 'fixed' || price.amount_type === 'custom' || price.amount_type === 'seat_based'
}

/** What a subscription costs by one of its prices: the amount agreed at checkout for pay-what-you-want. */
export function recurringAmount(subscription: SubscriptionRow, price: Price): number {
  const others = subscription.prices
    .filter((other) => other.amount_type !== 'custom')
    .reduce((sum, other) => sum + staticAmount(other, { seats: subscription.seats, customAmount: null }), 0)
  return staticAmount(price, { seats: subscription.seats, customAmount: subscription.amount - others })
}

export type SeatPrice = Extract<Price, { amount_type: 'seat_based' }>

/** The price of seats; a product has one at most. */
export function seatPriceIn(prices: readonly Price[]): SeatPrice | undefined {
  return prices.find((price) => price.amount_type === 'seat_based')
}

function seatAmount({ seat_tiers }: SeatPrice, seats: number): number {
  const { tiers, seat_tier_type } = seat_tiers
  return seat_tier_type === 'graduated' ? graduatedAmount(tiers, seats) : volumeAmount(tiers, seats)
}

/** All seats cost what the tier of their number says. */
function volumeAmount(tiers: readonly models.ProductPriceSeatTier[], seats: number): number {
  const tier = tiers.find(
    ({ min_seats, max_seats }) => seats >= min_seats && seats <= (max_seats ?? Infinity),
  )
  return seats * ((tier ?? tiers.at(-1))?.price_per_seat ?? 0)
}

/** Each tier is filled before the next one: as many seats as lie between its bounds. */
function graduatedAmount(tiers: readonly models.ProductPriceSeatTier[], seats: number): number {
  let left = seats
  let amount = 0
  for (const { min_seats, max_seats, price_per_seat } of tiers) {
    const inTier = Math.min(left, (max_seats ?? Infinity) - min_seats + 1)
    amount += inTier * price_per_seat
    left -= inTier
  }
  return amount
}

import type { Price, SubscriptionRow } from '../core/rows.js'

type SeatPrice = Extract<Price, { amount_type: 'seat_based' }>

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

export function isSeatPrice(price: Price): price is SeatPrice {
  return price.amount_type === 'seat_based'
}

/** What a subscription costs by one of its prices: the amount agreed at checkout for pay-what-you-want. */
export function recurringAmount(subscription: SubscriptionRow, price: Price): number {
  const others = subscription.prices
    .filter((other) => other.amount_type !== 'custom')
    .reduce((sum, other) => sum + staticAmount(other, { seats: subscription.seats, customAmount: null }), 0)
  return staticAmount(price, { seats: subscription.seats, customAmount: subscription.amount - others })
}

/** Volume pricing: all seats cost what the tier of their number says. */
function seatAmount(price: SeatPrice, seats: number): number {
  const tier = price.seat_tiers.tiers.find(
    ({ min_seats, max_seats }) =>
      seats >= min_seats && (max_seats === null || max_seats === undefined || seats <= max_seats),
  )
  return seats * ((tier ?? price.seat_tiers.tiers.at(-1))?.price_per_seat ?? 0)
}

import type { CompleteSubscription } from '../../contract/subscription.js'

/** Whether a subscription costs what the prices of its product say. A discount makes it another amount, and so does a price in steps. */
export function isListPrice({ amount, currency, seats, product }: CompleteSubscription): boolean {
  const prices = product?.prices.filter((price) => price.currency === currency && price.type !== 'metered')
  const total = prices?.reduce(
    (sum, price) => sum + (price.type === 'seat' ? multiply(price.unitAmount, seats) : (price.amount ?? NaN)),
    0,
  )
  return total !== undefined && total === amount
}

function multiply(unitAmount: string | null | undefined, seats: number | null): number {
  return Number(unitAmount ?? NaN) * (seats ?? NaN)
}

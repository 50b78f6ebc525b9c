import { required } from '../core/database.js'
import { invalid } from '../core/errors.js'
import type { CheckoutRow, Price, ProductRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { seatPriceIn } from './amounts.js'
import { pricesIn } from './proration.js'

/** What a merchant or a buyer chooses; what is left out stays. */
export interface Wanted {
  product_id?: string | null | undefined
  currency?: string | null | undefined
  seats?: number | null | undefined
  amount?: number | null | undefined
}

type Offer = Pick<CheckoutRow, 'productIds' | 'min_seats' | 'max_seats'>
type Choice = Pick<CheckoutRow, 'productId' | 'currency' | 'seats' | 'customAmount'>

/**
 * Checks a choice as a whole. With another product seats and amount start anew, and the currency follows if it
 * must.
 */
export function choose(world: World, row: Offer & Choice, wanted: Wanted): Choice {
  const productId = wanted.product_id?.toLowerCase() ?? row.productId
  if (!row.productIds.includes(productId)) {
    throw invalid('product_id', 'Product is not available in this checkout.', productId)
  }
  const product = required(world.db.products, productId)
  const currency = wanted.currency ?? currencyOf(product, row.currency)
  const prices = pricesIn(product, currency)
  if (prices.length === 0) {
    throw invalid('currency', 'Product is not available in the specified currency.', currency)
  }
  const kept = productId === row.productId ? row : { seats: null, customAmount: null }
  return {
    productId,
    currency,
    seats: seatsOf(prices, row, wanted.seats ?? null, kept.seats),
    customAmount: amountOf(prices, wanted.amount ?? kept.customAmount),
  }
}

/** The currency in which a product is sold: the preferred one if it has prices in it. */
export function currencyOf(product: ProductRow, preferred: string): string {
  if (pricesIn(product, preferred).length > 0) return preferred
  return product.prices[0]?.price_currency ?? preferred
}

function seatsOf(
  prices: readonly Price[],
  offer: Offer,
  wanted: number | null,
  kept: number | null,
): number | null {
  const price = seatPriceIn(prices)
  if (price === undefined) {
    if (wanted === null) return null
    throw invalid('seats', 'Seats can only be set for seat-based pricing.', wanted)
  }
  const { minimum_seats, maximum_seats } = price.seat_tiers
  const minimum = Math.max(minimum_seats, offer.min_seats ?? 0)
  const maximum = Math.min(maximum_seats ?? Infinity, offer.max_seats ?? Infinity)
  const seats = wanted ?? kept ?? minimum
  if (seats >= minimum && seats <= maximum) return seats
  throw invalid('seats', `There must be at least ${minimum} and at most ${maximum} seats.`, seats)
}

function amountOf(prices: readonly Price[], amount: number | null): number | null {
  const price = prices.find((candidate) => candidate.amount_type === 'custom')
  if (price === undefined || amount === null) return null
  const { minimum_amount, maximum_amount } = price
  if (amount < minimum_amount) throw invalid('amount', `Amount must be at least ${minimum_amount}.`, amount)
  if (amount <= (maximum_amount ?? Infinity)) return amount
  throw invalid('amount', `Amount must be at most ${maximum_amount}.`, amount)
}

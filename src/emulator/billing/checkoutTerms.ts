import type { models } from '@polar-sh/sdk/2026-10'
import { required } from '../core/database.js'
import type { CheckoutRow, Price, ProductRow } from '../core/rows.js'
import { addInterval } from '../core/time.js'
import type { World } from '../core/world.js'
import { totalAmount } from './amounts.js'
import { pricesIn } from './planChange.js'

/** What a checkout sells right now. */
export interface CheckoutTerms {
  product: ProductRow
  prices: Price[]
  amount: number
  trial: { interval: models.TrialInterval; count: number } | null
  /** Something is charged when the customer pays. */
  isPaid: boolean
  /** A card is asked for, now or for later charges. */
  needsCard: boolean
}

export function checkoutTerms(world: World, row: CheckoutRow): CheckoutTerms {
  const product = required(world.db.products, row.productId)
  const prices = pricesOf(row, product)
  const amount = totalAmount(prices, { seats: row.seats, customAmount: row.customAmount })
  const trial = trialOf(row, product)
  const isMetered = prices.some((price) => price.amount_type === 'metered_unit')
  return {
    product,
    prices,
    amount,
    trial,
    isPaid: amount > 0 && trial === null,
    needsCard: amount > 0 || isMetered,
  }
}

export function pricesOf(row: CheckoutRow, product: ProductRow): Price[] {
  return row.prices[product.id] ?? pricesIn(product, row.currency)
}

/** End of the trial if it starts now. */
export function trialEnd(world: World, terms: CheckoutTerms): number | null {
  return terms.trial === null ? null : addInterval(world.clock.now(), terms.trial.interval, terms.trial.count)
}

/** The checkout's own trial wins over the product's; `allow_trial: false` disables both. */
function trialOf(row: CheckoutRow, product: ProductRow): CheckoutTerms['trial'] {
  if (!row.allowTrial || !product.is_recurring) return null
  const interval = row.trial_interval ?? product.trial_interval
  const count = row.trial_interval_count ?? product.trial_interval_count
  return interval === null || count === null ? null : { interval, count }
}

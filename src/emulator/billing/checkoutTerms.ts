import type { models } from '@polar-sh/sdk/2026-10'
import { required } from '../core/database.js'
import type { CheckoutRow, Price, ProductRow } from '../core/rows.js'
import { addInterval, iso } from '../core/time.js'
import type { World } from '../core/world.js'
import { totalAmount } from './amounts.js'
import { currencyOf } from './checkoutChoice.js'
import { pricesIn } from './proration.js'

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

/** Every product in the currency of the checkout, or in its own. */
export function pricesOf(row: CheckoutRow, product: ProductRow): Price[] {
  return pricesIn(product, currencyOf(product, row.currency))
}

/** End of the trial: as it was bought, or if it starts now. */
export function trialEnd(world: World, row: CheckoutRow, { trial }: CheckoutTerms): string | null {
  if (row.trialEnd !== null || trial === null) return row.trialEnd
  return iso(addInterval(world.clock.now(), trial.interval, trial.count))
}

/** The checkout's own trial wins over the product's; `allow_trial: false` disables both. */
function trialOf(row: CheckoutRow, product: ProductRow): CheckoutTerms['trial'] {
  if (!row.allowTrial || !product.is_recurring) return null
  const interval = row.trial_interval ?? product.trial_interval
  const count = row.trial_interval_count ?? product.trial_interval_count
  return interval === null || count === null ? null : { interval, count }
}

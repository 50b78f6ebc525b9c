import { formatMoney } from '../../format/money.js'
import { formatUnitPrice } from '../../format/unitPrice.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { Interval, PlanCost } from './planCost.js'
import { priceMessages } from './priceMessages.js'

export interface PriceText {
  /** "$29.00 per month". */
  sentence: string
  /** What of it is the amount, to be set large: "$29.00"; the whole sentence where there is none. */
  amount: string
}

/** A price in words: "$12.00 per seat and month". How many seats at least: `fullPriceText`. */
export function priceText(
  cost: PlanCost,
  interval: Interval,
  { locale, messages }: LocalizedProps<typeof priceMessages>,
): PriceText {
  const text = translator(priceMessages, messages, locale)
  const isYear = interval === 'year'
  const plain = (sentence: string): PriceText => ({ sentence, amount: sentence })
  switch (cost.kind) {
    case 'fixed': {
      const price = formatMoney(cost.amount, cost.currency, locale)
      return { sentence: text(isYear ? 'priceYear' : 'priceMonth', { price }), amount: price }
    }
    case 'seat': {
      const price =
        cost.unitAmount === null ? null : formatUnitPrice(cost.unitAmount, cost.currency, locale, 1)
      if (price === null) return plain(text('unknownPrice'))
      return { sentence: text(isYear ? 'seatYear' : 'seatMonth', price), amount: price.price }
    }
    case 'contact':
      return plain(text('contactPrice'))
    case 'unknown':
      return plain(text('unknownPrice'))
    case 'free':
    case 'custom':
    case 'metered':
      return plain(text(cost.kind))
  }
}

/** The price, and how many seats have to be bought at least: "$12.00 per seat and month, at least 2 seats". */
export function fullPriceText(
  cost: PlanCost,
  interval: Interval,
  words: LocalizedProps<typeof priceMessages>,
): string {
  const { sentence } = priceText(cost, interval, words)
  if (cost.kind !== 'seat' || !(cost.minimumSeats > 1)) return sentence
  const text = translator(priceMessages, words.messages, words.locale)
  return text('minimumSeats', { price: sentence, count: cost.minimumSeats })
}

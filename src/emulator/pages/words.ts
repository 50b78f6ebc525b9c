import { seatPriceIn, staticAmount } from '../billing/amounts.js'
import { formatMoney, formatUnitAmount } from '../core/money.js'
import { required } from '../core/database.js'
import type { Price, ProductRow } from '../core/rows.js'
import type { World } from '../core/world.js'

interface Recurring {
  recurring_interval: string | null
  recurring_interval_count: number | null
}

/** e.g. `per month`, `every 3 months`; nothing for a product that is bought once. */
export function intervalWords({ recurring_interval, recurring_interval_count }: Recurring): string {
  if (recurring_interval === null) return ''
  const count = recurring_interval_count ?? 1
  return count === 1 ? `per ${recurring_interval}` : `every ${count} ${recurring_interval}s`
}

/** e.g. `14 days free` */
export function trialWords({ interval, count }: { interval: string; count: number }): string {
  return `${count} ${interval}${count === 1 ? '' : 's'} free`
}

/**
 * What comes with a product: its benefits, and for each metered price what is included and what more costs.
 */
export function includedWords(world: World, product: ProductRow, prices: readonly Price[]): string[] {
  const benefits = product.benefitIds.map((id) => required(world.db.benefits, id))
  const metered = prices.flatMap((price) => (price.amount_type === 'metered_unit' ? [price] : []))
  const credited = (meterId: string) =>
    benefits.find((benefit) => benefit.type === 'meter_credit' && benefit.properties.meter_id === meterId)
  const usage = metered.map((price) => {
    const cost = formatUnitAmount(price.unit_amount, price.price_currency)
    const benefit = credited(price.meter_id)
    return benefit === undefined
      ? `${price.meter.name}: ${cost}`
      : `${benefit.description} included, then ${cost}`
  })
  const listed = benefits.filter(
    (benefit) =>
      benefit.type !== 'meter_credit' ||
      !metered.some((price) => price.meter_id === benefit.properties.meter_id),
  )
  return [...usage, ...listed.map((benefit) => benefit.description)]
}

/** The prices of seats, in words. */
export function seatWords(prices: readonly Price[], seats: number | null): string | null {
  const price = seatPriceIn(prices)
  if (price === undefined || seats === null) return null
  const each = staticAmount(price, { seats, customAmount: null }) / seats
  return `${seats} ${seats === 1 ? 'seat' : 'seats'} at ${formatMoney(each, price.price_currency)}`
}

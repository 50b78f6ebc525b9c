import type { CompleteSubscription, Price } from '../../contract/subscription.js'
import type { PlanCost } from '../PricingTable/planCost.js'
import { seatsAmount } from './seatsAmount.js'

/** What a new plan costs, with as many seats as it begins with: those that there are, or the fewest that it is sold with. */
export function newTerms(
  { seats }: CompleteSubscription,
  prices: readonly Price[],
  cost: PlanCost,
): { seats: number | null; cost: PlanCost } {
  if (cost.kind !== 'seat') return { seats: null, cost }
  const { minimumSeats = null } = prices.find(({ type }) => type === 'seat') ?? {}
  const count = seats ?? minimumSeats
  const amount = count === null ? null : seatsAmount(prices, count)
  return { seats: count, cost: amount === null ? cost : { kind: 'fixed', amount, currency: cost.currency } }
}

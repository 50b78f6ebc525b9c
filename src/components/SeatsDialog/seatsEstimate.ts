import { partLeft } from '../../contract/estimateProration.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { type ChangeEstimate, isOver } from '../PlanChangeDialog/changeEstimate.js'
import { isListPrice } from '../PlanChangeDialog/isListPrice.js'
import { seatsAmount } from '../PlanChangeDialog/seatsAmount.js'

/** What so many seats cost for a period; `null` where that is not certain: with a discount, or where more of them may cost less. */
export function amountFor(subscription: CompleteSubscription, count: number): number | null {
  if (subscription.product === null || !isListPrice(subscription)) return null
  const { currency, product } = subscription
  return seatsAmount(
    product.prices.filter((price) => price.currency === currency),
    count,
  )
}

/** What another number of seats costs if it is changed now: the difference, for the rest of the period. */
export function seatsEstimate(subscription: CompleteSubscription, count: number, now: Date): ChangeEstimate {
  const { amount, currency, status } = subscription
  const { currentPeriodStart: periodStart, currentPeriodEnd: periodEnd } = subscription
  if (isOver(subscription, now)) return { kind: 'unknown' }
  if (status === 'trialing') return { kind: 'trial' }
  const to = amountFor(subscription, count)
  if (amount === null || to === null || currency === null) return { kind: 'unknown' }
  if (periodStart === null || periodEnd === null) return { kind: 'unknown' }
  // The provider cuts it off. Not -0, which would be written with its sign.
  const due = Math.trunc((to - amount) * partLeft({ periodStart, periodEnd, now })) + 0
  return {
    kind: 'amounts',
    currency,
    restarts: false,
    credit: Math.max(0, -due),
    charge: Math.max(0, due),
    due,
  }
}

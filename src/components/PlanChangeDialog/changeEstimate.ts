import { estimateProration, type Proration } from '../../contract/estimateProration.js'
import type { Trial } from '../../contract/plans.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import type { Interval, PlanCost } from '../PricingTable/planCost.js'
import { isListPrice } from './isListPrice.js'

/** `trial`: nothing before it ends. `unknown`: something of it depends on use, seats, a discount, or what nobody said. */
export type ChangeEstimate =
  | { kind: 'trial' | 'unknown' }
  /** `restarts`: another interval, which starts a period of its own. */
  | ({ kind: 'amounts'; currency: string; restarts: boolean } & Proration)

interface Target {
  cost: PlanCost
  interval: Interval
  /** Of the new plan, by that interval; absent where nobody said. */
  trial?: Trial | null | undefined
}

/** What a change to another plan costs if it is made now. */
export function changeEstimate(
  subscription: CompleteSubscription,
  { cost, interval, trial }: Target,
  now: Date,
): ChangeEstimate {
  const { amount, currency, product, status, trialStart } = subscription
  const { currentPeriodStart: periodStart, currentPeriodEnd: periodEnd } = subscription
  if (isOver(subscription, now)) return { kind: 'unknown' }
  const isTrial = status === 'trialing'
  const end = isTrial ? trialEnd(trialStart, trial) : null
  if (end !== null && end > now) return { kind: 'trial' }
  const isUnknownTrial = isTrial && (trial === undefined || (trial !== null && end === null))
  const to = amountOf(cost, currency)
  const from = product?.recurringInterval ?? null
  if (amount === null || to === null || currency === null || from === null) return { kind: 'unknown' }
  // Nobody says whether a discount is for the new plan, too.
  if (!isListPrice(subscription)) return { kind: 'unknown' }
  if (isUnknownTrial || periodStart === null || periodEnd === null) return { kind: 'unknown' }
  const proration = estimateProration({
    from: { amount, interval: from },
    to: { amount: to, interval },
    periodStart,
    periodEnd,
    now,
    isTrial,
    endsTrial: true,
  })
  return { kind: 'amounts', currency, restarts: isTrial || from !== interval, ...proration }
}

/** Whether the period has ended by now: it is an old reading, and the present period is not known. */
export function isOver({ currentPeriodEnd }: CompleteSubscription, now: Date): boolean {
  return currentPeriodEnd !== null && new Date(currentPeriodEnd) <= now
}

function amountOf(cost: PlanCost, currency: string | null): number | null {
  if (cost.kind === 'free') return 0
  return cost.kind === 'fixed' && cost.currency === currency ? cost.amount : null
}

/** Another plan's trial counts from the start of the one that runs. */
function trialEnd(start: string | null, trial: Trial | null | undefined): Date | null {
  if (start === null || !trial) return null
  const end = new Date(start)
  const day = end.getUTCDate()
  const { interval, count } = trial
  if (interval === 'day' || interval === 'week') {
    end.setUTCDate(day + count * (interval === 'week' ? 7 : 1))
    return end
  }
  end.setUTCMonth(end.getUTCMonth() + count * (interval === 'year' ? 12 : 1))
  // A month that lacks the day ends with its last one.
  if (end.getUTCDate() !== day) end.setUTCDate(0)
  return end
}

import type { Allowances, Plan, PlanPrice, Trial } from '../../contract/plans.js'

export type Interval = PlanPrice['interval']

/** What a plan costs for an interval, before metered charges. Amounts are minor units. */
export type PlanCost =
  | { kind: 'fixed'; amount: number; currency: string }
  /** `unitAmount`: for one seat, a decimal string; `null` where it depends on how many. */
  | { kind: 'seat'; unitAmount: string | null; currency: string; minimumSeats: number }
  | { kind: 'free' | 'custom' | 'metered' | 'contact' | 'unknown' }

/** The interval, or the only one that the plan has. */
export function offeredInterval({ prices }: Plan, wanted: Interval): Interval {
  const offered = new Set(prices?.map(({ interval }) => interval))
  const [only] = offered
  return only !== undefined && offered.size === 1 ? only : wanted
}

/** The plan's prices for an interval, in one currency: the given one, where the plan has it. */
export function pricesFor({ prices }: Plan, interval: Interval, currency: string | undefined): PlanPrice[] {
  const offered = prices?.filter((price) => price.interval === interval) ?? []
  const preferred = offered.filter((price) => price.currency === currency)
  return preferred.length > 0 ? preferred : offered.filter((price) => price.currency === offered[0]?.currency)
}

/** Whether the plan is sold by seats. */
export function hasSeats({ prices }: Plan, wanted: Interval): boolean {
  return prices?.some(({ type, interval }) => type === 'seat' && interval === wanted) ?? false
}

/** What the plan allows in a period of that length. */
export function allowancesFor(plan: Plan, interval: Interval): Allowances {
  return (interval === 'year' ? plan.yearly : undefined) ?? plan
}

/** The free time that the interval begins with; `undefined`: nobody said. */
export function trialFor({ prices, trial, yearly }: Plan, interval: Interval): Trial | null | undefined {
  // A month's trial says nothing of a year's: another product stands behind it.
  const isOnly = interval === 'month' || prices?.every((price) => price.interval === 'year')
  return isOnly ? trial : yearly?.trial
}

/** @param isDefault whether the plan applies without a subscription: only then no price means that it is free */
export function planCost(plan: Plan, prices: readonly PlanPrice[], isDefault: boolean): PlanCost {
  if (plan.contact !== null) return { kind: 'contact' }
  if (isDefault) return { kind: 'free' }
  if (plan.prices === null || !plan.forSale) return { kind: 'unknown' }
  const seat = prices.find(({ type }) => type === 'seat')
  if (seat) {
    const { unitAmount = null, currency, minimumSeats = 1 } = seat
    // Nobody buys fewer than one.
    return { kind: 'seat', unitAmount, currency, minimumSeats: minimumSeats > 1 ? minimumSeats : 1 }
  }
  if (prices.some(({ type }) => type === 'custom')) return { kind: 'custom' }
  const fixed = prices.find(({ type }) => type === 'recurring')
  if (fixed) return fixedCost(fixed)
  if (prices.length > 0) return { kind: 'metered' }
  // Sold by the other interval alone.
  return { kind: plan.prices.length > 0 ? 'unknown' : 'free' }
}

function fixedCost({ amount, currency }: PlanPrice): PlanCost {
  if (amount === null || !Number.isFinite(amount) || amount < 0) return { kind: 'unknown' }
  return amount === 0 ? { kind: 'free' } : { kind: 'fixed', amount, currency }
}

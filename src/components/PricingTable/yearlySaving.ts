import type { Plan } from '../../contract/plans.js'
import { type Interval, planCost, pricesFor } from './planCost.js'

/** What a year costs less than twelve months, as a share: 0.17; the most and the least over the plans that have both. */
export interface YearlySaving {
  most: number
  least: number
}

/** `null`: no plan has a price for both. `currency` is the one to prefer. */
export function yearlySaving(plans: readonly Plan[], currency: string | undefined): YearlySaving | null {
  const savings = plans.flatMap((plan) => {
    const [month, year] = (['month', 'year'] as const).map((interval) => amountOf(plan, interval, currency))
    return month && year && month.currency === year.currency ? [1 - year.amount / (12 * month.amount)] : []
  })
  return savings.length > 0 ? { most: Math.max(...savings), least: Math.min(...savings) } : null
}

function amountOf(
  plan: Plan,
  interval: Interval,
  currency: string | undefined,
): { amount: number; currency: string } | null {
  const cost = planCost(plan, pricesFor(plan, interval, currency), false)
  if (cost.kind === 'fixed') return cost
  const amount = cost.kind === 'seat' ? Number(cost.unitAmount) : 0
  return cost.kind === 'seat' && amount > 0 ? { amount, currency: cost.currency } : null
}

/** Whether there is anything to switch: a plan that is sold by the month and by the year. */
export function hasBothIntervals(plans: readonly Plan[]): boolean {
  return plans.some(({ prices }) => new Set(prices?.map(({ interval }) => interval)).size === 2)
}

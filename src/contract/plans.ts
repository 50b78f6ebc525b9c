import type { FeatureId, MeterId, PlanId } from './register.js'
import type { Price } from './subscription.js'

export interface PlanPrice extends Price {
  /** How often the plan with this price renews. */
  interval: 'month' | 'year'
  /** What a metered price counts; `null` for a meter that the catalog does not name. Absent for other prices. */
  meter?: MeterId | null
}

/** Free time before the first payment: `{ interval: 'day', count: 14 }`. */
export interface Trial {
  interval: 'day' | 'week' | 'month' | 'year'
  count: number
}

/** What a plan allows in a period of its own. */
export interface Allowances {
  /** The most that may be used; `null` = unlimited. */
  limits: { [M in MeterId]?: number | null }
  /** What the price covers. */
  included: { [M in MeterId]?: number }
}

/** One plan of the price list. What it allows is for a month, or for a year where it is sold by the year alone. */
export interface Plan extends Allowances {
  planType: PlanId
  name: string
  description: string | null
  features: FeatureId[]
  /** What a year allows of a plan that is sold by the month, too. Absent: the same as a month. */
  yearly?: Allowances
  recommended: boolean
  /** Where to ask instead of buying. */
  contact: string | null
  /** Whether a checkout can sell it here. */
  forSale: boolean
  /** `null` = none; absent = nobody said. */
  trial?: Trial | null
  /** `null` = not known right now; empty = nothing to pay. */
  prices: PlanPrice[] | null
}

/** The public price list, smallest plan first. */
export interface Plans {
  plans: Plan[]
}

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

/** What is said of an interval that a plan is sold by. */
export interface PlanTerms extends Allowances {
  /** `null` = none; absent = nobody said. */
  trial?: Trial | null
}

/** One plan of the price list. Its terms are those of a month, or of a year where it is sold by the year alone. */
export interface Plan extends PlanTerms {
  planType: PlanId
  name: string
  description: string | null
  features: FeatureId[]
  /** The terms of a year of a plan that is sold by the month, too. Absent: it allows the same as a month, and nobody said its trial. */
  yearly?: PlanTerms
  recommended: boolean
  /** Where to ask instead of buying. */
  contact: string | null
  /** Whether a checkout can sell it here. */
  forSale: boolean
  /** `null` = not known right now; empty = nothing to pay. */
  prices: PlanPrice[] | null
}

/** The public price list, smallest plan first. */
export interface Plans {
  plans: Plan[]
}

import type { FeatureId, MeterId, PlanId } from './register.js'
import type { Price } from './subscription.js'

export interface PlanPrice extends Price {
  /** How often the plan with this price renews. */
  interval: 'month' | 'year'
  /** What a metered price counts; `null` for a meter that the catalog does not name. Absent for other prices. */
  meter?: MeterId | null
  /** How many seats have to be bought at least. Absent for other prices. */
  minimumSeats?: number
}

/** Free time before the first payment: `{ interval: 'day', count: 14 }`. */
export interface Trial {
  interval: 'day' | 'week' | 'month' | 'year'
  count: number
}

/** One plan of the price list. */
export interface Plan {
  planType: PlanId
  name: string
  description: string | null
  features: FeatureId[]
  limits: { [M in MeterId]?: number | null }
  included: { [M in MeterId]?: number }
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

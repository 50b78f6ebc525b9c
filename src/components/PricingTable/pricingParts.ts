import type { Styling } from '../Root.js'

/** The parts of a price list. */
export type PricingSlot =
  | 'interval'
  | 'saving'
  | 'notice'
  | 'announcement'
  | 'loading'
  | 'plans'
  | 'plan'
  | 'head'
  | 'plan-name'
  | 'tag'
  | 'description'
  | 'cost'
  | 'price'
  | 'amount'
  | 'trial'
  | 'list'
  | 'note'
  | 'action'
  | 'error'

export type PricingClassNames = Styling<PricingSlot>['classNames']

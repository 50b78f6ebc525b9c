import type { ButtonSlot } from '../ActionButton/buttonPart.js'
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
  | ButtonSlot

export type PricingClassNames = Styling<PricingSlot>['classNames']

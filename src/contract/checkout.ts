import type { SellablePlanId } from './register.js'

export interface CheckoutInput {
  /** May be left out where one plan alone is for sale. */
  planType?: SellablePlanId | undefined
  /** How often it is paid. @default 'month' where the plan has it */
  interval?: 'month' | 'year' | undefined
  /** How many, where the plan is sold by seats: 10,000 at most. @default the plan's least */
  seats?: number | undefined
  /** It will be shown in a frame of the app's page. @default false */
  embed?: boolean | undefined
}

/** An opened checkout. The URL is a credential: go there, never store or log it. */
export interface Checkout {
  checkoutUrl: string
  checkoutId?: string
  productId?: string
  productName?: string
}

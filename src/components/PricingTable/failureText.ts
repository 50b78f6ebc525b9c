import type { BillingError } from '../../contract/errors.js'
import type { PlanId } from '../../contract/register.js'
import type { Translate } from '../translator.js'
import type { pricingTableMessages } from './pricingTableMessages.js'

/** What failed the last time, and on which plan. */
export interface PlanFailure {
  planType: PlanId
  action: 'checkout' | 'update'
  error: BillingError
}

export function failureText(
  { action, error }: PlanFailure,
  text: Translate<typeof pricingTableMessages>,
): string {
  // A conflict is about the customer's own subscription, and the server says what to do.
  if (error.code === 'CONFLICT') return error.message
  if (error.code === 'PAYMENT_REQUIRED') return text('declined')
  return text(action === 'checkout' ? 'checkoutFailed' : 'updateFailed')
}

import type { BillingError } from '../../contract/errors.js'
import type { PlanId } from '../../contract/register.js'
import { changeFailureText, failureText } from '../failureText.js'
import type { Translate } from '../translator.js'
import type { pricingTableMessages } from './pricingTableMessages.js'

/** What failed the last time, and on which plan. */
export interface PlanFailure {
  planType: PlanId
  action: 'checkout' | 'update'
  error: BillingError
}

/** Why it failed, for the plan's card. */
export function planFailureText(
  { action, error }: PlanFailure,
  text: Translate<typeof pricingTableMessages>,
): string {
  // A checkout that failed to open has changed nothing, whatever came of it.
  return action === 'checkout'
    ? failureText(error, text('checkoutFailed'))
    : changeFailureText(error, text, text('updateFailed'))
}

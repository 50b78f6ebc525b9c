import { BillingError, type Subscription, type SubscriptionUpdate } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

export async function updateSubscription(
  _context: BillingContext,
  _organizationId: string,
  _input: SubscriptionUpdate,
): Promise<Subscription> {
  throw new BillingError('NOT_IMPLEMENTED', 'updateSubscription')
}

import type { Seats } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { findSeatSubscription } from '../seatSubscription.js'

/** Always asked of the provider: whom a seat was given to is neither remembered nor guessed. */
export async function listSeats(context: BillingContext, organizationId: string): Promise<Seats> {
  const subscription = await findSeatSubscription(context, organizationId)
  if (subscription === undefined) return { seats: [], total: 0, available: 0 }
  await context.limits.assert('seats', organizationId)
  return context.provider.listSeats(subscription.id)
}

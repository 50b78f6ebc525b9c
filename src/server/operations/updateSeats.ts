import { BillingError, type Seats, type SeatsUpdate } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { findSeatSubscription } from '../seatSubscription.js'

export async function updateSeats(
  context: BillingContext,
  organizationId: string,
  update: SeatsUpdate,
): Promise<Seats> {
  await context.limits.assert('seatChange', organizationId)
  const subscription = await findSeatSubscription(context, organizationId)
  if (subscription === undefined) {
    throw update.action === 'assign'
      ? new BillingError('CONFLICT', 'The plan of this organization has no seats: buy some first.')
      : new BillingError('NOT_FOUND', 'There is no such seat: this organization has none.')
  }
  const { id: subscriptionId } = subscription
  const change = update.action === 'assign' ? { ...update, email: update.email.trim() } : update
  return context.provider.updateSeats({ subscriptionId, organizationId, now: context.now() }, change)
}

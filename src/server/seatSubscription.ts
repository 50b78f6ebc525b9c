import type { BillingContext } from './billingContext.js'
import { assertFresh } from './freshCache.js'
import type { ProviderSubscription } from './provider.js'
import { readStanding } from './standing.js'

/** The subscription whose seats an organization may give; `undefined`: for certain there is none. */
export async function findSeatSubscription(
  context: BillingContext,
  organizationId: string,
): Promise<ProviderSubscription | undefined> {
  const { subscription, reading } = await readStanding(context, organizationId)
  if (subscription !== undefined && subscription.seats !== null && subscription.status !== 'canceled')
    return subscription
  // What is only remembered does not show what was bought since.
  assertFresh(reading)
  return undefined
}

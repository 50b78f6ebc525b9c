import { BillingError } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import type { CustomerReading, ProviderCheckout } from '../provider.js'

/** The sessions of an organization that may still be paid or were paid lately, by id. */
export type EarlierCheckouts = ReadonlyMap<string, ProviderCheckout>

export async function readEarlierCheckouts(
  { checkouts, reader, now }: BillingContext,
  organizationId: string,
): Promise<EarlierCheckouts> {
  const entries = await checkouts.list(organizationId)
  const ids = entries.flatMap(({ checkoutId, expiresAt }) =>
    checkoutId !== null && expiresAt !== null && now() < expiresAt ? [checkoutId] : [],
  )
  const readings = await Promise.all(
    ids.map(async (id) => [id, await reader.checkout(id, 'checkout')] as const),
  )
  return new Map(readings.flatMap(([id, checkout]) => (checkout === null ? [] : [[id, checkout] as const])))
}

/**
 * A purchase that is known here before the subscription is: the buyer was faster than the provider.
 *
 * @throws BillingError `CONFLICT`: what is bought now would be paid a second time
 */
export function assertNoPurchaseUnderWay(
  earlier: EarlierCheckouts,
  { subscriptions }: CustomerReading,
): void {
  for (const [id, { state, subscriptionId }] of earlier) {
    if (state === 'confirmed') {
      throw new BillingError(
        'CONFLICT',
        'A payment of this organization is being processed: wait until it is through.',
      )
    }
    const hasCome = subscriptions.some(
      (subscription) => subscription.checkoutId === id || subscription.id === subscriptionId,
    )
    if (state === 'succeeded' && !hasCome) {
      throw new BillingError(
        'CONFLICT',
        'This organization has just paid: its plan is being set up. Wait a moment, then load the page again.',
      )
    }
  }
}

import { BillingError, type PortalSession } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { assertFresh } from '../freshCache.js'

/** Milliseconds: whoever bought a moment ago has a portal now. */
const MAX_AGE = 1_000

export async function createPortalSession(
  context: BillingContext,
  organizationId: string,
): Promise<PortalSession> {
  await context.limits.assert('attempt', organizationId)
  const reading = await context.reader.customer(organizationId, MAX_AGE, 'checkout')
  const { customerId } = reading.value
  // A first purchase may be newer than what is known.
  if (customerId === null) assertFresh(reading)
  else await context.limits.assert('portal', organizationId)
  const session =
    customerId === null
      ? null
      : await context.provider.createPortalSession(customerId, context.returnUrls.portal)
  if (session === null) {
    throw new BillingError(
      'NOT_FOUND',
      'There is nothing to manage: this organization has nothing bought yet.',
    )
  }
  await context.reader.watch(organizationId)
  return session
}

import { BillingError, type PortalSession } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'

/** Milliseconds: whoever bought a moment ago has a portal now. */
const MAX_AGE = 1_000

export async function createPortalSession(
  context: BillingContext,
  organizationId: string,
): Promise<PortalSession> {
  const { customerId } = (await context.reader.customer(organizationId, MAX_AGE)).value
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
  context.reader.watch(organizationId)
  return session
}

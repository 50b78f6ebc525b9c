import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { createCustomerSessions } from '@polar-sh/sdk/2026-10/services/customer_sessions'
import { listMembers } from '@polar-sh/sdk/2026-10/services/customers/members'
import { callPolar, rejectedFields } from './callPolar.js'
import { expectString } from './expect.js'
import { iso } from './mapping.js'

export function createPortalSession(
  core: PolarCore,
  customerId: string,
  returnUrl: string,
): Promise<{ portalUrl: string; expiresAt: string } | null> {
  return callPolar('Creating the portal session', async () => {
    try {
      const session = await createSession(core, { customer_id: customerId, return_url: returnUrl })
      return {
        portalUrl: expectString(session.customer_portal_url),
        expiresAt: iso(expectString(session.expires_at)),
      }
    } catch (error) {
      // An unknown customer is 422 here, not 404.
      if (rejectedFields(error).some(({ field }) => field === 'body.customer_id')) return null
      throw error
    }
  })
}

/** Who has bought seats is a team from then on, and a team has to say which of its members it is for: whoever pays. */
async function createSession(
  core: PolarCore,
  request: models.CustomerSessionCustomerIDCreate,
): Promise<models.CustomerSession> {
  try {
    return await createCustomerSessions(core)(request)
  } catch (error) {
    if (!rejectedFields(error).some(({ field }) => field === 'body.member_id')) throw error
    const { items } = await listMembers(core)(request.customer_id, { role: 'owner', limit: 1 })
    return createCustomerSessions(core)({ ...request, member_id: expectString(items[0]?.id) })
  }
}

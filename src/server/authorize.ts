import { BillingError, isBillingError, type Operation } from '../contract/index.js'
import type { Identity, MaybeIdentity } from './identity.js'

/** What somebody may be refused: everything but the price list, which is public. */
export type AuthorizedOperation = Exclude<Operation, 'listPlans'>

/** Says whether this member may do this for the organization. */
export type Authorize = (operation: AuthorizedOperation, identity: Identity) => boolean | Promise<boolean>

/** @throws BillingError `FORBIDDEN`, or the one that `authorize` throws; `INTERNAL_SERVER_ERROR` if it throws anything else */
export async function assertAuthorized(
  authorize: Authorize | undefined,
  operation: Operation,
  identity: MaybeIdentity,
): Promise<void> {
  if (authorize === undefined || operation === 'listPlans') return
  // Without types it may have answered anything, or forgotten to: only a clear yes opens.
  const allowed: unknown = identity && (await ask(authorize, operation, identity))
  if (allowed === true) return
  throw new BillingError(
    'FORBIDDEN',
    `You may not do this for your organization (${operation}): ask somebody there who manages its billing.`,
  )
}

async function ask(
  authorize: Authorize,
  operation: AuthorizedOperation,
  identity: Identity,
): Promise<boolean> {
  try {
    return await authorize(operation, identity)
  } catch (cause) {
    if (isBillingError(cause) && cause.status !== 0) throw cause
    throw new BillingError(
      'INTERNAL_SERVER_ERROR',
      'The billing server could not find out who may do this.',
      {
        cause,
      },
    )
  }
}

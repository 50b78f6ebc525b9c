import {
  BillingError,
  type BillingStatus,
  type CheckoutState,
  isBillingError,
  type StatusInput,
} from '../../contract/index.js'
import { estimatedCost } from '../charges.js'
import type { BillingContext } from '../billingContext.js'
import { isPaying } from '../pickSubscription.js'
import type { ProviderCheckout } from '../provider.js'
import type { Reader } from '../reader.js'
import { type Standing, readStanding } from '../standing.js'

/** Milliseconds: how often a waiting browser can make the server ask again. */
const FRESH_MAX_AGE = 1_000

/** Finished checkouts that have had their effect on what is known. */
const applied = new WeakSet<ProviderCheckout>()

export async function getStatus(
  context: BillingContext,
  organizationId: string,
  { checkoutId, fresh = false }: StatusInput,
): Promise<BillingStatus> {
  // Who asks too often gets what is known: a page in a loop must not use up what all organizations share.
  const mayAsk = (fresh || checkoutId) && (await context.limits.allows('freshRead', organizationId))
  const state = mayAsk && checkoutId && (await readCheckoutState(context, organizationId, checkoutId))
  const standing = await readStanding(context, organizationId, mayAsk && fresh ? FRESH_MAX_AGE : undefined)
  const status = toStatus(context, organizationId, standing)
  return checkoutId ? { ...status, checkout: state || stateFrom(standing, checkoutId) } : status
}

/** What the subscriptions tell of a checkout that cannot be read itself. */
function stateFrom({ reading }: Standing, checkoutId: string): CheckoutState {
  const isBought = reading.value.subscriptions.some((subscription) => subscription.checkoutId === checkoutId)
  return isBought ? 'succeeded' : 'confirmed'
}

/**
 * Where a checkout of this organization stands; `null` where the provider cannot say at the moment. A finished one makes older
 * readings of the customer worthless.
 */
async function readCheckoutState(
  { reader }: BillingContext,
  organizationId: string,
  checkoutId: string,
): Promise<CheckoutState | null> {
  const checkout = await readCheckout(reader, checkoutId)
  if (checkout === undefined) return null
  if (checkout === null || !(await isOwn(reader, organizationId, checkout))) {
    throw new BillingError('NOT_FOUND', 'This organization has no such checkout.')
  }
  if (checkout.state === 'succeeded' && !applied.has(checkout)) {
    await reader.expire(organizationId)
    applied.add(checkout)
  }
  return checkout.state
}

/** `null`: there is no such checkout; `undefined`: the provider could not be asked. */
async function readCheckout(
  reader: Reader,
  checkoutId: string,
): Promise<ProviderCheckout | null | undefined> {
  try {
    return await reader.checkout(checkoutId)
  } catch (error) {
    if (isBillingError(error) && error.code === 'SERVICE_UNAVAILABLE') return undefined
    throw error
  }
}

async function isOwn(
  reader: BillingContext['reader'],
  organizationId: string,
  checkout: { organizationId: string | null; customerId: string | null },
): Promise<boolean> {
  if (checkout.organizationId !== null) return checkout.organizationId === organizationId
  const { customerId } = (await reader.customer(organizationId)).value
  return customerId !== null && customerId === checkout.customerId
}

function toStatus(context: BillingContext, organizationId: string, standing: Standing): BillingStatus {
  const { subscription, reading, isActive, planType, planName, graceEndsAt } = standing
  return {
    organizationId,
    status: subscription?.status ?? 'none',
    isActive,
    isTrial: subscription?.status === 'trialing',
    planType,
    planName,
    expiresAt: expiryOf(standing),
    hasActiveSubscription: reading.value.subscriptions.some(isPaying),
    customerId: reading.value.customerId,
    estimatedCostCents: estimatedCost(context, standing),
    cancelAtPeriodEnd: subscription?.cancelAtPeriodEnd ?? false,
    graceEndsAt,
    asOf: reading.readAt.toISOString(),
    stale: reading.stale,
  }
}

function expiryOf({ subscription, graceEndsAt }: Standing): string | null {
  switch (subscription?.status) {
    case 'trialing':
      return subscription.endsAt ?? subscription.trialEnd
    case 'active':
      return subscription.endsAt ?? subscription.currentPeriodEnd
    case 'past_due':
      return graceEndsAt
    case 'canceled':
      return subscription.endedAt
    default:
      return null
  }
}

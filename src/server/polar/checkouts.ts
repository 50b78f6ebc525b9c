import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { createCheckouts, getCheckouts } from '@polar-sh/sdk/2026-10/services/checkouts'
import { BillingError } from '../../contract/index.js'
import type { CheckoutOrder, OpenedCheckout, PayableCheckout, ProviderCheckout } from '../provider.js'
import { callPolar, findInPolar, rejectedFields } from './callPolar.js'
import { expectString } from './expect.js'
import { ensureCustomer } from './ensureCustomer.js'
import { iso } from './mapping.js'

/** Says for whom a checkout was opened: a checkout with a known customer does not carry the organization otherwise. */
export const ORGANIZATION_KEY = 'organization_id'

export async function createCheckout(core: PolarCore, order: CheckoutOrder): Promise<OpenedCheckout> {
  const { organizationId } = order.buyer
  const customerId = order.customerId ?? (await ensureCustomer(core, order.buyer))
  const request = {
    products: [order.productId],
    ...(customerId === null ? { external_customer_id: organizationId } : { customer_id: customerId }),
    ...(order.replaces !== null && { subscription_id: order.replaces }),
    ...(order.seats !== undefined && { seats: order.seats }),
    success_url: order.successUrl,
    return_url: order.returnUrl,
    metadata: { [ORGANIZATION_KEY]: organizationId },
  }
  return callPolar('Creating the checkout', async () => {
    const { id, url, expires_at } = await createCheckouts(core)(request).catch(refuseSeats)
    return {
      checkoutId: expectString(id),
      checkoutUrl: expectString(url),
      expiresAt: iso(expectString(expires_at)),
    }
  })
}

/** Whether a product has seats, and how many, only Polar knows. */
function refuseSeats(error: unknown): never {
  const refusal = rejectedFields(error).find(({ field }) => field.startsWith('body.seats'))
  throw refusal === undefined ? error : new BillingError('BAD_REQUEST', `seats: ${refusal.reason}`)
}

export function readCheckout(core: PolarCore, checkoutId: string): Promise<ProviderCheckout | null> {
  return findInPolar('Reading the checkout', async () => {
    try {
      return toCheckout(await getCheckouts(core)(checkoutId))
    } catch (error) {
      // An id that is no UUID.
      if (rejectedFields(error).length > 0) return null
      throw error
    }
  })
}

function toCheckout(checkout: models.Checkout): ProviderCheckout {
  const organizationId = checkout.metadata[ORGANIZATION_KEY] ?? checkout.external_customer_id
  return {
    // Polar never sets `failed`: a refused payment puts the checkout back to `open`.
    state: checkout.status === 'failed' ? 'open' : checkout.status,
    organizationId: typeof organizationId === 'string' ? organizationId : null,
    customerId: checkout.customer_id,
    subscriptionId: checkout.subscription_id,
    session: toSession(checkout),
  }
}

/** A price that was replaced since is archived, and a buyer who comes back is to see the new one. */
function toSession(checkout: models.Checkout): PayableCheckout | null {
  const { product, product_price: price } = checkout
  if (checkout.status !== 'open' || product?.is_archived === true || price?.is_archived === true) return null
  return {
    url: expectString(checkout.url),
    productId: checkout.product_id,
    seats: checkout.seats ?? null,
    expiresAt: iso(expectString(checkout.expires_at)),
  }
}

import { createPolarCore } from '@polar-sh/sdk/2026-10'
import { getProducts } from '@polar-sh/sdk/2026-10/services/products'
import type { PaymentProvider } from '../provider.js'
import { applyWebhook } from './applyWebhook.js'
import { callPolar } from './callPolar.js'
import type { Guard } from './guard.js'
import { createCheckout, createPortalSession, readCheckout } from './checkouts.js'
import { toProduct } from './mapping.js'
import { readMeters, readQuantity } from './meters.js'
import { readLatestOrder } from './orders.js'
import { readCustomer } from './readCustomer.js'
import { sendUsage } from './usage.js'
import { readWebhook } from './webhooks.js'

export interface PolarOptions {
  /** An organization access token. Never leaves the server. `createBilling` refuses to start without it. */
  accessToken: string | undefined
  /** @default 'production' */
  environment?: 'production' | 'sandbox' | undefined
  /** Another Polar, such as the emulator: `http://localhost:4010`. Wins over `environment`. */
  baseUrl?: string | undefined
  /**
   * Seconds until a call is given up.
   * @default 5
   */
  timeout?: number | undefined
}

/** Polar as a payment provider, over the SDK's tree-shaken functions. */
export function createPolarProvider(
  { accessToken, environment = 'production', baseUrl, timeout = 5 }: PolarOptions,
  { webhookSecrets, guard }: { webhookSecrets: readonly string[]; guard: Guard },
): PaymentProvider {
  const core = createPolarCore({
    accessToken: accessToken ?? '',
    environment,
    timeout,
    // The SDK joins with `/v1/…`: a trailing slash would ask for `//v1/…`.
    ...(baseUrl !== undefined && { baseUrl: baseUrl.replace(/\/+$/, '') }),
  })
  return {
    readCustomer: (organizationId) => guard(() => readCustomer(core, organizationId)),
    readProduct: (productId) =>
      guard(() =>
        callPolar(`Reading product ${productId}`, async () => toProduct(await getProducts(core)(productId))),
      ),
    readMeters: () => guard(() => readMeters(core)),
    readQuantity: (meterId, organizationId, from, to) =>
      guard(() => readQuantity(core, meterId, organizationId, from, to)),
    readLatestOrder: (customerId) => guard(() => readLatestOrder(core, customerId)),
    readCheckout: (checkoutId) => guard(() => readCheckout(core, checkoutId)),
    createCheckout: (order) => guard(() => createCheckout(core, order)),
    createPortalSession: (customerId, returnUrl) =>
      guard(() => createPortalSession(core, customerId, returnUrl)),
    sendUsage: (events) => guard(() => sendUsage(core, events)),
    readWebhook: (headers, body) => readWebhook(headers, body, webhookSecrets),
    applyWebhook,
  }
}

import { createPolarCore, type PolarCore } from '@polar-sh/sdk/2026-10'
import { getProducts } from '@polar-sh/sdk/2026-10/services/products'
import type { PaymentProvider, Priority } from '../paymentProvider.js'
import { activeIn, applyWebhook } from './applyWebhook.js'
import { callPolar } from './callPolar.js'
import type { Guard } from './guard.js'
import { createCheckout, readCheckout } from './checkouts.js'
import { callsOf, readHistory } from './history.js'
import { generateInvoice, readInvoice } from './invoices.js'
import { toProviderProduct } from './mapping.js'
import { readMeters, readQuantity, unitsOf } from './meters.js'
import { readLatestOrder, readOrders } from './orders.js'
import { createPortalSession } from './portal.js'
import { readCustomer } from './readCustomer.js'
import { listSeats, updateSeats } from './seats.js'
import { sendUsage } from './usage.js'
import { updateSubscription } from './updateSubscription.js'
import { readWebhook } from './webhooks.js'

export interface PolarOptions {
  /** An organization access token. Never leaves the server. `createBilling` refuses to start without it. */
  accessToken: string | undefined
  /** @default 'production' */
  environment?: 'production' | 'sandbox' | undefined
  /** Another Polar, such as the emulator: `http://localhost:4010`. Wins over `environment`. */
  baseUrl?: string | undefined
  /**
   * Seconds until a call is given up; a change of a subscription, which may charge a card, has twice as long.
   * @default 5
   */
  timeout?: number | undefined
  /**
   * Calls to Polar that the app makes in a minute at most, all its processes together where it has a `database`. Less than Polar allows
   * leaves room for other software that uses the same account.
   * @default 500, in the sandbox 100: what Polar allows
   */
  callsPerMinute?: number | undefined
}

interface ProviderOptions {
  webhookSecrets: readonly string[]
  guard: Guard
  /** A call was made that the guard was not asked for: a further page of a list, a customer who had to be looked up. */
  onExtraCall?: (() => void) | undefined
}

/** Polar as a payment provider, over the SDK's tree-shaken functions. */
export function createPolarProvider(
  { accessToken, environment = 'production', baseUrl, timeout = 5 }: PolarOptions,
  { webhookSecrets, guard, onExtraCall = () => undefined }: ProviderOptions,
): PaymentProvider {
  const connect = (): PolarCore =>
    createPolarCore({
      accessToken: accessToken ?? '',
      environment,
      timeout,
      // The SDK joins with `/v1/…`: a trailing slash would ask for `//v1/…`.
      ...(baseUrl !== undefined && { baseUrl: baseUrl.replace(/\/+$/, '') }),
    })
  const ask = <T>(run: (core: PolarCore) => Promise<T>, priority: Priority = 'read', calls = 1): Promise<T> =>
    guard(() => run(countCalls(connect(), calls, onExtraCall)), { priority, calls })

  return {
    // Its state and the list of its subscriptions.
    readCustomer: (organizationId, priority) =>
      ask((core) => readCustomer(core, organizationId), priority, 2),
    readProduct: (productId, priority) =>
      ask(
        (core) =>
          callPolar(`Reading product ${productId}`, async () =>
            toProviderProduct(await getProducts(core)(productId)),
          ),
        priority,
      ),
    readMeters: () => ask(readMeters),
    unitsOf,
    readQuantity: (meterId, organizationId, from, to) =>
      ask((core) => readQuantity(core, meterId, organizationId, from, to)),
    readHistory: (meterId, organizationId, range) =>
      ask((core) => readHistory(core, meterId, organizationId, range), 'read', callsOf(range)),
    readLatestOrder: (customerId) => ask((core) => readLatestOrder(core, customerId)),
    readOrders: (organizationId, after) => ask((core) => readOrders(core, organizationId, after)),
    // One more where there is an invoice.
    readInvoice: (orderId, organizationId) => ask((core) => readInvoice(core, orderId, organizationId)),
    generateInvoice: (orderId) => ask((core) => generateInvoice(core, orderId)),
    readCheckout: (checkoutId, priority) => ask((core) => readCheckout(core, checkoutId), priority),
    // With a customer who has to be made before.
    createCheckout: (order) =>
      ask(
        (core) => createCheckout(core, order),
        'checkout',
        order.customerId === null && order.buyer.email !== undefined ? 2 : 1,
      ),
    createPortalSession: (customerId, returnUrl) =>
      ask((core) => createPortalSession(core, customerId, returnUrl), 'checkout'),
    updateSubscription: (subscriptionId, change) =>
      ask((core) => updateSubscription(core, subscriptionId, change, 2 * timeout), 'checkout'),
    listSeats: (subscriptionId) => ask((core) => listSeats(core, subscriptionId)),
    // Whose seat it is has to be read before, unless it is a new one; and all of them after.
    updateSeats: (subscription, update) =>
      ask((core) => updateSeats(core, subscription, update), 'read', update.action === 'assign' ? 2 : 3),
    sendUsage: (events) => ask((core) => sendUsage(core, events), 'usage'),
    readWebhook: (headers, body) => readWebhook(headers, body, webhookSecrets),
    applyWebhook,
    activeIn,
  }
}

/** Tells of every call after the first `expected` ones. */
function countCalls(core: PolarCore, expected: number, onExtraCall: () => void): PolarCore {
  const send = core.sendRequest.bind(core)
  let sent = 0
  core.sendRequest = (request, options) => {
    sent += 1
    if (sent > expected) onExtraCall()
    return send(request, options)
  }
  return core
}

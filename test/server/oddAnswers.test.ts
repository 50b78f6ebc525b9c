import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPolarProvider } from '../../src/server/polar/createPolarProvider.js'
import type { PaymentProvider } from '../../src/server/paymentProvider.js'

let server: Server
let provider: PaymentProvider
beforeAll(async () => {
  server = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end('{}'),
  )
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider = createPolarProvider(
    { accessToken: 'polar_oat_test', baseUrl },
    { webhookSecrets: [], guard: (call) => call() },
  )
})
afterAll(() => server.close())

const order = {
  customerId: 'customer',
  productId: 'product',
  replaces: null,
  embedOrigin: null,
  successUrl: '',
  returnUrl: '',
}
const event = {
  id: '1',
  organizationId: 'acme',
  name: 'request',
  metadata: {},
  timestamp: '2026-01-10T12:00:00Z',
}
const buyer = { organizationId: 'acme' }

const calls: Record<
  Exclude<
    keyof PaymentProvider,
    // Nothing is asked for, or nothing is answered.
    | 'readWebhook'
    | 'applyWebhook'
    | 'activeIn'
    | 'unitsOf'
    | 'generateInvoice'
    // They have words of their own: what was asked for may have happened.
    | 'updateSubscription'
    | 'updateSeats'
  >,
  () => Promise<unknown>
> = {
  readCustomer: () => provider.readCustomer('acme'),
  readProduct: () => provider.readProduct('product'),
  readMeters: () => provider.readMeters(),
  readQuantity: () => provider.readQuantity('meter', 'acme', new Date(0), new Date()),
  readHistory: () =>
    provider.readHistory('meter', 'acme', {
      from: new Date(0),
      to: new Date(),
      interval: 'day',
      isRunning: true,
    }),
  readLatestOrder: () => provider.readLatestOrder('customer'),
  readOrders: () => provider.readOrders('acme', null),
  readInvoice: () => provider.readInvoice('order', 'acme'),
  readCheckout: () => provider.readCheckout('checkout'),
  createCheckout: () => provider.createCheckout({ ...order, buyer }),
  createPortalSession: () => provider.createPortalSession('customer', 'https://app.test'),
  listSeats: () => provider.listSeats('subscription'),
  sendUsage: () => provider.sendUsage([event]),
}

describe('an answer that lacks what was asked for', () => {
  it.each(Object.entries(calls))('%s: could not be read', async (_name, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'BillingError',
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining("Polar's answer could not be read"),
    })
  })

  it('a change that may have been made says so', async () => {
    await expect(provider.updateSubscription('subscription', { kind: 'resume' })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('did not say whether the subscription has changed'),
    })
    await expect(
      provider.updateSeats(
        { subscriptionId: 'subscription', organizationId: 'acme', now: new Date() },
        { action: 'assign', email: 'ada@example.com' },
      ),
    ).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('The seats have changed, but'),
    })
  })

  it('a customer that cannot be made is not bought for', async () => {
    const buyerWithEmail = { ...buyer, email: 'ada@example.com' }
    await expect(
      provider.createCheckout({ ...order, customerId: null, buyer: buyerWithEmail }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/^Creating the customer: /) })
  })
})

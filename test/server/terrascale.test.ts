import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineCatalog } from 'polar-billing-kit/contract'
import { polarCatalog as usualCatalog, type Running, startBilling } from './startBilling.js'

const PRO = '00000000-0000-4000-8000-00000000aaaa'
const polarCatalog = {
  ...usualCatalog,
  products: { pro: { ...usualCatalog.products.pro, id: PRO } },
}

/** A catalog that names TerraScale's three flat numbers. */
const catalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: { free: { name: 'Free' }, pro: { name: 'Pro' }, enterprise: { name: 'Enterprise' } },
  meters: {
    databases: { name: 'Databases', unit: 'databases', field: 'databaseCount', source: 'app' },
    storage: { name: 'Storage', unit: 'GB', field: 'totalStorageGb', source: 'app' },
    requests: { name: 'Requests', unit: 'requests', field: 'totalRequests' },
  },
})

const start = () =>
  startBilling({
    emulator: { catalog: polarCatalog },
    billing: { catalog, products: { pro: PRO }, gauges: { databases: () => 4, storage: () => 12.5 } },
  })

let running: Running
beforeAll(async () => {
  running = await start()
  running.emulator.controls.purchase({
    external_customer_id: 'terra',
    product_id: running.products['pro'] ?? '',
  })
  await running.emulator.controls.settle()
})
afterAll(() => running.close())

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const date = expect.stringMatching(ISO)
const text = expect.any(String)
const number = expect.any(Number)
const flag = expect.any(Boolean)

describe('a client of TerraScale finds every field of its own, with its types', () => {
  it('payment info', async () => {
    const { body } = await running.as('terra').get('/subscription')
    expect(body).toMatchObject({
      organizationId: 'terra',
      subscriptionId: text,
      status: 'active',
      planName: 'Pro',
      amount: 2900,
      currency: 'USD',
      currentPeriodStart: date,
      currentPeriodEnd: date,
      trialStart: null,
      trialEnd: null,
      cancelAtPeriodEnd: false,
      product: {
        id: text,
        name: text,
        description: text,
        recurringInterval: 'month',
        prices: expect.arrayContaining([
          { id: text, amount: 2900, currency: 'USD', type: 'recurring', recurringInterval: 'month' },
        ]),
        benefits: expect.arrayContaining([{ id: text, type: 'feature', description: text }]),
      },
      latestOrder: {
        id: text,
        status: 'completed',
        paid: true,
        amount: number,
        currency: 'USD',
        invoiceNumber: text,
        invoicePdfUrl: null,
        createdAt: date,
      },
    })
  })

  it('quick status', async () => {
    const { body } = await running.as('terra').get('/status')
    expect(body).toMatchObject({
      status: 'active',
      isActive: flag,
      isTrial: flag,
      planType: 'pro',
      expiresAt: date,
    })
  })

  it('usage', async () => {
    await running.billing.usage.track({ organizationId: 'terra', name: 'request' })
    const { body } = await running.as('terra').get('/usage')
    expect(body).toMatchObject({
      databaseCount: 4,
      totalStorageGb: 12.5,
      totalRequests: 1,
      totalCost: 29,
      billingPeriodStart: date,
      billingPeriodEnd: date,
      periodStart: date,
      periodEnd: date,
      generatedAt: date,
    })
  })

  it('checkout', async () => {
    const own = await start()
    const { body } = await own.as('buyer').post('/checkout', { planType: 'pro' })
    expect(body).toEqual({ checkoutId: text, checkoutUrl: text, productId: text, productName: text })
    await own.close()
  })

  it('portal', async () => {
    const { body } = await running.as('terra').post('/portal')
    expect(body).toEqual({ portalUrl: text, expiresAt: date })
  })

  it('an invoice that exists has its link', async () => {
    const { body: before } = await running.as('terra').get('/subscription')
    await fetch(`${running.url}/polar/v1/orders/${before.latestOrder.id}/invoice`, {
      method: 'POST',
      headers: { authorization: 'Bearer polar_oat_test', 'polar-version': '2026-10', 'content-length': '0' },
    })
    await running.emulator.controls.settle()
    const { body } = await running.as('terra').get('/subscription')
    expect(body.latestOrder.invoicePdfUrl).toEqual(expect.stringMatching(/^http/))
  })
})

import { errors } from '@polar-sh/sdk/2026-10'
import { type EmulatorCatalog, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator } from './startEmulator.js'

const { free, pro, proYearly, enterprise } = sampleCatalog.products

describe('products, subscriptions, orders and grants', () => {
  let running: Running

  beforeEach(async () => {
    running = await startEmulator()
  })
  afterEach(() => running.close())

  const buy = (external_customer_id: string, product_id: string = pro.id) =>
    running.emulator.controls.purchase({ external_customer_id, product_id })

  it('has products with prices and benefits', async () => {
    const { polar } = running
    const { items, pagination } = await polar.products.list({})
    expect(items.map(({ name }) => name)).toEqual(['Enterprise', 'Team', 'Pro (yearly)', 'Pro', 'Free'])
    expect(pagination).toEqual({ total_count: 5, max_page: 1 })
    const product = await polar.products.get(pro.id)
    expect(product).toMatchObject({
      recurring_interval: 'month',
      recurring_interval_count: 1,
      metadata: { plan: 'pro' },
      prices: [
        { amount_type: 'fixed', price_amount: 2_900, price_currency: 'usd' },
        { amount_type: 'metered_unit', unit_amount: '0.03', meter: { name: 'Characters' } },
      ],
      benefits: [
        { type: 'meter_credit', properties: { units: 10_000, rollover: false } },
        { type: 'feature_flag', metadata: { feature: 'api' } },
      ],
    })
    expect((await polar.products.list({ metadata: { plan: 'pro' } })).items).toHaveLength(2)
    expect((await polar.products.list({ is_archived: true })).items).toEqual([])
    await expect(polar.products.get('00000000-0000-4000-8000-0000000000ff')).rejects.toBeInstanceOf(
      errors.ResourceNotFound,
    )
  })

  it('gives entries without an id the same one in every run', async () => {
    const catalog = {
      products: { solo: { name: 'Solo', interval: 'month', prices: [{ type: 'fixed', amount: 100 }] } },
    } as const satisfies EmulatorCatalog
    const first = await startEmulator({ catalog })
    const second = await startEmulator({ catalog })
    expect(first.emulator.controls.catalog()).toEqual(second.emulator.controls.catalog())
    const { solo } = first.emulator.controls.catalog().products
    expect(await first.polar.products.get(solo ?? '')).toMatchObject({ name: 'Solo' })
    await first.close()
    await second.close()
  })

  it('names the mistake in a catalog', async () => {
    const product = { name: 'X', prices: [] }
    await expect(
      startEmulator({ catalog: { products: { x: { ...product, id: 'prod_1' } } } }),
    ).rejects.toThrow('products.x.id')
    await expect(
      startEmulator({ catalog: { products: { x: { ...product, benefits: ['gold'] } } } }),
    ).rejects.toThrow('there is no benefit "gold"')
  })

  it('lists subscriptions; past due and paused are neither active nor inactive', async () => {
    const { polar, emulator } = running
    const first = buy('org_1').subscription_id ?? ''
    const second = buy('org_2', enterprise.id).subscription_id ?? ''
    const third = buy('org_3', free.id).subscription_id ?? ''
    const list = async (query: object) => (await polar.subscriptions.list(query)).items.map(({ id }) => id)
    expect(await list({})).toEqual([third, second, first])
    expect(await list({ external_customer_id: 'org_2' })).toEqual([second])
    expect(await list({ external_customer_id: 'nobody' })).toEqual([])
    expect(await list({ product_id: [pro.id, free.id] })).toEqual([third, first])
    emulator.controls.setCard({ external_customer_id: 'org_1', declines: true })
    await polar.subscriptions.update(third, { cancel_at_period_end: true })
    expect(await list({ cancel_at_period_end: true })).toEqual([third])
    await emulator.controls.advanceClock({ days: 31 })
    expect(await list({ active: true })).toEqual([second])
    expect(await list({ active: false })).toEqual([third])
    expect(await list({ status: ['past_due', 'paused'] })).toEqual([first])
    expect(await list({ canceled_at_after: '2026-01-01T00:00:00Z' })).toEqual([third])
  })

  it('lists orders', async () => {
    const { polar, emulator } = running
    const bought = buy('org_1')
    await emulator.controls.advanceClock({ days: 31 })
    buy('org_2', proYearly.id)
    const list = async (query: object) =>
      (await polar.orders.list(query)).items.map(({ billing_reason }) => billing_reason)
    expect(await list({})).toEqual(['subscription_create', 'subscription_cycle', 'subscription_create'])
    expect(await list({ external_customer_id: 'org_1' })).toEqual([
      'subscription_cycle',
      'subscription_create',
    ])
    expect(
      await list({ subscription_id: bought.subscription_id ?? '', created_after: '2026-02-01T00:00:00Z' }),
    ).toEqual(['subscription_cycle'])
    const order = await polar.orders.get(bought.order_id ?? '')
    expect(order).toMatchObject({
      status: 'paid',
      paid: true,
      total_amount: 2_900,
      tax_amount: 0,
      checkout_id: bought.checkout_id,
      subscription: { id: bought.subscription_id },
      product: { name: 'Pro' },
    })
    expect(order.invoice_number).toMatch(/^ACME-\w{4}-0001$/)
  })

  it('writes invoices in the background and says when they are there', async () => {
    const { polar, emulator, receiver } = running
    const { order_id } = buy('org_1')
    await emulator.controls.settle()
    listen(running)
    const id = order_id ?? ''
    await expect(polar.orders.invoice(id)).rejects.toMatchObject({
      statusCode: 404,
      error: { error: 'InvoiceDoesNotExist' },
    })
    emulator.controls.setWebhookSettings({ mode: 'pause' })
    expect(await polar.orders.generateInvoice(id)).toBeNull()
    emulator.controls.setWebhookSettings({ mode: 'deliver' })
    await emulator.controls.settle()
    expect(receiver.types()).toEqual(['order.updated'])
    expect(await polar.orders.get(id)).toMatchObject({ is_invoice_generated: true })
    const { url } = await polar.orders.invoice(id)
    expect(await (await fetch(url)).text()).toContain('Invoice ACME-')
    expect(await (await fetch((await polar.orders.receipt(id)).url)).text()).toContain('Receipt')
    const unknown = url.replace(/[^/]+\/invoice$/, 'x/invoice')
    expect((await fetch(unknown)).status).toBe(404)
  })

  it('takes its time for an invoice, if told to', async () => {
    const { polar, emulator } = running
    const id = buy('org_1').order_id ?? ''
    emulator.controls.changeSettings({ invoiceDelay: 5_000 })
    await polar.orders.generateInvoice(id)
    await emulator.controls.advanceClock({ seconds: 4 })
    expect(await polar.orders.get(id)).toMatchObject({ is_invoice_generated: false })
    expect(await polar.orders.generateInvoice(id)).toBeNull()
    await emulator.controls.advanceClock({ seconds: 1 })
    expect(await polar.orders.invoice(id)).toMatchObject({ url: expect.stringMatching(/^http/) })
  })

  it('writes no invoice for an order that was voided', async () => {
    const { polar, emulator } = running
    const { subscription_id: id } = buy('org_1')
    emulator.controls.setCard({ external_customer_id: 'org_1', declines: true })
    await emulator.controls.advanceClock({ days: 32 })
    await polar.subscriptions.revoke(id ?? '')
    const [order] = (await polar.orders.list({ external_customer_id: 'org_1', status: ['void'] })).items
    await expect(polar.orders.generateInvoice(order?.id ?? '')).rejects.toMatchObject({
      statusCode: 409,
      error: { error: 'OrderNotEligibleForInvoice' },
    })
  })

  it('needs billing details for an invoice', async () => {
    const { polar } = running
    const checkout = await polar.checkouts.create({ products: [pro.id], customer_email: 'a@example.com' })
    await polar.checkouts.clientConfirm(checkout.client_secret, { confirmation_token_id: 'ctoken_1' })
    const [order] = (await polar.orders.list({ checkout_id: checkout.id })).items
    await expect(polar.orders.generateInvoice(order?.id ?? '')).rejects.toBeInstanceOf(
      errors.MissingInvoiceBillingDetails,
    )
  })

  it('lists grants', async () => {
    const { polar } = running
    const { subscription_id, customer_id } = buy('org_1')
    buy('org_2')
    const grants = await polar.benefitGrants.list({ external_customer_id: 'org_1' })
    expect(grants.items).toMatchObject([
      { is_granted: true, benefit: { type: 'feature_flag' }, properties: {}, subscription_id, customer_id },
      { is_granted: true, benefit: { type: 'meter_credit' }, properties: { last_credited_units: 10_000 } },
    ])
    expect((await polar.benefitGrants.list({ is_granted: true })).pagination.total_count).toBe(4)
  })

  it('refuses filters that can match nothing, and counts nothing twice', async () => {
    const { polar, baseUrl } = running
    const { customer_id } = buy('org_1')
    const list = async (path: string) => {
      const response = await fetch(`${baseUrl}/v1/${path}`, {
        headers: { authorization: 'Bearer polar_oat_test' },
      })
      return { status: response.status, body: (await response.json()) as { pagination: object } }
    }
    for (const path of [
      'subscriptions/?status=activ',
      'subscriptions/?customer_id=abc',
      'subscriptions/?product_id=abc',
      'subscriptions/?customer_cancellation_reason=bored',
      'orders/?status=payed',
      'orders/?product_billing_type=twice',
      'checkouts/?status=closed',
      'customer-meters/?meter_id=abc',
      'benefit-grants/?customer_id=abc',
      'events/?source=nobody',
      'events/?meter_id=abc',
      'products/?visibility=secret',
      'webhooks/deliveries?endpoint_id=abc',
    ]) {
      expect([path, (await list(path)).status]).toEqual([path, 422])
    }
    const twice = `customer_id=${customer_id}&customer_id=${customer_id.toUpperCase()}`
    for (const path of [`orders/?${twice}`, `subscriptions/?${twice}`]) {
      expect(await list(path)).toMatchObject({ status: 200, body: { pagination: { total_count: 1 } } })
    }
    const discount_id = '00000000-0000-4000-8000-000000000000'
    expect((await polar.subscriptions.list({ discount_id })).items).toEqual([])
    expect((await polar.orders.list({ metadata: { constructor: 'x' } })).items).toEqual([])
  })

  it('pages through lists, a hundred at a time at most', async () => {
    const { polar } = running
    for (let index = 0; index < 105; index += 1) {
      await polar.customers.create({ email: `c${index}@example.com`, external_id: `org_${index}` })
    }
    const first = await polar.customers.list({ limit: 1_000 })
    expect(first.items).toHaveLength(100)
    expect(first.pagination).toEqual({ total_count: 105, max_page: 2 })
    const all: string[] = []
    for await (const { id } of polar.customers.iterList({})) all.push(id)
    expect(new Set(all).size).toBe(105)
    expect((await polar.customers.list({ page: 99 })).items).toEqual([])
  })
})

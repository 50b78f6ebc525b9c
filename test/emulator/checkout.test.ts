import { errors } from '@polar-sh/sdk/2026-10'
import { type EmulatorCatalog, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator, submit } from './startEmulator.js'

const { free, pro, proYearly } = sampleCatalog.products
const STUDIO = '00000000-0000-4000-8000-000000000001'
const ARCHIVED = '00000000-0000-4000-8000-000000000002'
const DRAFT = '00000000-0000-4000-8000-000000000003'
const ONCE = '00000000-0000-4000-8000-000000000004'
const SEATS = '00000000-0000-4000-8000-000000000005'
const GIFT = '00000000-0000-4000-8000-000000000006'
const NOBODY = '00000000-0000-4000-8000-0000000000ff'

const catalog = {
  ...sampleCatalog,
  products: {
    ...sampleCatalog.products,
    studio: {
      id: STUDIO,
      name: 'Studio',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 9_900 }],
      trial: { interval: 'day', count: 14 },
    },
    archived: {
      id: ARCHIVED,
      name: 'Old',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 1 }],
      archived: true,
    },
    draft: {
      id: DRAFT,
      name: 'New',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 1 }],
      visibility: 'draft',
    },
    once: { id: ONCE, name: 'Book', prices: [{ type: 'fixed', amount: 1_500 }], benefits: ['support'] },
    seats: {
      id: SEATS,
      name: 'Team',
      interval: 'month',
      prices: [{ type: 'seat', amount: 1_000, minimumSeats: 2 }],
    },
    gift: { id: GIFT, name: 'Gift', prices: [{ type: 'custom', minimum: 100, preset: 500 }] },
  },
} as const satisfies EmulatorCatalog

const OPENED = ['checkout.created']
const CONFIRMED = ['customer.created', 'member.created', 'checkout.updated']
const BOUGHT = [
  'subscription.created',
  'subscription.active',
  'subscription.updated',
  'order.created',
  'order.updated',
  'order.paid',
  'checkout.updated',
]

describe('checkout', () => {
  let running: Running
  const start = async (options = {}): Promise<Running> => {
    running = await startEmulator({ catalog, ...options })
    return running
  }

  afterEach(() => running.close())

  describe('the way through', () => {
    it('opens, is paid on the hosted page and sends the events of a purchase in order', async () => {
      const { polar, emulator, receiver } = await start()
      listen(running)
      const checkout = await polar.checkouts.create({
        products: [pro.id],
        external_customer_id: 'org_1',
        metadata: { source: 'app' },
        success_url: 'http://app.test/done?checkout_id={CHECKOUT_ID}',
      })
      expect(checkout).toMatchObject({ status: 'open', amount: 2_900, currency: 'usd', customer_id: null })
      expect(checkout.client_secret).toMatch(/^polar_c_\w{43}$/)
      expect(checkout.url).toBe(`${running.baseUrl}/checkout/${checkout.client_secret}`)
      const paid = await submit(checkout.url, { email: 'ada@example.com', name: 'Ada' })
      expect(paid.status).toBe(303)
      await emulator.controls.settle()
      expect(receiver.types('customer.state_changed')).toEqual([
        ...OPENED,
        ...CONFIRMED,
        ...BOUGHT,
        'benefit_grant.created',
        'benefit_grant.created',
      ])
      expect(receiver.types().at(-1)).toBe('customer.state_changed')
      expect(
        receiver.received.filter(({ type }) => type === 'checkout.updated').map(({ data }) => data.status),
      ).toEqual(['confirmed', 'succeeded'])
      const state = await polar.customers.getStateExternal('org_1')
      expect(state.active_subscriptions).toMatchObject([
        { status: 'active', product_id: pro.id, amount: 2_900, metadata: { source: 'app' } },
      ])
      expect(state.active_meters).toMatchObject([
        { consumed_units: 0, credited_units: 10_000, balance: 10_000 },
      ])
      expect(state.granted_benefits.map(({ benefit_type }) => benefit_type).sort()).toEqual([
        'feature_flag',
        'meter_credit',
      ])
    })

    it('redirects with the checkout id and a portal token, also when the page is visited again', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({
        products: [pro.id],
        success_url: 'http://app.test/done?checkout_id=%7BCHECKOUT_ID%7D&x=1',
      })
      expect(checkout.success_url).toBe(`http://app.test/done?checkout_id=${checkout.id}&x=1`)
      const paid = await submit(checkout.url, { email: 'ada@example.com', name: 'Ada' })
      const location = new URL(paid.headers.get('location') ?? '')
      expect(location.searchParams.get('checkout_id')).toBe(checkout.id)
      expect(location.searchParams.get('customer_session_token')).toMatch(/^polar_mst_/)
      const again = await fetch(checkout.url, { redirect: 'manual' })
      expect(again.status).toBe(303)
      expect(again.headers.get('location')).toBe(location.toString())
    })

    it('ends on its own confirmation page without a success URL', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({ products: [pro.id] })
      expect(checkout.success_url).toBe(`${checkout.url}/confirmation`)
      await submit(checkout.url, { email: 'ada@example.com', name: 'Ada' })
      expect(await (await fetch(checkout.success_url)).text()).toContain('Thank you')
    })

    it('goes back to open after a declined card and can then be paid', async () => {
      const { polar, emulator, receiver } = await start()
      listen(running)
      const checkout = await polar.checkouts.create({ products: [pro.id], external_customer_id: 'org_1' })
      const declined = await submit(checkout.url, { email: 'a@example.com', name: 'A', decline: '1' })
      expect(await declined.text()).toMatch(/role="alert"[^>]*>\s*Your card was declined/)
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'open' })
      expect((await polar.subscriptions.list({ external_customer_id: 'org_1' })).items).toEqual([])
      const paid = await submit(checkout.url, { email: 'a@example.com', name: 'A' })
      expect(paid.status).toBe(303)
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'succeeded' })
      await emulator.controls.settle()
      expect(receiver.types('customer.state_changed', 'benefit_grant.created')).toEqual([
        ...OPENED,
        ...CONFIRMED,
        'checkout.updated',
        'customer.updated',
        'checkout.updated',
        ...BOUGHT,
      ])
    })

    it('expires after a day', async () => {
      const { polar, emulator, receiver } = await start()
      listen(running)
      const checkout = await polar.checkouts.create({ products: [pro.id] })
      expect(Date.parse(checkout.expires_at) - Date.parse(checkout.created_at)).toBe(86_400_000)
      await emulator.controls.advanceClock({ days: 1 })
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'expired' })
      expect(receiver.types()).toEqual(['checkout.created', 'checkout.expired'])
      const shown = await submit(checkout.url, { email: 'a@example.com', name: 'A' })
      expect(shown.status).toBe(410)
      expect(await shown.text()).toContain('This checkout has expired')
      await expect(polar.checkouts.clientGet(checkout.client_secret)).rejects.toBeInstanceOf(
        errors.ExpiredCheckoutError,
      )
    })

    it('is confirmed but not paid until the payment arrives', async () => {
      const { polar, emulator } = await start({ paymentDelay: 60_000 })
      const checkout = await polar.checkouts.create({ products: [pro.id], external_customer_id: 'org_1' })
      const page = await submit(checkout.url, { email: 'a@example.com', name: 'A' })
      expect(await page.text()).toContain('Processing your payment')
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'confirmed' })
      expect((await polar.customers.getStateExternal('org_1')).active_subscriptions).toEqual([])
      await emulator.controls.advanceClock({ minutes: 1 })
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'succeeded' })
    })
  })

  describe('who the customer is', () => {
    it('creates a customer with the external id for an e-mail that is new', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({ products: [pro.id], external_customer_id: 'org_1' })
      await submit(checkout.url, { email: 'Ada@Example.com', name: 'Ada', country: 'FR' })
      const customer = await polar.customers.getExternal('org_1')
      expect(customer).toMatchObject({
        email: 'Ada@Example.com',
        name: 'Ada',
        billing_address: { country: 'FR' },
      })
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ customer_id: customer.id })
    })

    it('uses whoever has the typed e-mail, without the external id and without a portal token', async () => {
      const { polar } = await start()
      const known = await polar.customers.create({ email: 'ada@example.com' })
      const checkout = await polar.checkouts.create({
        products: [pro.id],
        external_customer_id: 'org_1',
        success_url: 'http://app.test/done',
      })
      const paid = await submit(checkout.url, { email: 'ADA@example.com', name: 'Ada' })
      expect(paid.headers.get('location')).toBe('http://app.test/done')
      expect(await polar.customers.get(known.id)).toMatchObject({ external_id: null })
      await expect(polar.customers.getExternal('org_1')).rejects.toBeInstanceOf(errors.ResourceNotFound)
      expect((await polar.customers.getState(known.id)).active_subscriptions).toHaveLength(1)
    })

    it('locks the e-mail of a customer known by id or external id', async () => {
      const { polar } = await start()
      const known = await polar.customers.create({ email: 'ada@example.com', external_id: 'org_1' })
      for (const reference of [{ customer_id: known.id }, { external_customer_id: 'org_1' }]) {
        const checkout = await polar.checkouts.create({ products: [pro.id], ...reference })
        expect(checkout).toMatchObject({ customer_id: known.id, customer_email: 'ada@example.com' })
        expect(await (await fetch(checkout.url)).text()).toMatch(/value="ada@example\.com"\s*readonly/)
        await polar.checkouts.update(checkout.id, { customer_email: 'eve@example.com' })
        expect(await polar.checkouts.get(checkout.id)).toMatchObject({ customer_email: 'ada@example.com' })
      }
    })

    it('refuses an external id that was taken with another e-mail in the meantime', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({ products: [pro.id], external_customer_id: 'org_1' })
      await polar.customers.create({ email: 'other@example.com', external_id: 'org_1' })
      const confirmed = await fetch(
        `${running.baseUrl}/v1/checkouts/client/${checkout.client_secret}/confirm`,
        {
          method: 'POST',
          body: JSON.stringify({ confirmation_token_id: 'ctoken_1', customer_email: 'ada@example.com' }),
        },
      )
      expect(confirmed.status).toBe(422)
      expect(await confirmed.json()).toMatchObject({ error: 'CheckoutCustomerExternalIdMismatch' })
    })

    it('asks for an e-mail', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({ products: [pro.id] })
      const page = await submit(checkout.url, { email: 'nonsense', name: 'A' })
      expect(await page.text()).toContain('role="alert"')
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'open' })
    })
  })

  describe('one subscription for each customer', () => {
    it('refuses a second one at confirmation', async () => {
      const { polar, emulator } = await start()
      const { customer_id } = emulator.controls.purchase({
        external_customer_id: 'org_1',
        product_id: pro.id,
      })
      const checkout = await polar.checkouts.create({ products: [proYearly.id], customer_id })
      const page = await submit(checkout.url, { name: 'A' })
      expect(await page.text()).toContain('You already have an active subscription.')
      const confirm = polar.checkouts.clientConfirm(checkout.client_secret, {
        confirmation_token_id: 'ctoken_1',
      })
      await expect(confirm).rejects.toMatchObject({
        statusCode: 403,
        error: { error: 'AlreadyActiveSubscriptionError' },
      })
    })

    it('can be switched off', async () => {
      const { polar, emulator } = await start({ oneSubscriptionPerCustomer: false })
      const input = { external_customer_id: 'org_1', product_id: pro.id }
      emulator.controls.purchase(input)
      emulator.controls.purchase(input)
      expect((await polar.customers.getStateExternal('org_1')).active_subscriptions).toHaveLength(2)
    })

    it('lets a free subscription be upgraded: same id, new period, no order of kind create', async () => {
      const { polar, emulator, receiver } = await start()
      const customer = await polar.customers.create({ email: 'a@example.com', external_id: 'org_1' })
      const subscription = await polar.subscriptions.create({ product_id: free.id, customer_id: customer.id })
      expect(subscription).toMatchObject({ status: 'active', amount: 0 })
      expect((await polar.orders.list({})).items).toEqual([])
      await emulator.controls.advanceClock({ days: 3 })
      const checkout = await polar.checkouts.create({
        products: [pro.id],
        subscription_id: subscription.id,
      })
      expect(checkout.customer_id).toBe(customer.id)
      listen(running)
      await submit(checkout.url, { name: 'A' })
      await emulator.controls.settle()
      expect(receiver.types('customer.state_changed')).toEqual([
        'customer.updated',
        'checkout.updated',
        'subscription.updated',
        'order.created',
        'order.updated',
        'order.paid',
        'checkout.updated',
        'benefit_grant.created',
        'benefit_grant.created',
      ])
      const upgraded = await polar.subscriptions.get(subscription.id)
      expect(upgraded).toMatchObject({ product_id: pro.id, amount: 2_900, checkout_id: checkout.id })
      expect(upgraded.current_period_start).toBe('2026-01-13T12:00:00Z')
      const orders = await polar.orders.list({ external_customer_id: 'org_1' })
      expect(orders.items).toMatchObject([{ billing_reason: 'subscription_update', total_amount: 2_900 }])
    })

    it('upgrades only free subscriptions that exist', async () => {
      const { polar, emulator } = await start()
      const { subscription_id } = emulator.controls.purchase({
        external_customer_id: 'org_1',
        product_id: pro.id,
      })
      await expect(polar.checkouts.create({ products: [pro.id], subscription_id })).rejects.toMatchObject(
        refusal('subscription_id', 'Only free subscriptions can be upgraded.'),
      )
      await expect(
        polar.checkouts.create({ products: [pro.id], subscription_id: NOBODY }),
      ).rejects.toMatchObject(refusal('subscription_id', 'Subscription does not exist.'))
    })
  })

  describe('what is sold', () => {
    it('starts a trial with a paid order of zero and an active event', async () => {
      const { polar, emulator, receiver } = await start()
      const checkout = await polar.checkouts.create({ products: [STUDIO], external_customer_id: 'org_1' })
      expect(checkout).toMatchObject({
        active_trial_interval: 'day',
        active_trial_interval_count: 14,
        trial_end: '2026-01-24T12:00:00Z',
        is_payment_required: false,
        is_payment_setup_required: true,
      })
      const page = await (await fetch(checkout.url)).text()
      expect(page).toContain('14 days free')
      expect(page).toMatch(/<button class="primary">Pay \$0\.00 today<\/button>/)
      listen(running)
      await submit(checkout.url, { email: 'a@example.com', name: 'A' })
      await emulator.controls.settle()
      expect(receiver.types('customer.state_changed')).toEqual([...CONFIRMED, ...BOUGHT])
      const active = receiver.received.find(({ type }) => type === 'subscription.active')
      expect(active?.data).toMatchObject({ status: 'trialing', trial_end: '2026-01-24T12:00:00Z' })
      const orders = await polar.orders.list({ external_customer_id: 'org_1' })
      expect(orders.items).toMatchObject([
        { status: 'paid', total_amount: 0, billing_reason: 'subscription_create' },
      ])
    })

    it('lets the checkout override or disable the trial', async () => {
      const { polar } = await start()
      const longer = await polar.checkouts.create({
        products: [STUDIO],
        trial_interval: 'month',
        trial_interval_count: 2,
      })
      expect(longer).toMatchObject({ active_trial_interval: 'month', trial_end: '2026-03-10T12:00:00Z' })
      const none = await polar.checkouts.create({ products: [STUDIO], allow_trial: false })
      expect(none).toMatchObject({ active_trial_interval: null, trial_end: null, is_payment_required: true })
    })

    it('takes no card for a free product', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({ products: [free.id], external_customer_id: 'org_1' })
      expect(checkout).toMatchObject({ is_free_product_price: true, is_payment_form_required: false })
      const page = await (await fetch(checkout.url)).text()
      expect(page).toMatch(/<button class="primary">Pay \$0\.00<\/button>/)
      expect(page).not.toContain('Decline this card')
      await submit(checkout.url, { email: 'a@example.com', name: 'A' })
      expect((await polar.customers.getStateExternal('org_1')).active_subscriptions).toMatchObject([
        { amount: 0 },
      ])
    })

    it('lets the buyer choose among several products', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({ products: [pro.id, proYearly.id] })
      const chosen = await submit(`${checkout.url}/product`, { product_id: proYearly.id })
      expect(chosen.status).toBe(303)
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({
        product_id: proYearly.id,
        amount: 29_000,
      })
    })

    it('sells products once, with their benefits', async () => {
      const { polar, emulator, receiver } = await start()
      listen(running)
      const bought = emulator.controls.purchase({ external_customer_id: 'org_1', product_id: ONCE })
      await emulator.controls.settle()
      expect(bought.subscription_id).toBeNull()
      expect(receiver.types('customer.state_changed').slice(4)).toEqual([
        'order.created',
        'order.updated',
        'order.paid',
        'checkout.updated',
        'benefit_grant.created',
      ])
      const state = await polar.customers.getStateExternal('org_1')
      expect(state.active_subscriptions).toEqual([])
      expect(state.granted_benefits).toHaveLength(1)
      expect(await polar.orders.get(bought.order_id ?? '')).toMatchObject({ billing_reason: 'purchase' })
    })

    it.each([
      ['0.03', 'usd', '$0.03 per 100'],
      ['0.30', 'usd', '$0.03 per 10'],
      ['0.0333', 'usd', '$3.33 per 10,000'],
      ['2', 'usd', '$0.02 each'],
      ['2.00', 'usd', '$0.02 each'],
      ['1200', 'usd', '$12.00 each'],
      ['0', 'usd', '$0.00 each'],
      ['0.0000003', 'usd', '$0.003 per 1,000,000'],
      ['0.000000000001', 'usd', '$0.00000001 per 1,000,000'],
      ['0.5', 'jpy', '¥5 per 10'],
    ] as const)('says what %s %s for a unit is: %s', async (unitAmount, currency, words) => {
      const prices = [{ type: 'metered', meter: 'characters', unitAmount, currency } as const]
      const products = { byUse: { id: STUDIO, name: 'By use', interval: 'month', prices } } as const
      const { polar } = await start({ catalog: { ...sampleCatalog, products } })
      const { url } = await polar.checkouts.create({ products: [STUDIO], currency })
      expect(await (await fetch(url)).text()).toContain(`<li>Characters: ${words}</li>`)
    })

    it('says what is included, and what more costs', async () => {
      const { polar } = await start()
      const { url } = await polar.checkouts.create({ products: [pro.id] })
      expect(await (await fetch(url)).text()).toContain(
        '<li>10,000 characters a month included, then $0.03 per 100</li>',
      )
    })

    it('prices seats and amounts of the buyer', async () => {
      const { polar } = await start()
      expect(await polar.checkouts.create({ products: [SEATS], seats: 5 })).toMatchObject({
        seats: 5,
        amount: 5_000,
      })
      expect(await polar.checkouts.create({ products: [SEATS] })).toMatchObject({ seats: 2, amount: 2_000 })
      await expect(polar.checkouts.create({ products: [pro.id], seats: 5 })).rejects.toMatchObject(
        refusal('seats', 'Seats can only be set for seat-based pricing.'),
      )
      const gift = await polar.checkouts.create({ products: [GIFT] })
      expect(gift.amount).toBe(500)
      await submit(gift.url, { email: 'a@example.com', name: 'A', amount: '750' })
      expect((await polar.orders.list({})).items).toMatchObject([{ total_amount: 750 }])
    })

    it('says what is wrong with a product or a customer', async () => {
      const { polar } = await start()
      const create = (products: string[], rest = {}) => polar.checkouts.create({ products, ...rest })
      const at = (index: number, msg: string) => ({
        statusCode: 422,
        error: { error: 'PolarRequestValidationError', detail: [{ loc: ['body', 'products', index], msg }] },
      })
      await expect(create([NOBODY])).rejects.toMatchObject(at(0, 'Product does not exist.'))
      await expect(create([pro.id, ARCHIVED])).rejects.toMatchObject(at(1, 'Product is archived.'))
      await expect(create([DRAFT])).rejects.toMatchObject(at(0, 'Product is a draft.'))
      await expect(create([pro.id], { customer_id: NOBODY })).rejects.toMatchObject(
        refusal('customer_id', 'Customer does not exist.'),
      )
      await expect(create([pro.id], { currency: 'eur' })).rejects.toMatchObject(
        refusal('currency', 'Product is not available in the specified currency.'),
      )
      await expect(create([])).rejects.toBeInstanceOf(errors.HTTPValidationError)
      await expect(create([pro.id], { success_url: '/relative' })).rejects.toBeInstanceOf(
        errors.HTTPValidationError,
      )
    })
  })

  describe("the buyer's API", () => {
    it('reads, changes and confirms without a token', async () => {
      const { polar } = await start()
      const checkout = await polar.checkouts.create({ products: [pro.id, proYearly.id] })
      const secret = checkout.client_secret
      const changed = await polar.checkouts.clientUpdate(secret, {
        product_id: proYearly.id,
        customer_email: 'ada@example.com',
      })
      expect(changed).toMatchObject({ amount: 29_000, organization: { slug: 'acme' } })
      expect(changed).not.toHaveProperty('external_customer_id')
      const confirmed = await polar.checkouts.clientConfirm(secret, { confirmation_token_id: 'ctoken_1' })
      expect(confirmed).toMatchObject({ status: 'confirmed', customer_session_token: expect.any(String) })
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'succeeded' })
      await expect(polar.checkouts.update(checkout.id, {})).rejects.toMatchObject({
        statusCode: 403,
        error: { error: 'NotOpenCheckout' },
      })
    })

    it('needs a card token, and one with "decline" in it is declined', async () => {
      const { polar } = await start()
      const { client_secret, id } = await polar.checkouts.create({
        products: [pro.id],
        customer_email: 'a@example.com',
      })
      await expect(polar.checkouts.clientConfirm(client_secret, {})).rejects.toMatchObject({
        statusCode: 422,
      })
      await expect(
        polar.checkouts.clientConfirm(client_secret, { confirmation_token_id: 'ctoken_decline' }),
      ).rejects.toBeInstanceOf(errors.PaymentError)
      expect(await polar.checkouts.get(id)).toMatchObject({ status: 'open' })
    })
  })

  it('lists by customer and status, newest first', async () => {
    const { polar } = await start()
    const first = await polar.checkouts.create({ products: [pro.id], external_customer_id: 'org_1' })
    const second = await polar.checkouts.create({ products: [pro.id], external_customer_id: 'org_1' })
    await polar.checkouts.create({ products: [pro.id], external_customer_id: 'org_2' })
    await submit(first.url, { email: 'a@example.com', name: 'A' })
    const all = await polar.checkouts.list({ external_customer_id: 'org_1' })
    expect(all.items.map(({ id }) => id)).toEqual([second.id, first.id])
    const open = await polar.checkouts.list({ external_customer_id: 'org_1', status: ['open'] })
    expect(open.items.map(({ id }) => id)).toEqual([second.id])
  })

  it('escapes what merchants and buyers write', async () => {
    const { polar } = await start()
    const nasty = '"><script>alert(1)</script>'
    const checkout = await polar.checkouts.create({ products: [pro.id], customer_name: nasty })
    const page = await fetch(checkout.url)
    expect(await page.text()).not.toContain('<script>')
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect((await fetch(`${running.baseUrl}/checkout/polar_c_unknown`)).status).toBe(404)
  })
})

function refusal(field: string, msg: string) {
  return { statusCode: 422, error: { detail: [{ loc: ['body', field], msg }] } }
}

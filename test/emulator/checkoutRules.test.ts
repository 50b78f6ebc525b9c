import { type EmulatorCatalog, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator, submit } from './startEmulator.js'

const { free, pro, proYearly } = sampleCatalog.products
const EURO = '00000000-0000-4000-8000-000000000001'
const SEATS = '00000000-0000-4000-8000-000000000002'
const GIFT = '00000000-0000-4000-8000-000000000003'
const BOTH = '00000000-0000-4000-8000-000000000004'

const catalog = {
  ...sampleCatalog,
  products: {
    ...sampleCatalog.products,
    euro: {
      id: EURO,
      name: 'Euro',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 9_900, currency: 'eur' }],
    },
    seats: {
      id: SEATS,
      name: 'Team',
      interval: 'month',
      prices: [{ type: 'seat', amount: 1_000, minimumSeats: 2, maximumSeats: 5 }],
    },
    gift: { id: GIFT, name: 'Gift', prices: [{ type: 'custom', minimum: 500, maximum: 900, preset: 700 }] },
    both: {
      id: BOTH,
      name: 'Both',
      interval: 'month',
      prices: [
        { type: 'fixed', amount: 0 },
        { type: 'fixed', amount: 0, currency: 'eur' },
      ],
    },
  },
} as const satisfies EmulatorCatalog

describe('what a checkout costs, and whom', () => {
  let running: Running
  const start = async (options = {}): Promise<Running> => {
    running = await startEmulator({ catalog, ...options })
    return running
  }
  const open = (products: string[], rest: object = {}) =>
    running.polar.checkouts.create({ products, customer_email: 'a@example.com', ...rest })
  const refusal = (field: string, msg?: string) => ({
    statusCode: 422,
    error: { detail: [{ loc: ['body', field], ...(msg === undefined ? {} : { msg }) }] },
  })

  afterEach(() => running.close())

  describe('another product or currency', () => {
    it.each(['the API', 'the page'])('keeps its price when it is chosen by %s', async (way) => {
      const { polar } = await start()
      const checkout = await open([pro.id, EURO])
      if (way === 'the API') await polar.checkouts.update(checkout.id, { product_id: EURO })
      else await submit(`${checkout.url}/product`, { product_id: EURO })
      expect(await polar.checkouts.get(checkout.id)).toMatchObject({
        amount: 9_900,
        currency: 'eur',
        is_payment_required: true,
      })
      await submit(checkout.url, { email: 'a@example.com', name: 'A' })
      expect((await polar.subscriptions.list({})).items).toMatchObject([{ amount: 9_900, currency: 'eur' }])
    })

    it('shows the choices in their own currency', async () => {
      await start()
      const { url } = await open([pro.id, EURO])
      expect(await (await fetch(url)).text()).toContain('€99.00')
    })

    it('is refused where there is no price for it', async () => {
      const { polar } = await start()
      const { id } = await open([pro.id])
      await expect(polar.checkouts.update(id, { currency: 'eur' })).rejects.toMatchObject(
        refusal('currency', 'Product is not available in the specified currency.'),
      )
      expect(await polar.checkouts.get(id)).toMatchObject({ amount: 2_900, currency: 'usd' })
    })

    it('starts its seats anew', async () => {
      const { polar } = await start()
      const { id } = await open([SEATS, pro.id], { seats: 4 })
      expect(await polar.checkouts.update(id, { product_id: pro.id })).toMatchObject({
        seats: null,
        amount: 2_900,
      })
      expect(await polar.checkouts.update(id, { product_id: SEATS })).toMatchObject({
        seats: 2,
        amount: 2_000,
      })
    })
  })

  it('changes nothing when a part of an update is refused', async () => {
    const { polar } = await start()
    const { id } = await open([SEATS, pro.id])
    await expect(
      polar.checkouts.update(id, { product_id: pro.id, seats: 3, metadata: { a: 1 } }),
    ).rejects.toMatchObject(refusal('seats'))
    expect(await polar.checkouts.get(id)).toMatchObject({ product_id: SEATS, seats: 2, metadata: {} })
  })

  it('changes nothing when a confirmation is refused', async () => {
    const { polar } = await start()
    const { id, client_secret } = await open([SEATS])
    const confirm = polar.checkouts.clientConfirm(client_secret, {
      confirmation_token_id: 'ctoken_1',
      customer_name: 'Eve',
      seats: 99,
    })
    await expect(confirm).rejects.toMatchObject(refusal('seats'))
    expect(await polar.checkouts.get(id)).toMatchObject({ customer_name: null, status: 'open' })
  })

  it('stays inside the bounds of a pay-what-you-want price', async () => {
    const { polar } = await start()
    for (const amount of [499, 901]) {
      await expect(open([GIFT], { amount })).rejects.toMatchObject(refusal('amount'))
    }
    const { id, url } = await open([GIFT])
    await expect(polar.checkouts.update(id, { amount: 1 })).rejects.toMatchObject(refusal('amount'))
    const page = await submit(url, { email: 'a@example.com', name: 'A', amount: '0' })
    expect(page.status).toBe(402)
    expect(await page.text()).toMatch(/role="alert"/)
    expect((await polar.orders.list({})).items).toEqual([])
    expect(await polar.checkouts.update(id, { amount: 900 })).toMatchObject({ total_amount: 900 })
  })

  it('stays inside the bounds of seats', async () => {
    const { polar } = await start()
    for (const seats of [1, 6]) await expect(open([SEATS], { seats })).rejects.toMatchObject(refusal('seats'))
    await expect(open([SEATS], { seats: 3, max_seats: 2 })).rejects.toMatchObject(refusal('seats'))
    await expect(open([SEATS], { min_seats: 4, max_seats: 3 })).rejects.toMatchObject(refusal('max_seats'))
    const { id } = await open([SEATS], { min_seats: 3 })
    await expect(polar.checkouts.update(id, { seats: 2 })).rejects.toMatchObject(refusal('seats'))
    await expect(polar.checkouts.update(id, { seats: 99 })).rejects.toMatchObject(refusal('seats'))
    expect(await polar.checkouts.update(id, { seats: 5 })).toMatchObject({ amount: 5_000 })
  })

  it('takes each product once, and a trial only as a whole', async () => {
    const { polar } = await start()
    await expect(open([pro.id, pro.id])).rejects.toMatchObject({ statusCode: 422 })
    const { id } = await open([pro.id])
    await expect(polar.checkouts.update(id, { trial_interval: 'day' })).rejects.toMatchObject(
      refusal('trial_interval'),
    )
    expect(
      await polar.checkouts.update(id, { trial_interval: 'day', trial_interval_count: 3 }),
    ).toMatchObject({ trial_end: '2026-01-13T12:00:00Z' })
  })

  it('does not pretend to know discounts and made-up prices', async () => {
    await start()
    await expect(open([pro.id], { discount_id: EURO })).rejects.toMatchObject(refusal('discount_id'))
    const prices = { [pro.id]: [{ amount_type: 'fixed', price_amount: 1, price_currency: 'usd' }] }
    await expect(open([pro.id], { prices })).rejects.toThrow('501')
  })

  it('keeps the end of the trial that was bought', async () => {
    const { polar, emulator } = await start()
    const { id, url } = await open([pro.id], { trial_interval: 'day', trial_interval_count: 14 })
    await emulator.controls.advanceClock({ hours: 2 })
    await submit(url, { email: 'a@example.com', name: 'A' })
    await emulator.controls.advanceClock({ days: 3 })
    expect(await polar.checkouts.get(id)).toMatchObject({ trial_end: '2026-01-24T14:00:00Z' })
  })

  describe('whoever types the e-mail of somebody else', () => {
    const known = () =>
      running.polar.customers.create({ email: 'victim@example.com', external_id: 'victim', name: 'Victim' })

    it('gets no portal token, not even after a declined card', async () => {
      const { polar } = await start()
      const victim = await known()
      const { id, url, client_secret } = await running.polar.checkouts.create({
        products: [pro.id],
        external_customer_id: 'mallory',
        success_url: 'http://app.test/done',
      })
      await submit(url, { email: 'victim@example.com', name: 'Mallory', decline: '1' })
      expect(await polar.checkouts.get(id)).toMatchObject({ status: 'open', customer_id: null })
      expect(await (await fetch(url)).text()).not.toMatch(/name="email"[^>]*readonly/)
      const declined = polar.checkouts.clientConfirm(client_secret, {
        confirmation_token_id: 'ctoken_decline',
      })
      await expect(declined).rejects.toMatchObject({ statusCode: 400 })
      const paid = await submit(url, { email: 'victim@example.com', name: 'Mallory' })
      expect(paid.headers.get('location')).toBe('http://app.test/done')
      expect(await polar.checkouts.get(id)).toMatchObject({ customer_id: victim.id })
    })

    it('can correct it after a declined card', async () => {
      const { polar } = await start()
      await known()
      const { id, url } = await running.polar.checkouts.create({ products: [pro.id] })
      await submit(url, { email: 'victim@example.com', name: 'M', decline: '1' })
      const paid = await submit(url, { email: 'mine@example.com', name: 'M' })
      expect(paid.headers.get('location')).toContain('customer_session_token=')
      expect(await polar.checkouts.get(id)).toMatchObject({ customer_email: 'mine@example.com' })
    })

    it('does not rename them', async () => {
      const { polar } = await start()
      await known()
      const { url } = await running.polar.checkouts.create({ products: [pro.id] })
      await submit(url, { email: 'victim@example.com', name: 'Mallory', country: 'JP' })
      expect(await polar.customers.getExternal('victim')).toMatchObject({ name: 'Victim' })
    })
  })

  it('is not paid for a customer who was deleted', async () => {
    const { polar, emulator } = await start()
    const { id: customer_id } = await polar.customers.create({ email: 'd@example.com' })
    const { url, client_secret } = await open([pro.id], { customer_id })
    emulator.controls.changeSettings({ paymentDelay: 60_000 })
    const late = await open([pro.id], { customer_id })
    await submit(late.url, { name: 'D' })
    await polar.customers.delete(customer_id)
    await emulator.controls.advanceClock({ minutes: 2 })
    expect(await polar.checkouts.get(late.id)).toMatchObject({ status: 'open' })
    expect((await submit(url, { name: 'D' })).status).toBe(402)
    await expect(
      polar.checkouts.clientConfirm(client_secret, { confirmation_token_id: 'ctoken_1' }),
    ).rejects.toMatchObject({ statusCode: 409 })
    expect((await polar.subscriptions.list({})).items).toEqual([])
  })

  describe('the upgrade of a free subscription', () => {
    const freeOne = async (metadata = {}) => {
      await running.polar.customers.create({ email: 'f@example.com', external_id: 'org_1' })
      return running.polar.subscriptions.create({
        product_id: free.id,
        external_customer_id: 'org_1',
        metadata,
      })
    }

    it('drops a planned cancellation and adds to the metadata', async () => {
      const { polar, emulator } = await start()
      const { id } = await freeOne({ a: 1, b: 1 })
      await polar.subscriptions.update(id, { cancel_at_period_end: true })
      const { url } = await polar.checkouts.create({
        products: [pro.id],
        subscription_id: id,
        metadata: { b: 2 },
      })
      await submit(url, { name: 'F' })
      expect(await polar.subscriptions.get(id)).toMatchObject({
        amount: 2_900,
        cancel_at_period_end: false,
        canceled_at: null,
        ends_at: null,
        metadata: { a: 1, b: 2 },
      })
      await emulator.controls.advanceClock({ days: 40 })
      expect(await polar.subscriptions.get(id)).toMatchObject({ status: 'active' })
    })

    it('happens once', async () => {
      const { polar } = await start()
      const { id: subscription_id } = await freeOne()
      const first = await polar.checkouts.create({ products: [pro.id], subscription_id })
      const second = await polar.checkouts.create({ products: [proYearly.id], subscription_id })
      await submit(first.url, { name: 'F' })
      expect(await (await submit(second.url, { name: 'F' })).text()).toContain(
        'You already have an active subscription.',
      )
      expect((await polar.orders.list({})).items).toHaveLength(1)
    })
  })

  it('gives a free subscription the prices of one currency', async () => {
    const { polar } = await start()
    const { id: customer_id } = await polar.customers.create({ email: 'f@example.com' })
    const subscription = await polar.subscriptions.create({ product_id: BOTH, customer_id })
    expect(subscription.prices).toHaveLength(1)
  })

  it('is not opened at all by a purchase that is refused', async () => {
    const { polar, emulator, receiver } = await start()
    emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    await emulator.controls.settle()
    listen(running)
    const buy = (input: object) => () =>
      emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id, ...input })
    expect(buy({})).toThrow('active subscription')
    expect(buy({ external_customer_id: 'org_2', product_id: SEATS, seats: 99 })).toThrow()
    expect(buy({ external_customer_id: 'org_2', seats: 7 })).toThrow()
    await emulator.controls.settle()
    expect(receiver.types()).toEqual([])
    expect((await polar.checkouts.list({})).items).toHaveLength(1)
    const { subscription_id } = emulator.controls.purchase({
      external_customer_id: 'org_2',
      product_id: SEATS,
    })
    expect(await polar.subscriptions.get(subscription_id ?? '')).toMatchObject({ seats: 2, amount: 2_000 })
  })
})

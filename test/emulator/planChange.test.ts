import { type EmulatorCatalog, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator } from './startEmulator.js'

const { free, pro, proYearly, enterprise } = sampleCatalog.products
const BASIC = '00000000-0000-4000-8000-000000000001'
const STUDIO = '00000000-0000-4000-8000-000000000002'
const ONCE = '00000000-0000-4000-8000-000000000003'

const catalog = {
  ...sampleCatalog,
  products: {
    ...sampleCatalog.products,
    basic: {
      id: BASIC,
      name: 'Basic',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 1_000 }],
      benefits: ['support'],
    },
    studio: {
      id: STUDIO,
      name: 'Studio',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 9_900 }],
      trial: { interval: 'day', count: 14 },
    },
    once: { id: ONCE, name: 'Book', prices: [{ type: 'fixed', amount: 1_500 }] },
  },
} as const satisfies EmulatorCatalog

describe('changing the plan', () => {
  let running: Running
  let id: string

  const subscribe = async (productId: string): Promise<Running> => {
    running = await startEmulator({ catalog, now: '2026-04-01T00:00:00Z' })
    const { controls } = running.emulator
    id = controls.purchase({ external_customer_id: 'org_1', product_id: productId }).subscription_id ?? ''
    await controls.settle()
    listen(running)
    return running
  }
  const events = async (): Promise<string[]> => {
    await running.emulator.controls.settle()
    const types = running.receiver.types('customer.state_changed')
    running.receiver.clear()
    return types
  }
  const orders = async () => (await running.polar.orders.list({ subscription_id: id })).items

  afterEach(() => running.close())

  it('prorate: applies now and settles the difference on the next invoice', async () => {
    const { emulator, polar } = await subscribe(BASIC)
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    const changed = await polar.subscriptions.update(id, {
      product_id: pro.id,
      proration_behavior: 'prorate',
    })
    expect(changed).toMatchObject({
      product_id: pro.id,
      amount: 2_900,
      current_period_end: '2026-05-01T00:00:00Z',
    })
    expect(changed.meters).toHaveLength(1)
    expect(await events()).toEqual([
      'subscription.updated',
      'benefit_grant.revoked',
      'benefit_grant.created',
      'benefit_grant.created',
    ])
    expect(await orders()).toHaveLength(1)
    await emulator.controls.advanceClock({ to: '2026-05-01T00:00:00Z' })
    const [renewal] = await orders()
    // Half of the period was left: 1,450 for Pro less 500 for Basic.
    expect(renewal).toMatchObject({ billing_reason: 'subscription_cycle', total_amount: 2_900 - 500 + 1_450 })
    expect(renewal?.items.filter(({ proration }) => proration).map(({ amount }) => amount)).toEqual([
      -500, 1_450,
    ])
  })

  it('is what happens when nothing is said', async () => {
    const { polar } = await subscribe(BASIC)
    await polar.subscriptions.update(id, { product_id: pro.id })
    expect(await orders()).toHaveLength(1)
  })

  it('invoice: charges the difference at once', async () => {
    const { emulator, polar, receiver } = await subscribe(BASIC)
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    await polar.subscriptions.update(id, { product_id: pro.id, proration_behavior: 'invoice' })
    await emulator.controls.settle()
    expect(receiver.received.find(({ type }) => type === 'order.created')?.data).toMatchObject({
      status: 'pending',
      billing_reason: 'subscription_update',
    })
    expect((await events()).slice(0, 4)).toEqual([
      'order.created',
      'subscription.updated',
      'order.updated',
      'order.paid',
    ])
    expect(await orders()).toMatchObject([{ total_amount: 950, status: 'paid' }, { total_amount: 1_000 }])
  })

  it('invoice: changes nothing when the card is declined', async () => {
    const { emulator, polar } = await subscribe(BASIC)
    emulator.controls.setCard({ external_customer_id: 'org_1', declines: true })
    await expect(
      polar.subscriptions.update(id, { product_id: pro.id, proration_behavior: 'invoice' }),
    ).rejects.toMatchObject({ statusCode: 402, error: { error: 'PaymentFailed' } })
    expect(await events()).toEqual([])
    expect(await polar.subscriptions.get(id)).toMatchObject({ product_id: BASIC, amount: 1_000 })
  })

  it('changes nothing when a part of it is refused', async () => {
    const { emulator, polar } = await subscribe(BASIC)
    const parts = { product_id: pro.id, metadata: { a: 1 } }
    await expect(
      polar.subscriptions.update(id, { ...parts, trial_end: '2026-01-01T00:00:00Z' }),
    ).rejects.toMatchObject({ statusCode: 422 })
    emulator.controls.setCard({ external_customer_id: 'org_1', declines: true })
    await expect(
      polar.subscriptions.update(id, { ...parts, proration_behavior: 'invoice' }),
    ).rejects.toMatchObject({ statusCode: 402 })
    expect(await events()).toEqual([])
    expect(await polar.subscriptions.get(id)).toMatchObject({ product_id: BASIC, metadata: {} })
  })

  it('changes product, trial and metadata together', async () => {
    const { polar } = await subscribe(STUDIO)
    const changed = await polar.subscriptions.update(id, {
      product_id: pro.id,
      metadata: { a: 1 },
      trial_end: '2026-04-20T00:00:00Z',
    })
    expect(changed).toMatchObject({
      product_id: pro.id,
      metadata: { a: 1 },
      status: 'trialing',
      current_period_end: '2026-04-20T00:00:00Z',
    })
    expect(await orders()).toMatchObject([{ total_amount: 0 }])
  })

  it('writes no lines for what was free', async () => {
    const { emulator, polar } = await subscribe(free.id)
    emulator.controls.setCard({ external_customer_id: 'org_1', declines: false })
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    await polar.subscriptions.update(id, { product_id: pro.id })
    await emulator.controls.advanceClock({ to: '2026-05-01T00:00:00Z' })
    const [renewal] = await orders()
    expect(renewal?.items.map(({ label, amount }) => [label, amount])).toEqual([
      ['Pro', 2_900],
      ['Remaining time on Pro', 1_450],
    ])
  })

  it('keeps the credit of a downgrade for the next invoices', async () => {
    const { emulator, polar } = await subscribe(enterprise.id)
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    await polar.subscriptions.update(id, { product_id: BASIC, proration_behavior: 'invoice' })
    expect(await orders()).toHaveLength(1)
    await emulator.controls.advanceClock({ to: '2026-05-01T00:00:00Z' })
    // 24,950 back and 500 for the rest of April leave nothing to pay in May, nor in June.
    expect(await orders()).toMatchObject([{ total_amount: 0, status: 'paid' }, { total_amount: 49_900 }])
    await emulator.controls.advanceClock({ to: '2026-06-01T00:00:00Z' })
    expect((await orders())[0]).toMatchObject({ total_amount: 0 })
  })

  it('next_period: only plans, applies at the renewal and can be dropped', async () => {
    const { emulator, polar } = await subscribe(pro.id)
    const planned = await polar.subscriptions.update(id, {
      product_id: BASIC,
      proration_behavior: 'next_period',
    })
    expect(planned).toMatchObject({
      product_id: pro.id,
      pending_update: { product_id: BASIC, applies_at: '2026-05-01T00:00:00Z', seats: null, units: null },
    })
    expect(await events()).toEqual(['subscription.updated'])
    expect(await polar.subscriptions.update(id, { pending_update: null })).toMatchObject({
      pending_update: null,
    })
    await expect(polar.subscriptions.update(id, { pending_update: null })).rejects.toMatchObject({
      statusCode: 422,
    })
    await polar.subscriptions.update(id, { product_id: BASIC, proration_behavior: 'next_period' })
    await events()
    await emulator.controls.advanceClock({ to: '2026-05-01T00:00:00Z' })
    expect(await events()).toEqual([
      'subscription.cycled',
      'subscription.updated',
      'order.created',
      'order.updated',
      'order.paid',
      'benefit_grant.revoked',
      'benefit_grant.revoked',
      'benefit_grant.created',
    ])
    expect(await polar.subscriptions.get(id)).toMatchObject({ product_id: BASIC, pending_update: null })
    expect((await orders())[0]).toMatchObject({ total_amount: 1_000 })
  })

  it('starts a new period now when the interval changes', async () => {
    const { emulator, polar } = await subscribe(pro.id)
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    const changed = await polar.subscriptions.update(id, { product_id: proYearly.id })
    expect(changed).toMatchObject({
      recurring_interval: 'year',
      current_period_start: '2026-04-16T00:00:00Z',
      current_period_end: '2027-04-16T00:00:00Z',
    })
    expect((await orders())[0]).toMatchObject({
      billing_reason: 'subscription_update',
      total_amount: 29_000 - 1_450,
    })
  })

  it('charges nothing while trialing; a product without a trial ends it', async () => {
    const { polar } = await subscribe(STUDIO)
    expect(await polar.subscriptions.get(id)).toMatchObject({ status: 'trialing' })
    const changed = await polar.subscriptions.update(id, { product_id: pro.id })
    expect(changed).toMatchObject({ status: 'active', product_id: pro.id, amount: 2_900 })
    expect(await orders()).toMatchObject([{ total_amount: 2_900 }, { total_amount: 0 }])
  })

  it('next_period in a trial: another interval begins with the end of the trial, and is charged once', async () => {
    const { emulator, polar } = await subscribe(STUDIO)
    await polar.subscriptions.update(id, { product_id: proYearly.id, proration_behavior: 'next_period' })
    await emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
    expect(await polar.subscriptions.get(id)).toMatchObject({
      status: 'active',
      product_id: proYearly.id,
      current_period_start: '2026-04-15T00:00:00Z',
      current_period_end: '2027-04-15T00:00:00Z',
    })
    expect(await orders()).toMatchObject([{ total_amount: 29_000 }, { total_amount: 0 }])
  })

  it('refuses what Polar refuses', async () => {
    const { polar } = await subscribe(pro.id)
    const change = (body: Parameters<typeof polar.subscriptions.update>[1]) =>
      polar.subscriptions.update(id, body)
    const msg = (text: string) => ({ statusCode: 422, error: { detail: [{ msg: text }] } })
    await expect(change({ product_id: ONCE })).rejects.toMatchObject(msg('Product is not recurring.'))
    await expect(change({ product_id: '00000000-0000-4000-8000-0000000000ff' })).rejects.toMatchObject(
      msg('Product does not exist.'),
    )
    await expect(change({ product_id: BASIC, proration_behavior: 'reset' })).rejects.toMatchObject(
      msg("The 'reset' proration behavior is not enabled for this organization."),
    )
    await expect(change({ cancel_at_period_end: false })).rejects.toMatchObject({
      statusCode: 409,
      error: { error: 'SubscriptionNotScheduledToCancel' },
    })
    await expect(change({ resume: true })).rejects.toMatchObject({ statusCode: 409 })
    await expect(change({ pause_at_period_end: false })).rejects.toMatchObject({ statusCode: 409 })
    await change({ cancel_at_period_end: true })
    await expect(change({ cancel_at_period_end: true })).rejects.toMatchObject({
      statusCode: 403,
      error: { error: 'AlreadyCanceledSubscription' },
    })
    await expect(change({ product_id: BASIC })).rejects.toMatchObject({ statusCode: 403 })
    await change({ revoke: true })
    await expect(change({ cancel_at_period_end: false })).rejects.toMatchObject({ statusCode: 410 })
  })

  it('takes one kind of change at a time, and no unknown keys', async () => {
    const { baseUrl } = await subscribe(pro.id)
    const patch = async (body: object) => {
      const response = await fetch(`${baseUrl}/v1/subscriptions/${id}`, {
        method: 'PATCH',
        headers: { authorization: 'Bearer polar_oat_test' },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: (await response.json()) as object }
    }
    expect(await patch({ cancel_at_period_end: true, product_id: BASIC })).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'extra_forbidden', loc: ['body', 'SubscriptionCancel', 'product_id'] }] },
    })
    expect(await patch({ product_id: BASIC, nonsense: 1 })).toMatchObject({ status: 422 })
    expect(await patch({ metadata: { a: 'b' } })).toMatchObject({
      status: 200,
      body: { metadata: { a: 'b' } },
    })
  })

  it('subscribes to free products only', async () => {
    const { polar } = await subscribe(pro.id)
    const customer = await polar.customers.create({ email: 'b@example.com', external_id: 'org_2' })
    await expect(
      polar.subscriptions.create({ product_id: pro.id, customer_id: customer.id }),
    ).rejects.toMatchObject({ statusCode: 422 })
    await expect(
      polar.subscriptions.create({ product_id: free.id, external_customer_id: 'nobody' }),
    ).rejects.toMatchObject({ error: { detail: [{ loc: ['body', 'external_customer_id'] }] } })
    expect(
      await polar.subscriptions.create({ product_id: free.id, external_customer_id: 'org_2' }),
    ).toMatchObject({ status: 'active', amount: 0 })
  })
})

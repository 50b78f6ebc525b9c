import { type EmulatorCatalog, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, listen, portalForm, startEmulator } from './startEmulator.js'

const { pro } = sampleCatalog.products
const STUDIO = '00000000-0000-4000-8000-000000000001'
const WEEKLY = '00000000-0000-4000-8000-000000000002'

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
      benefits: ['support'],
    },
    weekly: { id: WEEKLY, name: 'Weekly', interval: 'week', prices: [{ type: 'fixed', amount: 500 }] },
  },
} as const satisfies EmulatorCatalog

const STATE = 'customer.state_changed'
const REVOKED_GRANTS = ['benefit_grant.revoked', 'benefit_grant.revoked']
const CYCLED_GRANTS = ['benefit_grant.cycled', 'benefit_grant.cycled']
const RENEWED = ['subscription.cycled', 'subscription.updated', 'order.created']
const PAID = ['order.updated', 'order.paid']

describe('the life of a subscription', () => {
  let running: Running
  let id: string

  /** A subscription that starts on January 10; everything after the purchase is received. */
  const subscribe = async (productId: string = pro.id, options = {}): Promise<Running> => {
    running = await startEmulator({ catalog, ...options })
    const { controls } = running.emulator
    id = controls.purchase({ external_customer_id: 'org_1', product_id: productId }).subscription_id ?? ''
    await controls.settle()
    listen(running)
    return running
  }

  /**
   * What came since the last look, without the state changes, whose place is not fixed; one must have come
   * last.
   */
  const events = async (): Promise<string[]> => {
    await running.emulator.controls.settle()
    const types = running.receiver.types()
    running.receiver.clear()
    expect(types.at(-1)).toBe(STATE)
    return types.filter((type) => type !== STATE)
  }

  const subscription = () => running.polar.subscriptions.get(id)
  const declines = (value: boolean) =>
    running.emulator.controls.setCard({ external_customer_id: 'org_1', declines: value })

  afterEach(() => running.close())

  it('renews: the period moves before the payment, credits come with the payment', async () => {
    const { emulator, polar, receiver } = await subscribe()
    await emulator.controls.advanceClock({ to: '2026-02-10T12:00:00Z' })
    await emulator.controls.settle()
    const order = receiver.received.find(({ type }) => type === 'order.created')
    expect(order?.data).toMatchObject({ status: 'pending', billing_reason: 'subscription_cycle' })
    const updated = receiver.received.find(({ type }) => type === 'subscription.updated')
    expect(updated?.data).toMatchObject({ current_period_end: '2026-03-10T12:00:00Z' })
    expect(await events()).toEqual([...RENEWED, ...PAID, ...CYCLED_GRANTS])
    expect(await subscription()).toMatchObject({
      status: 'active',
      current_period_start: '2026-02-10T12:00:00Z',
      current_period_end: '2026-03-10T12:00:00Z',
    })
    expect((await polar.orders.list({ subscription_id: id })).items).toMatchObject([
      { billing_reason: 'subscription_cycle', status: 'paid', total_amount: 2_900 },
      { billing_reason: 'subscription_create', status: 'paid', total_amount: 2_900 },
    ])
  })

  it('keeps the anchor day over short months', async () => {
    await subscribe(pro.id, { now: '2026-01-31T08:00:00Z' })
    const ends: string[] = []
    for (let month = 0; month < 4; month += 1) {
      const { current_period_end } = await subscription()
      ends.push(current_period_end)
      await running.emulator.controls.advanceClock({ to: current_period_end })
    }
    expect(ends).toEqual([
      '2026-02-28T08:00:00Z',
      '2026-03-31T08:00:00Z',
      '2026-04-30T08:00:00Z',
      '2026-05-31T08:00:00Z',
    ])
  })

  it('turns a trial into a paid period without an active event', async () => {
    const { emulator } = await subscribe(STUDIO)
    expect(await subscription()).toMatchObject({ status: 'trialing', trial_end: '2026-01-24T12:00:00Z' })
    await emulator.controls.advanceClock({ days: 14 })
    expect(await events()).toEqual([...RENEWED, ...PAID, 'benefit_grant.cycled'])
    expect(await subscription()).toMatchObject({
      status: 'active',
      current_period_start: '2026-01-24T12:00:00Z',
      current_period_end: '2026-02-24T12:00:00Z',
    })
  })

  it('ends a trial at once or moves its end', async () => {
    const { polar } = await subscribe(STUDIO)
    await polar.subscriptions.update(id, { trial_end: '2026-01-20T00:00:00Z' })
    expect(await events()).toEqual(['subscription.updated'])
    expect(await subscription()).toMatchObject({ current_period_end: '2026-01-20T00:00:00Z' })
    await polar.subscriptions.update(id, { trial_end: 'now' })
    expect(await events()).toEqual([...RENEWED, ...PAID, 'benefit_grant.cycled'])
    expect(await subscription()).toMatchObject({ status: 'active' })
    await expect(polar.subscriptions.update(id, { trial_end: 'now' })).rejects.toMatchObject({
      statusCode: 422,
      error: { detail: [{ msg: 'The subscription is not currently trialing.' }] },
    })
  })

  it('ends a trial that is being canceled without charging it', async () => {
    const { polar } = await subscribe(STUDIO)
    await polar.subscriptions.update(id, { cancel_at_period_end: true })
    expect(await polar.subscriptions.update(id, { trial_end: '2026-01-20T00:00:00Z' })).toMatchObject({
      ends_at: '2026-01-20T00:00:00Z',
    })
    await events()
    expect(await polar.subscriptions.update(id, { trial_end: 'now' })).toMatchObject({
      status: 'canceled',
      ended_at: '2026-01-10T12:00:02Z',
    })
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.canceled',
      'subscription.revoked',
      'benefit_grant.revoked',
    ])
    expect((await polar.orders.list({})).items).toMatchObject([{ total_amount: 0 }])
  })

  it('pauses a trial that was to be paused when it ends', async () => {
    const { polar } = await subscribe(STUDIO)
    await polar.subscriptions.update(id, { pause_at_period_end: true })
    expect(await polar.subscriptions.update(id, { trial_end: 'now' })).toMatchObject({ status: 'paused' })
    expect((await polar.orders.list({})).items).toMatchObject([{ total_amount: 0 }])
  })

  it('collects the last usage with a new card, without coming back to life', async () => {
    const { emulator, polar } = await subscribe()
    await polar.events.ingest({
      events: [{ name: 'tts_generation', external_customer_id: 'org_1', metadata: { characters: 11_000 } }],
    })
    await polar.subscriptions.update(id, { cancel_at_period_end: true })
    declines(true)
    await emulator.controls.advanceClock({ days: 31 })
    expect((await polar.orders.list({})).items[0]).toMatchObject({ status: 'pending', total_amount: 30 })
    await events()
    const session = await polar.customerSessions.create({ external_customer_id: 'org_1' })
    await portalForm(session.customer_portal_url, '/card')
    expect(await events()).toEqual(PAID)
    expect((await polar.orders.list({})).items[0]).toMatchObject({ status: 'paid' })
    expect(await subscription()).toMatchObject({ status: 'canceled' })
  })

  it('cancels at the end of the period and announces the cancellation twice', async () => {
    const { emulator, polar } = await subscribe()
    const canceled = await polar.subscriptions.update(id, {
      cancel_at_period_end: true,
      customer_cancellation_reason: 'too_expensive',
      customer_cancellation_comment: 'Sorry',
    })
    expect(canceled).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
      ends_at: '2026-02-10T12:00:00Z',
      ended_at: null,
      customer_cancellation_reason: 'too_expensive',
    })
    expect(await events()).toEqual(['subscription.updated', 'subscription.canceled'])
    await emulator.controls.advanceClock({ to: '2026-02-10T12:00:00Z' })
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.canceled',
      'subscription.revoked',
      ...REVOKED_GRANTS,
    ])
    expect(await subscription()).toMatchObject({ status: 'canceled', ended_at: '2026-02-10T12:00:00Z' })
    expect((await polar.customers.getStateExternal('org_1')).active_subscriptions).toEqual([])
    await emulator.controls.advanceClock({ days: 100 })
    expect(running.receiver.types()).toEqual([])
  })

  it('bills the usage of the last period when it ends', async () => {
    const { emulator, polar } = await subscribe()
    await polar.events.ingest({
      events: [{ name: 'tts_generation', external_customer_id: 'org_1', metadata: { characters: 11_000 } }],
    })
    await polar.subscriptions.update(id, { cancel_at_period_end: true })
    await events()
    await emulator.controls.advanceClock({ days: 31 })
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.canceled',
      'subscription.revoked',
      'order.created',
      ...PAID,
      ...REVOKED_GRANTS,
    ])
    expect((await polar.orders.list({ subscription_id: id })).items[0]).toMatchObject({
      billing_reason: 'subscription_cycle',
      total_amount: 30,
    })
  })

  it('takes a planned cancellation back', async () => {
    const { emulator, polar } = await subscribe()
    await polar.subscriptions.update(id, {
      cancel_at_period_end: true,
      customer_cancellation_reason: 'unused',
    })
    await events()
    const kept = await polar.subscriptions.update(id, { cancel_at_period_end: false })
    expect(kept).toMatchObject({
      cancel_at_period_end: false,
      canceled_at: null,
      ends_at: null,
      customer_cancellation_reason: null,
    })
    expect(await events()).toEqual(['subscription.updated', 'subscription.uncanceled'])
    await emulator.controls.advanceClock({ days: 31 })
    expect(await events()).toEqual([...RENEWED, ...PAID, ...CYCLED_GRANTS])
  })

  it('revokes at once, by update and by DELETE', async () => {
    const { polar } = await subscribe()
    const revoked = await polar.subscriptions.update(id, { revoke: true })
    expect(revoked).toMatchObject({
      status: 'canceled',
      cancel_at_period_end: false,
      ended_at: '2026-01-10T12:00:01Z',
    })
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.canceled',
      'subscription.revoked',
      ...REVOKED_GRANTS,
    ])
    await expect(polar.subscriptions.revoke(id)).rejects.toMatchObject({
      statusCode: 403,
      error: { error: 'AlreadyCanceledSubscription' },
    })
  })

  it('becomes past due when a renewal fails, keeps trying and recovers with the same grants', async () => {
    const { emulator, polar, receiver } = await subscribe()
    const before = (await polar.benefitGrants.list({ external_customer_id: 'org_1' })).items.map(
      (grant) => grant.id,
    )
    declines(true)
    await emulator.controls.advanceClock({ to: '2026-02-10T12:00:00Z' })
    expect(await events()).toEqual([
      ...RENEWED,
      'subscription.updated',
      'subscription.past_due',
      ...REVOKED_GRANTS,
    ])
    expect(await subscription()).toMatchObject({
      status: 'past_due',
      past_due_at: '2026-02-10T12:00:00Z',
      current_period_end: '2026-03-10T12:00:00Z',
    })
    expect((await polar.orders.list({ status: ['pending'] })).items).toMatchObject([
      { next_payment_attempt_at: '2026-02-12T12:00:00Z', paid: false },
    ])
    const state = await polar.customers.getStateExternal('org_1')
    expect(state).toMatchObject({ active_subscriptions: [], granted_benefits: [] })
    expect(state.active_meters).toMatchObject([{ credited_units: 0 }])

    await emulator.controls.advanceClock({ days: 2 })
    expect(receiver.types()).toEqual([])
    declines(false)
    await emulator.controls.advanceClock({ days: 5 })
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.active',
      ...PAID,
      'benefit_grant.created',
      'benefit_grant.created',
    ])
    const after = await polar.benefitGrants.list({ external_customer_id: 'org_1', is_granted: true })
    expect(after.items.map((grant) => grant.id).sort()).toEqual(before.sort())
    expect(await subscription()).toMatchObject({ status: 'active', past_due_at: null })
  })

  it('is canceled when the last attempt fails after 21 days', async () => {
    const { emulator, polar } = await subscribe()
    declines(true)
    await emulator.controls.advanceClock({ to: '2026-02-10T12:00:00Z' })
    await events()
    const attempts: (string | null | undefined)[] = []
    for (const days of [2, 5, 7]) {
      attempts.push((await polar.orders.list({ status: ['pending'] })).items[0]?.next_payment_attempt_at)
      await emulator.controls.advanceClock({ days })
    }
    attempts.push((await polar.orders.list({ status: ['pending'] })).items[0]?.next_payment_attempt_at)
    expect(attempts).toEqual([
      '2026-02-12T12:00:00Z',
      '2026-02-17T12:00:00Z',
      '2026-02-24T12:00:00Z',
      '2026-03-03T12:00:00Z',
    ])
    expect(running.receiver.types()).toEqual([])
    await emulator.controls.advanceClock({ days: 7 })
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.canceled',
      'subscription.revoked',
      'order.updated',
    ])
    expect(await subscription()).toMatchObject({ status: 'canceled', ended_at: '2026-03-03T12:00:00Z' })
    expect((await polar.orders.list({ status: ['void'] })).items).toHaveLength(1)
  })

  it('voids the open order of a past due subscription that is revoked', async () => {
    const { emulator, polar } = await subscribe()
    declines(true)
    await emulator.controls.advanceClock({ days: 31 })
    await events()
    await polar.subscriptions.revoke(id)
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.canceled',
      'subscription.revoked',
      'order.updated',
    ])
    await emulator.controls.advanceClock({ days: 60 })
    expect(running.receiver.types()).toEqual([])
  })

  it('does not renew while past due, and catches up after the recovery', async () => {
    const { emulator, polar } = await subscribe(WEEKLY)
    declines(true)
    await emulator.controls.advanceClock({ days: 7 + 8 })
    expect(await subscription()).toMatchObject({
      status: 'past_due',
      current_period_end: '2026-01-24T12:00:00Z',
    })
    declines(false)
    await emulator.controls.advanceClock({ days: 6 })
    expect(await subscription()).toMatchObject({
      status: 'active',
      current_period_end: '2026-02-07T12:00:00Z',
    })
    expect((await polar.orders.list({ status: ['paid'] })).pagination.total_count).toBe(4)
  })

  it('pauses at the end of the period and resumes on its day with a new period', async () => {
    const { emulator, polar } = await subscribe()
    const planned = await polar.subscriptions.update(id, {
      pause_at_period_end: true,
      resumes_at: '2026-03-01T00:00:00Z',
    })
    expect(planned).toMatchObject({
      status: 'active',
      pause_at_period_end: true,
      resumes_at: '2026-03-01T00:00:00Z',
    })
    expect(await events()).toEqual(['subscription.updated'])
    await emulator.controls.advanceClock({ to: '2026-02-10T12:00:00Z' })
    expect(await events()).toEqual(['subscription.updated', 'subscription.paused', ...REVOKED_GRANTS])
    expect(await subscription()).toMatchObject({ status: 'paused', paused_at: '2026-02-10T12:00:00Z' })
    expect((await polar.customers.getStateExternal('org_1')).active_subscriptions).toEqual([])
    await emulator.controls.advanceClock({ to: '2026-03-01T00:00:00Z' })
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.resumed',
      'order.created',
      ...PAID,
      'benefit_grant.created',
      'benefit_grant.created',
    ])
    expect(await subscription()).toMatchObject({
      status: 'active',
      paused_at: null,
      current_period_start: '2026-03-01T00:00:00Z',
      current_period_end: '2026-04-01T00:00:00Z',
    })
  })

  it('resumes a pause on request; a cancellation drops a planned pause', async () => {
    const { emulator, polar } = await subscribe()
    await polar.subscriptions.update(id, { pause_at_period_end: true })
    await emulator.controls.advanceClock({ days: 40 })
    expect(await subscription()).toMatchObject({ status: 'paused' })
    expect(await polar.subscriptions.update(id, { resume: true })).toMatchObject({ status: 'active' })
    await polar.subscriptions.update(id, { pause_at_period_end: true })
    const canceled = await polar.subscriptions.update(id, { cancel_at_period_end: true })
    expect(canceled).toMatchObject({ pause_at_period_end: false })
  })

  it('keeps what the events of a deleted customer say in order', async () => {
    const { emulator, polar, receiver } = await subscribe()
    await polar.customers.deleteExternal('org_1')
    await emulator.controls.settle()
    expect(receiver.types(STATE)).toEqual([
      'subscription.updated',
      'subscription.canceled',
      'subscription.revoked',
      ...REVOKED_GRANTS,
      'customer.deleted',
    ])
    await expect(polar.customers.getStateExternal('org_1')).rejects.toMatchObject({ statusCode: 404 })
    expect((await subscription()).customer).toMatchObject({
      external_id: null,
      deleted_at: expect.any(String),
    })
  })
})

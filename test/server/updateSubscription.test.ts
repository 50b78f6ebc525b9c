import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolar } from '@polar-sh/sdk/2026-10'
import type { SubscriptionUpdate } from 'polar-billing-kit/contract'
import type { EmulatorCatalog } from 'polar-billing-kit/emulator'
import { createBilling } from 'polar-billing-kit/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEvents } from './live/openEvents.js'
import { polarCatalog, type Running, startBilling } from './startBilling.js'

const catalog = {
  ...polarCatalog,
  products: {
    ...polarCatalog.products,
    team: {
      name: 'Team',
      interval: 'month',
      prices: [{ type: 'seat', amount: 1_000, minimumSeats: 2, maximumSeats: 10 }],
    },
    // Sold no longer, but somebody still has it.
    euro: {
      name: 'Old Team',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 9_000, currency: 'eur' }],
    },
  },
} as const satisfies EmulatorCatalog

const PERIOD_END = '2026-02-10T12:00:00.000Z'
const toYear = { action: 'change', planType: 'pro', interval: 'year' } as const
const later = { ...toYear, when: 'period_end' } as const

let running: Running
beforeEach(async () => {
  running = await startBilling({ emulator: { catalog } })
})
afterEach(() => running.close())

const controls = () => running.emulator.controls
const polar = () => createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })
const give = (product = 'pro', fields: object = {}, organizationId = 'acme'): string => {
  const { subscription_id: id } = controls().purchase({
    external_customer_id: organizationId,
    product_id: running.products[product] ?? '',
  })
  controls().patchSubscription({ id: id ?? '', ...fields })
  return id ?? ''
}
const update = (input: SubscriptionUpdate, organizationId = 'acme') =>
  running.as(organizationId).post('/subscription', input)
const read = async () => (await running.as('acme').get('/subscription')).body
const orders = async () => (await polar().orders.list({ external_customer_id: ['acme'] })).items
const changesAsked = () =>
  running.polarCalls.filter((call) => call.startsWith('PATCH /v1/subscriptions')).length
const wait = (seconds: number) => controls().advanceClock({ seconds })
const decline = () => controls().setCard({ external_customer_id: 'acme', declines: true })
/** Polar refuses the next change by this name. */
const refuse = (status: number, error: string) =>
  controls().addFault({ method: 'PATCH', path: '/subscriptions/*', status, error, times: 1 })

describe('change', () => {
  it('now: charges the difference, and answers what is read from now on', async () => {
    give()
    await controls().advanceClock({ to: '2026-01-26T00:00:00Z' })
    const { status, body } = await update(toYear)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'active',
      planType: 'pro',
      amount: 29_000,
      currentPeriodEnd: '2027-01-26T00:00:00.000Z',
      product: { recurringInterval: 'year' },
      pendingChange: null,
      stale: false,
    })
    const [order] = await orders()
    expect(order).toMatchObject({ billing_reason: 'subscription_update', status: 'paid' })
    expect(body.latestOrder).toMatchObject({ id: order?.id, amount: 29_000 - 1_450, paid: true })
    expect(await read()).toEqual(body)
  })

  it('without an interval the present one stays where the plan has it', async () => {
    give('proYear')
    const { body } = await update({ action: 'change', planType: 'pro' })
    expect(body.error).toMatchObject({ code: 'CONFLICT', message: 'This organization is already on Pro.' })
    give('proYear', {}, 'other')
    const { body: moved } = await update({ action: 'change', planType: 'team' }, 'other')
    expect(moved).toMatchObject({ planType: 'team', product: { recurringInterval: 'month' }, seats: 2 })
  })

  it('period_end: waits, and a change to what they have takes it back', async () => {
    give()
    expect((await update(later)).body).toMatchObject({
      amount: 2_900,
      pendingChange: { planType: 'pro', interval: 'year', seats: null, appliesAt: PERIOD_END },
    })
    expect((await update({ action: 'change', planType: 'pro', interval: 'month' })).body).toMatchObject({
      pendingChange: null,
    })
    expect(await orders()).toHaveLength(1)
    expect((await update({ action: 'change', planType: 'pro' })).body.error).toMatchObject({
      code: 'CONFLICT',
      message: 'This organization is already on Pro.',
    })
  })

  it('period_end: is done at the end of the period', async () => {
    give()
    await update(later)
    await controls().advanceClock({ to: '2026-02-11T00:00:00Z' })
    expect(await read()).toMatchObject({ amount: 29_000, pendingChange: null })
  })

  it('period_end: does not happen to what is canceled, and waits again for who resumes', async () => {
    give()
    await update(later)
    expect((await update({ action: 'cancel' })).body).toMatchObject({ pendingChange: null })
    expect((await update({ action: 'resume' })).body).toMatchObject({
      pendingChange: { planType: 'pro', appliesAt: PERIOD_END },
    })
    await update({ action: 'cancel' })
    await controls().advanceClock({ to: '2026-02-11T00:00:00Z' })
    expect(await read()).toMatchObject({ status: 'canceled', amount: 2_900, pendingChange: null })
  })

  it('who has an old product of the plan is not moved to its new price by a click on what he has', async () => {
    const id = give('trial', { status: 'active' })
    expect((await update({ action: 'change', planType: 'pro' })).status).toBe(409)
    await update(later)
    expect((await update({ action: 'change', planType: 'pro' })).body).toMatchObject({
      pendingChange: null,
      product: { id: running.products['trial'] },
    })
    expect((await polar().subscriptions.get(id)).product_id).toBe(running.products['trial'])
  })

  it('in a trial nothing is charged before the new plan’s own terms say so', async () => {
    give('trial')
    expect((await update(later)).body).toMatchObject({
      status: 'trialing',
      pendingChange: { planType: 'pro' },
    })
    expect((await update(toYear)).body).toMatchObject({ status: 'active', amount: 29_000 })
    expect(await orders()).toMatchObject([{ total_amount: 29_000 }, { total_amount: 0 }])
  })

  it('past due: the provider decides, and a charge that fails changes nothing', async () => {
    give('pro', { status: 'past_due', past_due_at: '2026-01-10T12:00:00Z' })
    decline()
    expect((await update(toYear)).status).toBe(402)
    expect(await read()).toMatchObject({ status: 'past_due', amount: 2_900 })
  })

  it('a free plan needs a card first', async () => {
    await running.close()
    running = await startBilling({ emulator: { catalog } })
    const customer = await polar().customers.create({ external_id: 'acme', email: 'a@example.com' })
    await polar().subscriptions.create({
      customer_id: customer.id,
      product_id: running.products['free'] ?? '',
    })
    expect((await update(toYear)).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('open a checkout'),
    })
    expect(changesAsked()).toBe(0)
  })

  it.each([
    ['an unknown plan', 'gold', 'There is no plan "gold".'],
    ['the default plan', 'free', 'The plan "free" is not for sale here.'],
    ['a plan to ask for', 'enterprise', 'contact mailto:sales@example.com'],
  ])('refuses %s', async (_name, planType, message) => {
    give()
    const { status, body } = await update({ action: 'change', planType })
    expect(status).toBe(400)
    expect(body.error.message).toContain(message)
    expect(changesAsked()).toBe(0)
  })

  it('period_end: a pause comes first, and the change waits for the end of what is resumed', async () => {
    give()
    await update(later)
    expect((await update({ action: 'pause' })).body).toMatchObject({ pendingChange: null })
    expect((await update({ action: 'resume' })).body).toMatchObject({
      pendingChange: { planType: 'pro', appliesAt: PERIOD_END },
    })
    await update({ action: 'pause' })
    await controls().advanceClock({ to: '2026-03-01T00:00:00Z' })
    expect(await read()).toMatchObject({ status: 'paused', pendingChange: null })
    expect((await update({ action: 'resume' })).body).toMatchObject({
      amount: 2_900,
      pendingChange: { planType: 'pro', appliesAt: '2026-04-01T00:00:00.000Z' },
    })
    await controls().advanceClock({ to: '2026-04-02T00:00:00Z' })
    expect(await read()).toMatchObject({ amount: 29_000, pendingChange: null })
  })

  it('period_end: not where the plan is paused then', async () => {
    give()
    await update({ action: 'pause' })
    expect((await update(later)).body.error).toMatchObject({
      code: 'CONFLICT',
      message: 'The subscription is paused at the end of the period: resume it first, or change it now.',
    })
    expect((await update(toYear)).body).toMatchObject({ amount: 29_000 })
  })

  it('from seats to none: CONFLICT, which says the way out', async () => {
    give('team')
    for (const when of ['now', 'period_end'] as const)
      expect((await update({ action: 'change', planType: 'pro', when })).body.error).toMatchObject({
        code: 'CONFLICT',
        message:
          'Team has seats and Pro has none, and a subscription keeps its seats: cancel Team, and get Pro once it has ended.',
      })
    expect(changesAsked()).toBe(0)
  })

  it('to seats at the end of the period: CONFLICT, for they begin at once', async () => {
    give()
    expect(
      (await update({ action: 'change', planType: 'team', when: 'period_end' })).body.error,
    ).toMatchObject({
      code: 'CONFLICT',
      message: 'The seats of Team begin at once: change to it now.',
    })
    expect(changesAsked()).toBe(0)
    expect((await update({ action: 'change', planType: 'team' })).body).toMatchObject({ seats: 2 })
  })

  it('what only the provider knows to be impossible is said in its words', async () => {
    give('euro')
    expect((await update({ action: 'change', planType: 'pro' })).body.error).toMatchObject({
      code: 'CONFLICT',
      message:
        "The subscription does not allow this now: This product doesn't have a price for the subscription currency.",
    })
  })
})

describe('seats', () => {
  beforeEach(() => {
    give('team')
  })

  it('now: charges the rest of the period; fewer are credited', async () => {
    expect((await update({ action: 'seats', seats: 5 })).body).toMatchObject({ seats: 5, amount: 5_000 })
    expect((await orders())[0]).toMatchObject({ billing_reason: 'subscription_update', total_amount: 3_000 })
    expect((await update({ action: 'seats', seats: 3 })).body).toMatchObject({ seats: 3, amount: 3_000 })
    expect(await orders()).toHaveLength(2)
  })

  it('period_end: waits, and their present number takes it back', async () => {
    expect((await update({ action: 'seats', seats: 5, when: 'period_end' })).body).toMatchObject({
      seats: 2,
      pendingChange: { planType: null, interval: null, seats: 5, appliesAt: PERIOD_END },
    })
    expect((await update({ action: 'seats', seats: 2 })).body).toMatchObject({ pendingChange: null })
  })

  it.each([
    [1, 'seats: Minimum 2 seats required.'],
    [11, 'seats: Maximum 10 seats allowed.'],
  ])('%i are not sold', async (seats, message) => {
    const { status, body } = await update({ action: 'seats', seats })
    expect(status).toBe(400)
    expect(body.error.message).toBe(message)
  })

  it('fewer than are given away: CONFLICT', async () => {
    await update({ action: 'seats', seats: 4 })
    for (const name of ['ada', 'bob', 'eve'])
      await running.as('acme').post('/seats', { action: 'assign', email: `${name}@example.org` })
    expect((await update({ action: 'seats', seats: 2 })).body.error).toMatchObject({
      code: 'CONFLICT',
      message:
        'So many seats are given away: Cannot decrease seats to 2. Currently 3 seats are assigned. Revoke seats first.',
    })
  })

  it.each([0, 2.5, 1_000_001])(
    '%d is no number of seats: BAD_REQUEST, and nobody is asked',
    async (seats) => {
      expect((await update({ action: 'seats', seats })).status).toBe(400)
      expect(changesAsked()).toBe(0)
    },
  )

  it('who still has seats of a product that is sold without keeps them', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'emulator-')), 'polar.json')
    await running.close()
    running = await startBilling({ emulator: { catalog, file } })
    give('team')
    await running.close()
    const team = { ...catalog.products.team, prices: [{ type: 'fixed', amount: 9_900 }] } as const
    running = await startBilling({
      emulator: { catalog: { ...catalog, products: { ...catalog.products, team } }, file },
    })
    expect((await update({ action: 'seats', seats: 5 })).body).toMatchObject({ seats: 5, amount: 5_000 })
  })

  it('a plan without seats: CONFLICT', async () => {
    give('pro', {}, 'other')
    expect((await update({ action: 'seats', seats: 3 }, 'other')).body.error).toMatchObject({
      code: 'CONFLICT',
      message: 'The plan Pro has no seats.',
    })
  })
})

describe('cancel, pause and resume', () => {
  it('cancel: runs to the end of the period, the provider knows why, and resume undoes it', async () => {
    const id = give()
    const reason = { reason: 'too_expensive', comment: 'Next year again' } as const
    expect((await update({ action: 'cancel', ...reason })).body).toMatchObject({
      status: 'active',
      cancelAtPeriodEnd: true,
    })
    expect(await polar().subscriptions.get(id)).toMatchObject({
      customer_cancellation_reason: 'too_expensive',
      customer_cancellation_comment: 'Next year again',
    })
    const again = (await update({ action: 'cancel' })).body.error
    expect(again).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('canceled already') })
    for (const other of [toYear, { action: 'pause' }] as const) {
      expect((await update(other)).body.error.message).toContain('canceled and still runs: resume it first')
    }
    expect((await update({ action: 'resume' })).body).toMatchObject({ cancelAtPeriodEnd: false })
  })

  it('pause: at the end of the period, and resume undoes the plan', async () => {
    give()
    const resumesAt = '2026-05-01T02:00:00+02:00'
    expect((await update({ action: 'pause', resumesAt })).body).toMatchObject({
      status: 'active',
      pauseAtPeriodEnd: true,
      resumesAt: '2026-05-01T00:00:00.000Z',
    })
    expect((await update({ action: 'resume' })).body).toMatchObject({
      pauseAtPeriodEnd: false,
      resumesAt: null,
    })
  })

  it('resume: ends a pause, and charges a new period', async () => {
    give()
    await update({ action: 'pause' })
    await controls().advanceClock({ to: '2026-02-11T00:00:00Z' })
    expect(await read()).toMatchObject({ status: 'paused', pauseAtPeriodEnd: false })
    for (const other of [toYear, { action: 'pause' }] as const) {
      expect((await update(other)).body.error.message).toContain('paused: resume it first')
    }
    expect((await update({ action: 'cancel' })).body.error.code).toBe('CONFLICT')
    expect((await update({ action: 'resume' })).body).toMatchObject({
      status: 'active',
      pausedAt: null,
      currentPeriodStart: '2026-02-11T00:00:00.000Z',
    })
    expect(await orders()).toHaveLength(2)
  })

  it('a pause that would end before it begins: BAD_REQUEST', async () => {
    give()
    const { status, body } = await update({ action: 'pause', resumesAt: PERIOD_END })
    expect(status).toBe(400)
    expect(body.error.message).toContain(`after the end of the period, ${PERIOD_END}`)
  })

  it('a pause until a year that nobody can write: BAD_REQUEST', async () => {
    give()
    const { status, body } = await update({ action: 'pause', resumesAt: '9999-12-31T23:59:59-12:00' })
    expect([status, body.error.code]).toEqual([400, 'BAD_REQUEST'])
    expect(changesAsked()).toBe(0)
  })

  it('past due can be canceled, and not paused', async () => {
    give('pro', { status: 'past_due', past_due_at: '2026-01-10T12:00:00Z' })
    expect((await update({ action: 'pause' })).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('payment failed'),
    })
    expect((await update({ action: 'cancel' })).body).toMatchObject({
      status: 'past_due',
      cancelAtPeriodEnd: true,
    })
  })

  it('nothing to resume: CONFLICT', async () => {
    give()
    expect((await update({ action: 'resume' })).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('nothing to resume'),
    })
    expect(changesAsked()).toBe(0)
  })
})

describe('which subscription', () => {
  it('none: NOT_FOUND, which says that a checkout comes first', async () => {
    const { status, body } = await update({ action: 'cancel' })
    expect(status).toBe(404)
    expect(body.error).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('open a checkout'),
    })
  })

  it.each([
    ['canceled', 'has ended'],
    ['incomplete', 'first payment'],
  ] as const)('%s: CONFLICT', async (status, message) => {
    give('pro', { status })
    expect((await update(toYear)).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(message),
    })
    expect(changesAsked()).toBe(0)
  })

  it('another organization’s stays as it is, whatever is asked', async () => {
    const id = give('pro', {}, 'victim')
    const before = await polar().subscriptions.get(id)
    expect((await update(toYear, 'attacker')).status).toBe(404)
    for (const smuggled of [
      { subscriptionId: id },
      { organizationId: 'victim' },
      { productId: running.products['pro'] },
      { proration_behavior: 'next_period' },
      { amount: 0 },
    ]) {
      expect((await update({ ...toYear, ...smuggled }, 'attacker')).status).toBe(400)
      expect((await update({ ...toYear, ...smuggled }, 'victim')).status).toBe(400)
    }
    expect(await polar().subscriptions.get(id)).toEqual(before)
  })

  it('a payment that is being processed comes first', async () => {
    controls().changeSettings({ paymentDelay: 60_000 })
    const { body } = await running
      .as({ organizationId: 'acme', email: 'ada@example.com' })
      .post('/checkout', { planType: 'pro' })
    await polar().checkouts.clientConfirm(body.checkoutUrl.split('/').at(-1), {
      confirmation_token_id: 'card',
      customer_email: 'ada@example.com',
    })
    expect((await update({ action: 'cancel' })).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('being processed'),
    })
    await wait(61)
    expect((await update({ action: 'cancel' })).body).toMatchObject({ cancelAtPeriodEnd: true })
  })
})

describe('a charge that fails', () => {
  it('PAYMENT_REQUIRED, and nothing has changed', async () => {
    give()
    const before = await read()
    decline()
    const { status, body } = await update(toYear)
    expect(status).toBe(402)
    expect(body.error).toMatchObject({
      code: 'PAYMENT_REQUIRED',
      message: expect.stringMatching(/payment failed, and nothing has changed.*customer portal/),
    })
    expect(await read()).toEqual(before)
    expect(await orders()).toHaveLength(1)
    controls().setCard({ external_customer_id: 'acme', declines: false })
    expect((await update(toYear)).body).toMatchObject({ amount: 29_000 })
  })

  it('a bank that wants a confirmation says what to do', async () => {
    give()
    refuse(402, 'PaymentActionRequired')
    expect((await update(toYear)).body.error).toMatchObject({
      code: 'PAYMENT_REQUIRED',
      message: expect.stringContaining('another payment method'),
    })
  })
})

describe('what the provider refuses', () => {
  it.each([
    [409, 'SubscriptionLocked', 'being changed right now'],
    [403, 'AlreadyCanceledSubscription', 'changed meanwhile'],
    [403, 'InactiveSubscription', 'changed meanwhile'],
    [404, 'ResourceNotFound', 'changed meanwhile'],
    [410, 'ResourceUnavailable', 'changed meanwhile'],
    [409, 'CannotPauseSubscription', 'does not allow this'],
  ])('%i %s: CONFLICT, and the next read asks', async (status, error, message) => {
    give()
    await read()
    refuse(status, error)
    const { body } = await update({ action: 'pause' })
    expect(body.error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(message) })
    const before = running.polarCalls.length
    await read()
    expect(running.polarCalls.slice(before)).toContain('GET /v1/subscriptions/')
  })

  it.each([
    [403, 'PaymentNotReady'],
    [403, 'insufficient_scope'],
    [401, 'invalid_token'],
    [422, 'RequestValidationError'],
    [404, 'Not Found'],
  ])('%i %s is ours: a sentence for the user, the reason for the log', async (status, error) => {
    give()
    refuse(status, error)
    const { status: answered, body } = await update(toYear)
    expect(answered).toBe(500)
    expect(body.error.message).toBe('Failed to update subscription')
    expect(running.events).toContainEqual(
      expect.objectContaining({ type: 'request_failed', operation: 'updateSubscription' }),
    )
  })
})

describe('a provider that is away', () => {
  it('before the change: nothing is asked of it, and the answer says when to come again', async () => {
    give()
    await read()
    controls().takeDown()
    await wait(2)
    const { status, body } = await update(toYear)
    expect(status).toBe(503)
    expect(body.error).toMatchObject({ message: 'Failed to update subscription', retryAfter: 5 })
    expect(changesAsked()).toBe(0)
  })

  it('too many requests: it has not changed anything', async () => {
    give()
    controls().addFault({ method: 'PATCH', status: 429, retryAfter: 7, times: 1 })
    const { status, body } = await update(toYear)
    expect(status).toBe(503)
    expect(body.error).toMatchObject({ message: 'Failed to update subscription', retryAfter: 7 })
  })

  it.each([
    ['lost, and the change was made', { body: 'cut' as const }, 29_000],
    ['a failure of the provider', { status: 502 }, 2_900],
    ['the page of a proxy', { status: 200, body: 'html' as const }, 2_900],
  ])('the answer is %s: nobody claims to know, and the next read shows it', async (_name, fault, amount) => {
    give()
    await read()
    controls().addFault({ method: 'PATCH', path: '/subscriptions/*', ...fault, times: 1 })
    const { status, body } = await update(toYear)
    expect(status).toBe(503)
    expect(body.error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('look at it before you try again'),
    })
    expect(await read()).toMatchObject({ amount, stale: false })
  })

  it('a bank may take longer than other calls', async () => {
    give()
    const polar = { ...running.options.polar, timeout: 2 }
    const patient = createBilling({ ...running.options, polar })
    controls().addFault({ method: 'PATCH', path: '/subscriptions/*', latencyMs: 2_200, times: 1 })
    expect(await patient.service.updateSubscription({ organizationId: 'acme' }, toYear)).toMatchObject({
      amount: 29_000,
    })
    await patient.close()
  })

  it('a change that was made is not made, or charged, again', async () => {
    give()
    controls().addFault({ method: 'PATCH', path: '/subscriptions/*', body: 'cut', times: 1 })
    await update(toYear)
    expect((await update(toYear)).body.error.message).toBe('This organization is already on Pro.')
    expect(await orders()).toHaveLength(2)
  })

  it('after the change: the answer holds it, and says that the rest is old', async () => {
    controls().replaceWebhookEndpoints({ endpoints: [] })
    give()
    await read()
    // What was read a moment ago is enough to decide by.
    controls().addFault({ method: 'GET', status: 503 })
    const { status, body } = await update(toYear)
    expect(status).toBe(200)
    expect(body).toMatchObject({ amount: 29_000, product: { recurringInterval: 'year' }, stale: true })
  })
})

describe('afterwards', () => {
  it('the browsers of the organization hear of it, also where no webhooks come', async () => {
    give()
    controls().replaceWebhookEndpoints({ endpoints: [] })
    await read()
    const events = await openEvents(running.url, 'acme')
    const others = await openEvents(running.url, 'other')
    await update({ action: 'cancel' })
    await expect.poll(events.changes).toContain('status')
    expect((await running.as('acme').get('/status')).body).toMatchObject({ cancelAtPeriodEnd: true })
    expect(others.changes()).toEqual([])
    for (const { stop } of [events, others]) stop()
  })

  it('the webhooks of the change alter nothing', async () => {
    give()
    const { body } = await update(toYear)
    await controls().settle()
    expect(controls().listWebhooks({ type: 'subscription.updated' }).length).toBeGreaterThan(0)
    const { asOf: _then, ...before } = body
    const { asOf: _now, ...after } = await read()
    expect(after).toEqual(before)
  })
})

describe('how often', () => {
  it('so many changes a minute, and other organizations do not notice', async () => {
    give('team')
    give('team', {}, 'other')
    for (let seats = 2; seats < 12; seats += 1)
      expect((await update({ action: 'seats', seats: 2 + (seats % 2) })).status).toBe(200)
    const { status, body } = await update({ action: 'seats', seats: 2 })
    expect(status).toBe(429)
    expect(body.error).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(/10 times/),
    })
    expect((await update({ action: 'seats', seats: 3 }, 'other')).status).toBe(200)
  })
})

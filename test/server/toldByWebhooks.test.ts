import { createPolar, type models } from '@polar-sh/sdk/2026-10'
import { createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { sign } from './signWebhook.js'
import { type Running, startBilling } from './startBilling.js'

const acme = { organizationId: 'acme' }

/** When what is known was bought, as Polar writes it. */
const BOUGHT = '2026-01-10T12:00:00Z'
const BEFORE = '2026-01-10T11:59:59.999999Z'
const at = (microseconds: number) => `2026-01-10T12:00:30.${String(microseconds).padStart(6, '0')}Z`

describe.each(databases)('what webhooks tell while Polar is away, in $name', ({ open }) => {
  let database: OpenedDatabase
  let handles: ReturnType<OpenedDatabase['connect']>[]
  let running: Running
  /** What acme has bought, as Polar sends it. */
  let bought: models.Subscription
  beforeAll(async () => {
    database = await open()
    handles = [database.connect(), database.connect()]
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: handles[0] } })
    for (const table of ['snapshots', 'webhooks'])
      await handles[0]?.query(`delete from polar_billing.${table}`)
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    const { subscription_id } = running.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: running.products['pro'] ?? '',
    })
    const polar = createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })
    bought = await polar.subscriptions.get(subscription_id ?? '')
  })
  afterEach(() => running.close())

  const status = () => running.billing.service.getStatus(acme)

  /** Acme is read, and a minute later Polar is away. */
  async function loseAfterReading(): Promise<void> {
    await status()
    await lose()
  }

  async function lose(): Promise<void> {
    await running.emulator.controls.advanceClock({ minutes: 6 })
    running.emulator.controls.takeDown()
  }

  async function deliver(type: string, timestamp: string, data: object): Promise<void> {
    const body = JSON.stringify({ type, timestamp, api_version: '2026-10', data })
    const answer = await running
      .as(null)
      .request('/webhooks/polar', { method: 'POST', body, headers: sign(body) })
    expect(answer.status).toBe(202)
  }

  /** Says that the subscription changed, at this moment of Polar's. */
  const tell = (status: string, modifiedAt: string, more: object = {}) =>
    deliver(`subscription.${status}`, modifiedAt, {
      ...bought,
      status: status === 'revoked' ? 'canceled' : status,
      past_due_at: status === 'past_due' ? modifiedAt : null,
      ended_at: status === 'revoked' ? modifiedAt : null,
      modified_at: modifiedAt,
      ...more,
    })

  /** Says what the customer has at this moment of Polar's. */
  const tellState = (timestamp: string, active: object[] = []) =>
    deliver('customer.state_changed', timestamp, {
      id: bought.customer_id,
      external_id: 'acme',
      // The customer's own date says nothing about subscriptions.
      modified_at: '2030-01-01T00:00:00Z',
      active_subscriptions: active,
      active_meters: [],
      granted_benefits: [],
    })

  it('a payment failed: past due, stale, and as of the event', async () => {
    await loseAfterReading()
    await tell('past_due', at(0))
    expect(await status()).toMatchObject({
      status: 'past_due',
      isActive: true,
      planType: 'pro',
      graceEndsAt: '2026-01-17T12:00:30.000Z',
      stale: true,
      asOf: '2026-01-10T12:00:30.000Z',
    })
    expect(await running.billing.service.getSubscription(acme)).toMatchObject({
      status: 'past_due',
      amount: 2_900,
      product: { name: 'Pro plan' },
    })
  })

  it('another process knows it too', async () => {
    await loseAfterReading()
    await tell('past_due', at(0))
    const other = createBilling({ ...running.options, database: handles[1] })
    expect(await other.service.getStatus(acme)).toMatchObject({ status: 'past_due', stale: true })
    await other.close()
  })

  it('a late end of what was renewed since downgrades nobody', async () => {
    await loseAfterReading()
    await tell('revoked', BEFORE)
    expect(await status()).toMatchObject({ status: 'active', stale: true, asOf: '2026-01-10T12:00:00.000Z' })
    await tell('active', at(2), { current_period_end: '2026-03-10T12:00:00Z' })
    await tell('revoked', at(1))
    expect(await status()).toMatchObject({ status: 'active', expiresAt: '2026-03-10T12:00:00.000Z' })
  })

  it('a late "active" revives nothing', async () => {
    await loseAfterReading()
    await tell('revoked', at(2))
    await tell('active', at(1))
    expect(await status()).toMatchObject({ status: 'canceled', isActive: false })
  })

  it.each([
    ['newer', '2026-01-10T12:00:00.000001Z', 'past_due'],
    ['the same', BOUGHT, 'active'],
    ['older', BEFORE, 'active'],
  ])('by a microsecond: %s', async (_name, modifiedAt, expected) => {
    await loseAfterReading()
    await tell('past_due', modifiedAt)
    expect(await status()).toMatchObject({ status: expected })
  })

  it('versions a microsecond apart, in any order', async () => {
    await loseAfterReading()
    await tell('past_due', at(100_002))
    await tell('active', at(100_003))
    await tell('paused', at(100_001))
    expect(await status()).toMatchObject({ status: 'active' })
    await tell('past_due', at(100_004))
    expect(await status()).toMatchObject({ status: 'past_due' })
  })

  it('a reading wins over what was told before it, whatever the dates say', async () => {
    await status()
    await tell('past_due', '2027-01-01T00:00:00Z')
    expect(await status()).toMatchObject({ status: 'active', stale: false })
    await lose()
    expect(await status()).toMatchObject({ status: 'active', stale: true })
  })

  describe('customer.state_changed', () => {
    it('without active subscriptions, where one is past due: it still is', async () => {
      running.emulator.controls.patchSubscription({ id: bought.id, status: 'past_due' })
      await loseAfterReading()
      await tellState(at(0))
      expect(await status()).toMatchObject({ status: 'past_due', planType: 'pro', stale: true })
    })

    it('without active subscriptions, where one was active: nobody knows what it is now', async () => {
      await loseAfterReading()
      await tellState(at(0))
      expect(await status()).toMatchObject({ status: 'active', stale: true })
    })

    it('names one that was past due: paid', async () => {
      await loseAfterReading()
      await tell('past_due', at(1))
      await tellState(at(2), [bought])
      expect(await status()).toMatchObject({ status: 'active', graceEndsAt: null })
    })

    it('says nothing of a planned pause: it stays planned', async () => {
      await loseAfterReading()
      await tell('updated', at(0), { pause_at_period_end: true, resumes_at: '2026-05-01T00:00:00Z' })
      await tellState(at(500_000), [bought])
      expect(await running.billing.service.getSubscription(acme)).toMatchObject({
        status: 'active',
        pauseAtPeriodEnd: true,
        resumesAt: '2026-05-01T00:00:00.000Z',
        stale: true,
      })
    })

    it('names one that nobody has heard of, where none is paid for: not known, and not "none"', async () => {
      running.emulator.controls.patchSubscription({ id: bought.id, status: 'canceled' })
      await loseAfterReading()
      expect(await status()).toMatchObject({ status: 'canceled', stale: true })
      await tellState(at(0), [{ ...bought, id: 'another' }])
      await expect(status()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
      await tell('active', at(1), { id: 'another' })
      expect(await status()).toMatchObject({ status: 'active', planType: 'pro', stale: true })
    })

    it('late: it revives nothing', async () => {
      await loseAfterReading()
      await tell('revoked', at(2))
      await tellState(at(1), [bought])
      await tellState(BEFORE, [bought])
      expect(await status()).toMatchObject({ status: 'canceled' })
    })
  })

  describe('where nothing is known', () => {
    beforeEach(lose)

    it('a subscription that is paid for shows', async () => {
      await expect(status()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
      await tell('active', at(0))
      expect(await status()).toMatchObject({
        status: 'active',
        planType: 'pro',
        customerId: bought.customer_id,
        stale: true,
        asOf: '2026-01-10T12:00:30.000Z',
      })
    })

    it.each([
      ['the end of one subscription', () => tell('revoked', at(0))],
      ['a state without subscriptions', () => tellState(at(0))],
      ['a state with a subscription of an unknown product', () => tellState(at(0), [bought])],
      [
        'a payload that is none',
        () =>
          deliver('subscription.active', at(0), {
            id: 'x',
            created_at: at(0),
            customer: { external_id: 'acme' },
          }),
      ],
    ])('%s: it stays unknown, and is never "none"', async (_name, told) => {
      await told()
      await expect(status()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    })
  })

  it.each(['pro', 'team'])('what was bought, so that nobody sells %s beside it', async (planType) => {
    // Polar would sell, and nobody can ask what it has sold.
    for (const path of ['/customers/*', '/subscriptions/*'])
      running.emulator.controls.addFault({ path, status: 503 })
    await tell('active', at(0))
    expect(await status()).toMatchObject({ status: 'active', planType: 'pro', stale: true })
    await expect(running.billing.service.createCheckout(acme, { planType })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    })
    expect(running.polarCalls).not.toContain('POST /v1/checkouts/')
  })

  it('one payload that is none does not keep the others from counting', async () => {
    await loseAfterReading()
    await deliver('subscription.updated', at(9), {
      id: 'odd',
      modified_at: at(9),
      customer: { external_id: 'acme' },
    })
    await tell('past_due', at(1))
    expect(await status()).toMatchObject({ status: 'past_due' })
    expect(running.events).toContainEqual({
      type: 'warning',
      message: expect.stringContaining('subscription.updated'),
    })
  })

  it('another organization learns nothing', async () => {
    await lose()
    await tell('active', at(0))
    await expect(running.billing.service.getStatus({ organizationId: 'other' })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    })
  })

  it('when Polar is back, what it says is all that counts', async () => {
    await loseAfterReading()
    await tell('past_due', at(0))
    expect(await status()).toMatchObject({ status: 'past_due' })
    running.emulator.controls.clearFaults()
    await expect
      .poll(async () => {
        await running.emulator.controls.advanceClock({ minutes: 1 })
        return status()
      })
      .toMatchObject({ status: 'active', stale: false })
  })
})

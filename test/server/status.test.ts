import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

describe.each([
  ['in memory', false],
  ['in a database', true],
])('what is known %s', (_name, isKept) => {
  let running: Running
  let database: PGlite | undefined
  beforeAll(async () => {
    // Not before: its start holds up the whole process for seconds, and so the calls of other tests.
    database = isKept ? new PGlite() : undefined
    running = await startBilling({
      emulator: { oneSubscriptionPerCustomer: false },
      billing: { database },
    })
  })
  afterAll(async () => {
    await running.close()
    await database?.close()
  })

  /** Buys for an organization that nobody has asked about yet. */
  function buy(organizationId: string, product: string) {
    const { subscription_id: id } = running.emulator.controls.purchase({
      external_customer_id: organizationId,
      product_id: running.products[product] ?? '',
    })
    return id ?? ''
  }

  const force = (id: string, fields: object) => running.emulator.controls.patchSubscription({ id, ...fields })

  async function statusOf(organizationId: string) {
    const { status, body } = await running.as(organizationId).get('/status')
    expect(status).toBe(200)
    return body
  }

  describe('getStatus', () => {
    it('none: never bought', async () => {
      expect(await statusOf('none')).toEqual({
        organizationId: 'none',
        status: 'none',
        isActive: false,
        isTrial: false,
        planType: null,
        planName: 'Free',
        expiresAt: null,
        hasActiveSubscription: false,
        customerId: null,
        estimatedCostCents: 0,
        cancelAtPeriodEnd: false,
        graceEndsAt: null,
        asOf: '2026-01-10T12:00:00.000Z',
        stale: false,
      })
    })

    it('none: a customer who looked at a checkout and bought nothing', async () => {
      const buyer = running.as({ organizationId: 'looked', email: 'looked@example.com' })
      await buyer.post('/checkout', { planType: 'pro' })
      expect(await statusOf('looked')).toMatchObject({
        status: 'none',
        planName: 'Free',
        customerId: expect.any(String),
      })
    })

    it('trialing: until the end of the trial', async () => {
      buy('trialing', 'trial')
      expect(await statusOf('trialing')).toMatchObject({
        status: 'trialing',
        isActive: true,
        isTrial: true,
        hasActiveSubscription: true,
        planType: 'pro',
        planName: 'Pro',
        expiresAt: '2026-01-24T12:00:00.000Z',
      })
    })

    it('active: until the end of the period', async () => {
      buy('active', 'pro')
      expect(await statusOf('active')).toMatchObject({
        status: 'active',
        isActive: true,
        isTrial: false,
        hasActiveSubscription: true,
        planType: 'pro',
        planName: 'Pro',
        expiresAt: '2026-02-10T12:00:00.000Z',
        cancelAtPeriodEnd: false,
        graceEndsAt: null,
      })
    })

    it('active: a scheduled end', async () => {
      force(buy('leaving', 'pro'), { cancel_at_period_end: true, ends_at: '2026-02-01T00:00:00Z' })
      expect(await statusOf('leaving')).toMatchObject({
        status: 'active',
        isActive: true,
        cancelAtPeriodEnd: true,
        expiresAt: '2026-02-01T00:00:00.000Z',
      })
    })

    it('past_due: usable until the grace ends', async () => {
      force(buy('late', 'pro'), {
        status: 'past_due',
        past_due_at: '2026-01-09T12:00:00Z',
        // Polar moves the period on before the payment goes through.
        current_period_end: '2026-03-10T12:00:00Z',
      })
      expect(await statusOf('late')).toMatchObject({
        status: 'past_due',
        isActive: true,
        hasActiveSubscription: false,
        planType: 'pro',
        planName: 'Pro',
        expiresAt: '2026-01-16T12:00:00.000Z',
        graceEndsAt: '2026-01-16T12:00:00.000Z',
      })
    })

    it('past_due: not usable from the very moment on which the grace ends', async () => {
      force(buy('too-late', 'pro'), { status: 'past_due', past_due_at: '2026-01-03T12:00:00Z' })
      expect(await statusOf('too-late')).toMatchObject({
        status: 'past_due',
        isActive: false,
        planName: 'Pro',
        graceEndsAt: '2026-01-10T12:00:00.000Z',
      })
    })

    it('paused', async () => {
      force(buy('paused', 'pro'), { status: 'paused', paused_at: '2026-01-09T12:00:00Z' })
      expect(await statusOf('paused')).toMatchObject({
        status: 'paused',
        isActive: false,
        hasActiveSubscription: false,
        planType: 'pro',
        expiresAt: null,
      })
    })

    it.each(['canceled', 'unpaid', 'incomplete_expired'])('canceled: Polar says %s', async (status) => {
      force(buy(status, 'pro'), { status, ended_at: '2026-01-09T12:00:00Z' })
      expect(await statusOf(status)).toMatchObject({
        status: 'canceled',
        isActive: false,
        hasActiveSubscription: false,
        planType: 'pro',
        expiresAt: '2026-01-09T12:00:00.000Z',
      })
    })

    it('incomplete', async () => {
      force(buy('incomplete', 'pro'), { status: 'incomplete' })
      expect(await statusOf('incomplete')).toMatchObject({
        status: 'incomplete',
        isActive: false,
        planType: 'pro',
        expiresAt: null,
      })
    })

    it('a product that no plan has keeps its own name, and is reported once', async () => {
      buy('stray', 'stray')
      expect(await statusOf('stray')).toMatchObject({
        status: 'active',
        isActive: true,
        planType: null,
        planName: 'Gift',
      })
      await statusOf('stray')
      const warnings = running.events.filter(
        (event) => event.type === 'warning' && event.message.includes('"Gift"'),
      )
      expect(warnings).toHaveLength(1)
    })
  })

  describe('getStatus with several subscriptions', () => {
    it('a usable one goes before one that is past due beyond its grace, paused, incomplete and canceled', async () => {
      const order = [
        ['team', 'canceled', {}],
        ['team', 'incomplete', {}],
        ['team', 'paused', {}],
        ['team', 'past_due', { past_due_at: '2025-12-01T00:00:00Z' }],
        ['pro', 'active', {}],
      ] as const
      for (const [index] of order.entries()) {
        const organizationId = `several-${index}`
        for (const [product, status, fields] of order.slice(0, index + 1))
          force(buy(organizationId, product), { status, ...fields })
        expect((await statusOf(organizationId)).status).toBe(order[index]?.[1])
      }
    })

    it('among usable ones the later plan of the catalog wins', async () => {
      buy('both', 'team')
      buy('both', 'pro')
      expect(await statusOf('both')).toMatchObject({ planType: 'team' })
    })

    it('a plan of the catalog goes before a product that is none', async () => {
      buy('both-stray', 'stray')
      buy('both-stray', 'pro')
      expect(await statusOf('both-stray')).toMatchObject({ planType: 'pro' })
    })

    it('then the later period end wins', async () => {
      force(buy('periods', 'pro'), { current_period_end: '2026-05-01T00:00:00Z' })
      force(buy('periods', 'pro'), { current_period_end: '2026-04-01T00:00:00Z' })
      expect(await statusOf('periods')).toMatchObject({ expiresAt: '2026-05-01T00:00:00.000Z' })
    })

    it('hasActiveSubscription is about any of them', async () => {
      force(buy('any', 'team'), { status: 'past_due', past_due_at: '2026-01-09T12:00:00Z' })
      buy('any', 'pro')
      expect(await statusOf('any')).toMatchObject({
        status: 'past_due',
        planType: 'team',
        hasActiveSubscription: true,
      })
    })
  })
})

describe('gracePeriodDays: 0', () => {
  it('is not usable at once, stays past_due, and the plan keeps its name', async () => {
    const strict = await startBilling({ billing: { gracePeriodDays: 0 } })
    const { subscription_id: id } = strict.emulator.controls.purchase({
      external_customer_id: 'late',
      product_id: strict.products['pro'] ?? '',
    })
    strict.emulator.controls.patchSubscription({
      id: id ?? '',
      status: 'past_due',
      past_due_at: '2026-01-10T12:00:00Z',
    })
    expect((await strict.as('late').get('/status')).body).toMatchObject({
      status: 'past_due',
      isActive: false,
      planName: 'Pro',
    })
    await strict.close()
  })
})

import { defineCatalog } from 'polar-billing-kit/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catalog, polarCatalog, type Running, startBilling } from './startBilling.js'
import { buyPro, charactersOf, generate, usageOf } from './usageCalls.js'

let running: Running
beforeEach(async () => {
  running = await startBilling()
})
afterEach(() => running.close())

describe('getUsage without a subscription', () => {
  it('counts the UTC month, with the default plan as the limit', async () => {
    expect(await usageOf(running, 'free')).toEqual({
      meters: [
        {
          key: 'characters',
          name: 'Characters',
          unit: 'characters',
          used: 0,
          pending: 0,
          included: 1000,
          limit: 1000,
          remaining: 1000,
          overage: 0,
          amountCents: 0,
        },
        {
          key: 'requests',
          name: 'Requests',
          unit: 'requests',
          used: 0,
          pending: 0,
          included: 0,
          limit: null,
          remaining: null,
          overage: 0,
          amountCents: 0,
        },
        {
          key: 'databases',
          name: 'Databases',
          unit: 'databases',
          used: 3,
          pending: 0,
          included: 1,
          limit: 1,
          remaining: 0,
          overage: 2,
          amountCents: 0,
        },
      ],
      totalRequests: 0,
      databaseCount: 3,
      currency: 'USD',
      estimatedCostCents: 0,
      totalCost: 0,
      billingPeriodStart: '2026-01-01T00:00:00.000Z',
      billingPeriodEnd: '2026-02-01T00:00:00.000Z',
      periodStart: '2026-01-01T00:00:00.000Z',
      periodEnd: '2026-01-31T23:59:59.000Z',
      generatedAt: '2026-01-10T12:00:00.000Z',
      stale: false,
    })
  })

  it('shows an event as pending at once, and as used when the provider has counted it', async () => {
    await usageOf(running, 'free')
    running.emulator.controls.addFault({ path: '/events/ingest', status: 503 })
    await generate(running, 'free', 300)
    expect(await charactersOf(running, 'free')).toMatchObject({ used: 0, pending: 300, remaining: 700 })
    running.emulator.controls.clearFaults()
    await running.billing.usage.flush()
    // The clock stands: the reading of this moment does not prove that it holds the event.
    await running.emulator.controls.advanceClock({ seconds: 31 })
    expect(await charactersOf(running, 'free')).toMatchObject({ used: 300, pending: 0, remaining: 700 })
  })

  it('starts anew with the month', async () => {
    await generate(running, 'free', 300)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ to: '2026-02-01T00:00:01Z' })
    expect(await charactersOf(running, 'free')).toMatchObject({ used: 0, pending: 0 })
  })

  it('a gauge and a meter with a field answer their flat numbers too', async () => {
    await running.billing.usage.track({ organizationId: 'flat', name: 'request' })
    expect(await usageOf(running, 'flat')).toMatchObject({ totalRequests: 1, databaseCount: 3 })
    expect(await usageOf(running, 'flat')).not.toHaveProperty('totalStorageGb')
  })
})

describe('getUsage with a subscription', () => {
  it('counts its period, with what the provider credited', async () => {
    await buyPro(running, 'pro')
    expect(await usageOf(running, 'pro')).toMatchObject({
      billingPeriodStart: '2026-01-10T12:00:00.000Z',
      billingPeriodEnd: '2026-02-10T12:00:00.000Z',
      periodEnd: '2026-02-10T11:59:59.000Z',
      totalCost: 29,
    })
    expect(await charactersOf(running, 'pro')).toMatchObject({
      included: 10_000,
      limit: null,
      remaining: null,
    })
  })

  it('what was used before the purchase does not count against it', async () => {
    await generate(running, 'upgraded', 900)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ minutes: 1 })
    await buyPro(running, 'upgraded')
    expect(await charactersOf(running, 'upgraded')).toMatchObject({ used: 0, pending: 0 })
  })

  it('never shows less within a period while the provider catches up', async () => {
    await buyPro(running, 'busy')
    let shown = 0
    for (const step of [1, 2, 3, 4]) {
      await generate(running, 'busy', 1_000)
      if (step % 2 === 0) await running.billing.usage.flush()
      await running.emulator.controls.advanceClock({ ms: 700 })
      const { used, pending } = await charactersOf(running, 'busy')
      expect(used + pending).toBeGreaterThanOrEqual(shown)
      expect(used + pending).toBe(step * 1_000)
      shown = used + pending
    }
    await running.emulator.controls.advanceClock({ minutes: 1 })
    expect(await charactersOf(running, 'busy')).toMatchObject({ used: 4_000, pending: 0 })
  })

  it('estimated cost is the provider’s figure, and part of the total', async () => {
    await buyPro(running, 'heavy')
    await generate(running, 'heavy', 20_000)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ minutes: 1 })
    // 10,000 above the included ones, at 0.03 cents.
    expect(await charactersOf(running, 'heavy')).toMatchObject({
      used: 20_000,
      overage: 10_000,
      amountCents: 300,
    })
    expect(await usageOf(running, 'heavy')).toMatchObject({ estimatedCostCents: 300, totalCost: 32 })
    expect((await running.as('heavy').get('/status')).body).toMatchObject({ estimatedCostCents: 300 })
  })

  it('a new period starts anew', async () => {
    await buyPro(running, 'renewed')
    await generate(running, 'renewed', 5_000)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ days: 32 })
    expect(await charactersOf(running, 'renewed')).toMatchObject({ used: 0, pending: 0, included: 10_000 })
  })

  it('past due in grace: included is the catalog’s, since the provider takes its credits away at once', async () => {
    await buyPro(running, 'late')
    running.emulator.controls.setCard({ external_customer_id: 'late', declines: true })
    await running.emulator.controls.advanceClock({ days: 32 })
    expect((await running.as('late').get('/status')).body).toMatchObject({
      status: 'past_due',
      isActive: true,
    })
    expect(await charactersOf(running, 'late')).toMatchObject({ included: 10_000, limit: null })
  })

  it('a plan that is not usable leaves the default plan’s allowances', async () => {
    const { subscription_id: id } = await buyPro(running, 'ended')
    running.emulator.controls.patchSubscription({ id: id ?? '', status: 'canceled' })
    expect(await charactersOf(running, 'ended')).toMatchObject({ limit: 1000, included: 1000 })
  })
})

describe('getUsage by the interval', () => {
  const byInterval = defineCatalog({
    ...catalog,
    plans: {
      ...catalog.plans,
      free: { name: 'Free', limits: { characters: { month: 1_000, year: 12_000 } } },
      pro: {
        name: 'Pro',
        included: { characters: { month: 10_000, year: 120_000 } },
        limits: { characters: { month: 50_000, year: 600_000 }, databases: { month: 5, year: 6 } },
      },
    },
  })
  const yearlyCredit = {
    type: 'meter_credit',
    meter: 'characters',
    units: 120_000,
    description: '120,000 characters',
  } as const

  async function buyYear(organizationId: string): Promise<Running> {
    const { benefits, products } = polarCatalog
    const own = await startBilling({
      emulator: {
        catalog: {
          ...polarCatalog,
          benefits: { ...benefits, yearly: yearlyCredit },
          products: { ...products, proYear: { ...products.proYear, benefits: ['yearly'] } },
        },
      },
      billing: { catalog: byInterval },
    })
    own.emulator.controls.purchase({
      external_customer_id: organizationId,
      product_id: own.products['proYear'] ?? '',
    })
    await own.emulator.controls.settle()
    return own
  }

  it('a year: its credits and its limits', async () => {
    const own = await buyYear('yearly')
    await generate(own, 'yearly', 60_000)
    const { meters, billingPeriodEnd } = await usageOf(own, 'yearly')
    expect(billingPeriodEnd).toBe('2027-01-10T12:00:00.000Z')
    expect(meters).toMatchObject([
      { key: 'characters', included: 120_000, limit: 600_000, remaining: 540_000, overage: 0 },
      { key: 'requests', limit: null },
      { key: 'databases', included: 6, limit: 6 },
    ])
    const { body } = await own.as('yearly').get('/usage/history?meter=characters&range=7d')
    expect(body.limit).toBe(600_000)
    await own.close()
  })

  it('a year that is past due in grace: what the catalog includes in a year', async () => {
    const own = await buyYear('late')
    own.emulator.controls.setCard({ external_customer_id: 'late', declines: true })
    await own.emulator.controls.advanceClock({ days: 367 })
    expect((await own.as('late').get('/status')).body).toMatchObject({ status: 'past_due', isActive: true })
    expect(await charactersOf(own, 'late')).toMatchObject({ included: 120_000, limit: 600_000 })
    await own.close()
  })

  it('a year that is over leaves what the default plan allows in a month', async () => {
    const own = await buyYear('ended')
    const [subscription] = own.emulator.controls.listSubscriptions()
    own.emulator.controls.patchSubscription({ id: subscription?.id ?? '', status: 'canceled' })
    expect(await charactersOf(own, 'ended')).toMatchObject({ limit: 1_000, included: 1_000 })
    await own.close()
  })

  it('a month: its limits', async () => {
    const own = await startBilling({ billing: { catalog: byInterval } })
    await buyPro(own, 'monthly')
    expect(await charactersOf(own, 'monthly')).toMatchObject({ included: 10_000, limit: 50_000 })
    await own.close()
  })
})

describe('several currencies', () => {
  it('only the winning subscription’s currency is summed; the other is left out and reported', async () => {
    const both = await startBilling({ emulator: { oneSubscriptionPerCustomer: false } })
    both.emulator.controls.purchase({ external_customer_id: 'both', product_id: both.products['pro'] ?? '' })
    both.emulator.controls.purchase({ external_customer_id: 'both', product_id: both.products['euro'] ?? '' })
    const { body } = await both.as('both').get('/usage')
    expect(body).toMatchObject({ currency: 'EUR', totalCost: 90 })
    expect(both.events).toContainEqual({
      type: 'warning',
      message: expect.stringContaining('is in USD and not in the sums'),
    })
    await both.close()
  })
})

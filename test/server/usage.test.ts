import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeEach(async () => {
  running = await startBilling()
})
afterEach(() => running.close())

async function usageOf(organizationId: string) {
  const { status, body } = await running.as(organizationId).get('/usage')
  expect(status).toBe(200)
  return body
}

async function charactersOf(organizationId: string) {
  const { meters } = await usageOf(organizationId)
  return meters.find(({ key }: { key: string }) => key === 'characters')
}

const generate = (organizationId: string, characters: number, idempotencyKey?: string) =>
  running.billing.usage.track({
    organizationId,
    name: 'tts_generation',
    metadata: { characters },
    idempotencyKey,
  })

const buyPro = (organizationId: string) =>
  running.emulator.controls.purchase({
    external_customer_id: organizationId,
    product_id: running.products['pro'] ?? '',
  })

describe('getUsage without a subscription', () => {
  it('counts the UTC month, with the default plan as the limit', async () => {
    expect(await usageOf('free')).toEqual({
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
    await usageOf('free')
    await generate('free', 300)
    expect(await charactersOf('free')).toMatchObject({ used: 0, pending: 300, remaining: 700 })
    await running.billing.usage.flush()
    // The clock stands: the reading of this moment does not prove that it holds the event.
    await running.emulator.controls.advanceClock({ seconds: 31 })
    expect(await charactersOf('free')).toMatchObject({ used: 300, pending: 0, remaining: 700 })
  })

  it('starts anew with the month', async () => {
    await generate('free', 300)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ to: '2026-02-01T00:00:01Z' })
    expect(await charactersOf('free')).toMatchObject({ used: 0, pending: 0 })
  })

  it('a gauge and a meter with a field answer their flat numbers too', async () => {
    await running.billing.usage.track({ organizationId: 'flat', name: 'request' })
    expect(await usageOf('flat')).toMatchObject({ totalRequests: 1, databaseCount: 3 })
    expect(await usageOf('flat')).not.toHaveProperty('totalStorageGb')
  })
})

describe('getUsage with a subscription', () => {
  it('counts its period, with what the provider credited', async () => {
    buyPro('pro')
    await running.emulator.controls.settle()
    expect(await usageOf('pro')).toMatchObject({
      billingPeriodStart: '2026-01-10T12:00:00.000Z',
      billingPeriodEnd: '2026-02-10T12:00:00.000Z',
      periodEnd: '2026-02-10T11:59:59.000Z',
      totalCost: 29,
    })
    expect(await charactersOf('pro')).toMatchObject({ included: 10_000, limit: null, remaining: null })
  })

  it('what was used before the purchase does not count against it', async () => {
    await generate('upgraded', 900)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ minutes: 1 })
    buyPro('upgraded')
    await running.emulator.controls.settle()
    expect(await charactersOf('upgraded')).toMatchObject({ used: 0, pending: 0 })
  })

  it('never shows less within a period while the provider catches up', async () => {
    buyPro('busy')
    await running.emulator.controls.settle()
    let shown = 0
    for (const step of [1, 2, 3, 4]) {
      await generate('busy', 1_000)
      if (step % 2 === 0) await running.billing.usage.flush()
      await running.emulator.controls.advanceClock({ ms: 700 })
      const { used, pending } = await charactersOf('busy')
      expect(used + pending).toBeGreaterThanOrEqual(shown)
      expect(used + pending).toBe(step * 1_000)
      shown = used + pending
    }
    await running.emulator.controls.advanceClock({ minutes: 1 })
    expect(await charactersOf('busy')).toMatchObject({ used: 4_000, pending: 0 })
  })

  it('estimated cost is the provider’s figure, and part of the total', async () => {
    buyPro('heavy')
    await running.emulator.controls.settle()
    await generate('heavy', 20_000)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ minutes: 1 })
    // 10,000 above the included ones, at 0.03 cents.
    expect(await charactersOf('heavy')).toMatchObject({ used: 20_000, overage: 10_000, amountCents: 300 })
    expect(await usageOf('heavy')).toMatchObject({ estimatedCostCents: 300, totalCost: 32 })
    expect((await running.as('heavy').get('/status')).body).toMatchObject({ estimatedCostCents: 300 })
  })

  it('a new period starts anew', async () => {
    buyPro('renewed')
    await generate('renewed', 5_000)
    await running.billing.usage.flush()
    await running.emulator.controls.advanceClock({ days: 32 })
    expect(await charactersOf('renewed')).toMatchObject({ used: 0, pending: 0, included: 10_000 })
  })

  it('past due in grace: included is the catalog’s, since the provider takes its credits away at once', async () => {
    buyPro('late')
    await running.emulator.controls.settle()
    running.emulator.controls.setCard({ external_customer_id: 'late', declines: true })
    await running.emulator.controls.advanceClock({ days: 32 })
    expect((await running.as('late').get('/status')).body).toMatchObject({
      status: 'past_due',
      isActive: true,
    })
    expect(await charactersOf('late')).toMatchObject({ included: 10_000, limit: null })
  })

  it('a plan that is not usable leaves the default plan’s allowances', async () => {
    const { subscription_id: id } = buyPro('ended')
    running.emulator.controls.patchSubscription({ id: id ?? '', status: 'canceled' })
    expect(await charactersOf('ended')).toMatchObject({ limit: 1000, included: 1000 })
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

describe('usage.track', () => {
  const badEvents = {
    'an empty name': { name: '' },
    'a long name': { name: 'x'.repeat(129) },
    NaN: { metadata: { characters: Number.NaN } },
    'a nested value': { metadata: { characters: { count: 3 } as unknown as number } },
    'an empty string': { metadata: { voice: '' } },
    'a long key': { metadata: { ['x'.repeat(41)]: 1 } },
    'an invalid date': { timestamp: new Date('never') },
    'an organization with a slash': { organizationId: 'a/b' },
    'an organization that is a path': { organizationId: '..' },
  }
  it.each(Object.entries(badEvents))('refuses %s, and sends nothing', async (_name, fields) => {
    const event = { organizationId: 'acme', name: 'tts_generation', ...fields }
    await expect(running.billing.usage.track(event)).rejects.toMatchObject({
      name: 'BillingError',
      code: 'BAD_REQUEST',
    })
    await running.billing.usage.flush()
    expect(running.emulator.controls.listEvents().count).toBe(0)
  })

  it('one idempotency key counts once, for one organization and name', async () => {
    await generate('one', 10, 'key')
    await generate('one', 10, 'key')
    await generate('two', 10, 'key')
    await running.billing.usage.track({ organizationId: 'one', name: 'request', idempotencyKey: 'key' })
    await running.billing.usage.flush()
    const { events } = running.emulator.controls.listEvents()
    expect(events.map(({ external_customer_id: id, name }) => `${id} ${name}`)).toEqual([
      'one tts_generation',
      'two tts_generation',
      'one request',
    ])
    expect(await charactersOf('one')).toMatchObject({ pending: 10 })
  })

  it('without a key each call counts', async () => {
    await generate('acme', 10)
    await generate('acme', 10)
    await running.billing.usage.flush()
    expect(running.emulator.controls.listEvents().count).toBe(2)
  })

  it('a timestamp in the future becomes now', async () => {
    await running.billing.usage.track({
      organizationId: 'acme',
      name: 'request',
      timestamp: new Date('2030-01-01'),
    })
    await running.billing.usage.flush()
    expect(running.emulator.controls.listEvents().events[0]?.timestamp).toMatch(/^2026-01-10T12:00:00/)
  })

  it('survives a provider that is down: nothing is lost, nothing doubled', async () => {
    running.emulator.controls.takeDown()
    await generate('acme', 10, 'a')
    await generate('acme', 20, 'b')
    await expect(running.billing.usage.flush()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    running.emulator.controls.clearFaults()
    await running.billing.usage.flush()
    const { events } = running.emulator.controls.listEvents()
    expect(events.map(({ metadata }) => metadata['characters'])).toEqual([10, 20])
  })

  it('an answer that got lost does not double what arrived', async () => {
    // The request arrives; the answer is cut off.
    running.emulator.controls.addFault({ path: '/events/ingest', status: 502, times: 1 })
    await generate('acme', 10)
    await running.billing.usage.flush().catch(() => undefined)
    await running.billing.usage.flush()
    expect(running.emulator.controls.listEvents().count).toBe(1)
  })
})

import { PGlite } from '@electric-sql/pglite'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { type Billing, createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../src/server/database/connectDatabase.js'
import type { Database } from '../../src/server/database/database.js'
import { migrate } from '../../src/server/database/migrate.js'
import { createCounters } from '../../src/server/limits/createCounters.js'
import { createCallBudget } from '../../src/server/polar/callBudget.js'
import { createGuard } from '../../src/server/polar/guard.js'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { sign } from './signWebhook.js'
import { type Running, startBilling } from './startBilling.js'
import { arrived } from './usageCalls.js'

const many = (count: number, run: (index: number) => Promise<unknown>) =>
  Promise.allSettled(Array.from({ length: count }, (_, index) => run(index)))

/** Replaces options of the first process, whose Polar is known only when it runs. */
const withCalls = ({ options }: Running, callsPerMinute: number) => ({
  ...options,
  polar: { ...options.polar, callsPerMinute },
})

describe.each(databases)('processes that share their calls, in $name', ({ open }) => {
  let opened: OpenedDatabase
  let database: Database
  let running: Running
  let processes: Billing[]
  beforeAll(async () => {
    opened = await open()
    database = connectDatabase(opened.connect())
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: opened.connect() } })
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    await database.exec(
      'truncate polar_billing.rate_limits; truncate polar_billing.snapshots; truncate polar_billing.usage_events',
    )
    processes = []
  })
  afterEach(async () => {
    await Promise.allSettled(processes.map((billing) => billing.close()))
    await running.close()
  })

  function startProcess(callsPerMinute: number): Billing {
    const billing = createBilling({
      ...withCalls(running, callsPerMinute),
      database: opened.connect(),
    })
    processes.push(billing)
    return billing
  }

  const calls = () => running.polarCalls.length
  const status = ({ service }: Billing, organizationId: string) => service.getStatus({ organizationId })
  const buy = ({ service }: Billing, organizationId: string) =>
    service.createCheckout({ organizationId }, { planType: 'pro' })
  const endMinute = () => database.query(`update polar_billing.rate_limits set expire = 0`)
  const fill = (points: number, seconds = 60) =>
    database.query(
      `update polar_billing.rate_limits set points = $1::bigint, expire = $2::bigint where key like 'calls:%'`,
      [points, Date.now() + seconds * 1_000],
    )

  it('together they make no more than they may, in each minute', async () => {
    const three = [startProcess(20), startProcess(20), startProcess(20)]
    for (let minute = 1; minute <= 2; minute += 1) {
      const before = calls()
      await many(30, (index) => status(three[index % 3] as Billing, `organization_${minute}_${index}`))
      // Two for each read, and none beyond the 17 of 20 that are for reads.
      expect(calls() - before).toBe(16)
      await many(
        6,
        (index) =>
          three[index % 3]?.service.createPortalSession({ organizationId: `p_${index}` }) ??
          Promise.resolve(),
      )
      expect(calls() - before).toBeLessThanOrEqual(20)
      expect(calls() - before).toBeGreaterThanOrEqual(18)
      await endMinute()
    }
  })

  it('what matters less stops earlier, and a buyer goes through', async () => {
    const billing = startProcess(40)
    await billing.usage.track({ organizationId: 'acme', name: 'request' })
    await billing.usage.flush()
    await fill(28)
    await billing.usage.track({ organizationId: 'acme', name: 'request' })
    await expect(billing.usage.flush()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await many(10, (index) => status(billing, `organization_${index}`))
    const refusal = await status(billing, 'buyer').catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: expect.any(Number) })
    expect(await buy(billing, 'buyer')).toMatchObject({ checkoutUrl: expect.stringMatching(/^http/) })
  })

  it('the last known state is served as stale, and read again when there is room', async () => {
    const billing = startProcess(40)
    await status(billing, 'acme')
    await fill(40)
    await running.emulator.controls.advanceClock({ minutes: 6 })
    const before = calls()
    expect(await status(billing, 'acme')).toMatchObject({ status: 'none', stale: true })
    expect(await status(billing, 'acme')).toMatchObject({ status: 'none', stale: true })
    expect(calls()).toBe(before)
    await endMinute()
    // A refusal holds for a moment.
    await expect.poll(async () => (await status(billing, 'acme')).stale).toBe(false)
  })

  it('a buyer waits a little for room, and is told when to come back', async () => {
    const billing = startProcess(40)
    await status(billing, 'acme')
    await fill(40, 1.5)
    expect(await buy(billing, 'acme')).toMatchObject({ checkoutUrl: expect.stringMatching(/^http/) })
    await fill(40)
    await running.emulator.controls.advanceClock({ seconds: 60 })
    await expect(buy(billing, 'other')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfter: expect.any(Number),
    })
  })

  describe('in the background', () => {
    let billing: Billing
    beforeEach(async () => {
      // Its calls are not limited as those of the other.
      await running.billing.close()
      billing = startProcess(40)
      running.emulator.controls.purchase({
        external_customer_id: 'acme',
        product_id: running.products['pro'] ?? '',
      })
      await status(billing, 'acme')
    })

    const unprocessed = async () => (await billing.drain({ seconds: 5 })).unprocessed

    it('a webhook that there is no room for waits, and nobody takes Polar to be away', async () => {
      await fill(40)
      const body = '{"type":"customer.updated","data":{"external_id":"acme"}}'
      const url = `${running.url}/api/billing/webhooks/polar`
      await billing.fetch(new Request(url, { method: 'POST', body, headers: sign(body) }))
      const before = calls()
      expect(await unprocessed()).toBe(1)
      expect(calls()).toBe(before)
      expect(running.events).not.toContainEqual(expect.objectContaining({ type: 'provider_lost' }))
      expect(running.events).not.toContainEqual(expect.objectContaining({ type: 'refresh_failed' }))
      expect(await database.query('select failure from polar_billing.snapshots')).toEqual([{ failure: null }])
      await endMinute()
      await expect
        .poll(async () => {
          await database.query(
            `update polar_billing_jobs.job set start_after = now(), retry_count = 0 where name = 'refresh'`,
          )
          return unprocessed()
        })
        .toBe(0)
      expect(await status(billing, 'acme')).toMatchObject({ status: 'active', stale: false })
    })

    it('reconciliation stops where readers may go on', async () => {
      await running.emulator.controls.advanceClock({ hours: 25 })
      await database.query(`delete from polar_billing_jobs.job where name = 'reconcile'`)
      await fill(19)
      const before = calls()
      await billing.drain({ seconds: 5 })
      expect(calls()).toBe(before)
      expect(await status(billing, 'acme')).toMatchObject({ status: 'active', stale: false })
    })
  })

  it('is reported once in a minute for each priority', async () => {
    const billing = startProcess(40)
    await status(billing, 'acme')
    await fill(40)
    for (let index = 0; index < 5; index += 1) await many(5, (other) => status(billing, `${index}_${other}`))
    await expect(buy(billing, 'buyer')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(running.events.filter(({ type }) => type === 'budget_exhausted')).toEqual([
      { type: 'budget_exhausted', priority: 'read', callsPerMinute: 40 },
      { type: 'budget_exhausted', priority: 'checkout', callsPerMinute: 40 },
    ])
  })

  it('a 429 that one of them sees bars all, until it is over', async () => {
    const [first, second] = [startProcess(100), startProcess(100)]
    running.emulator.controls.addFault({ status: 429, retryAfter: 90, times: 2 })
    await expect(status(first, 'acme')).rejects.toMatchObject({ retryAfter: 90 })
    const before = calls()
    await running.emulator.controls.advanceClock({ seconds: 30 })
    await expect(status(second, 'other')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfter: 60,
    })
    await expect(buy(second, 'other')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(calls()).toBe(before)
    await running.emulator.controls.advanceClock({ seconds: 61 })
    expect(await status(second, 'other')).toMatchObject({ stale: false })
    expect(await status(first, 'acme')).toMatchObject({ stale: false })
  })

  it('the calls of a task that turns out longer are counted too', async () => {
    const { service } = startProcess(100)
    const polar = createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })
    await polar.customers.create({ email: 'ada@example.com' })
    const before = calls()
    // Not two calls, but four: the e-mail is taken, and who has it is looked up and taken over.
    const ada = { organizationId: 'ada', email: 'ada@example.com', emailVerified: true }
    await service.createCheckout(ada, { planType: 'pro' })
    // They are counted while they are made, which nobody waits for.
    const counted = async () => {
      const [row] = await database.query<{ points: number }>(
        `select points::int as points from polar_billing.rate_limits where key like 'calls:%'`,
      )
      return row?.points
    }
    await expect.poll(counted).toBe(calls() - before)
  })

  it('the count tells nothing of the token, and another account has its own', async () => {
    await status(startProcess(100), 'acme')
    const other = createBilling({
      ...running.options,
      polar: { ...running.options.polar, accessToken: 'polar_oat_other' },
      database: opened.connect(),
    })
    processes.push(other)
    await status(other, 'else')
    const keys = await database.query<{ key: string }>(`select key from polar_billing.rate_limits`)
    expect(keys).toHaveLength(2)
    for (const { key } of keys) expect(key).toMatch(/^calls:[0-9a-f]{32}$/)
  })

  it('Polar down for ten minutes: answers go on, no usage is lost, and all is delivered within the budget', async () => {
    const [first, second] = [startProcess(10), startProcess(10)]
    await status(first, 'acme')
    running.emulator.controls.takeDown()
    const events = 9_000
    for (let minute = 0; minute < 10; minute += 1) {
      await running.emulator.controls.advanceClock({ minutes: 1 })
      await endMinute()
      const before = calls()
      for (const billing of [first, second]) {
        expect(await status(billing, 'acme')).toMatchObject({ status: 'none', stale: minute >= 5 })
        await billing.usage.trackMany(
          Array.from({ length: events / 20 }, (_, index) => ({
            organizationId: 'acme',
            name: 'request',
            idempotencyKey: `${minute} ${index} ${billing === first}`,
          })),
        )
      }
      expect(calls() - before).toBeLessThanOrEqual(10)
    }
    running.emulator.controls.clearFaults()
    for (let minutes = 0; arrived(running).length < events && minutes < 30; minutes += 1) {
      await endMinute()
      await database.query('update polar_billing.usage_events set next_attempt_at = now()')
      const before = calls()
      await many(2, (index) => [first, second][index]?.usage.flush() ?? Promise.resolve())
      await Promise.allSettled([first.drain({ seconds: 5 }), second.drain({ seconds: 5 })])
      expect(calls() - before).toBeLessThanOrEqual(10)
    }
    expect(arrived(running)).toHaveLength(events)
    await running.emulator.controls.advanceClock({ minutes: 1 })
    // The circuit tries once in a while whether Polar is back.
    const isFresh = async (): Promise<boolean> => {
      await endMinute()
      await running.emulator.controls.advanceClock({ seconds: 40 })
      return !(await status(first, 'acme')).stale
    }
    await expect.poll(isFresh, { timeout: 40_000 }).toBe(true)
  }, 120_000)
})

describe('a process without a database', () => {
  let running: Running
  let billing: Billing
  afterEach(async () => {
    await billing.close().catch(() => undefined)
    await running.close()
  })

  it('keeps to the budget by itself', async () => {
    running = await startBilling()
    billing = createBilling(withCalls(running, 30))
    await many(40, (index) => billing.service.getStatus({ organizationId: `organization_${index}` }))
    expect(running.polarCalls).toHaveLength(24)
    expect(
      await billing.service.createCheckout({ organizationId: 'organization_39' }, { planType: 'pro' }),
    ).toBeDefined()
    expect(running.polarCalls.length).toBeLessThanOrEqual(30)
  })

  it('a trial that there is no room for does not say that Polar is back', async () => {
    running = await startBilling()
    billing = createBilling(withCalls(running, 12))
    running.emulator.controls.addFault({ status: 503 })
    const ask = (organizationId: string) =>
      billing.service.getStatus({ organizationId }).catch((error: unknown) => String(error))
    for (let index = 0; index < 5; index += 1) await ask(`organization_${index}`)
    expect(running.events).toContainEqual({ type: 'provider_lost' })
    let index = 5
    await expect.poll(() => ask(`organization_${(index += 1)}`), { timeout: 10_000 }).toContain('used up')
    expect(running.events).not.toContainEqual({ type: 'provider_back' })
  })
})

describe('the database is away', () => {
  it('billing goes on, and each process counts alone', async () => {
    const pglite = new PGlite()
    const running = await startBilling({ billing: { database: pglite } })
    await pglite.close()
    const { body } = await running.as(null).get('/plans')
    expect(body.plans[1]).toMatchObject({ planType: 'pro', prices: [{ amount: 2_900 }, {}, {}] })
    await running.close()
  })

  it('the limit holds', async () => {
    const pglite = new PGlite()
    await pglite.close()
    const budget = createCallBudget(
      { accessToken: 'polar_oat_test', callsPerMinute: 10 },
      {
        counters: createCounters(connectDatabase(pglite)),
        isShared: true,
        now: () => new Date(),
        onEvent: () => undefined,
      },
    )
    const taken = await Promise.all(Array.from({ length: 20 }, () => budget.take('read', 1)))
    expect(taken.filter((refusal) => refusal === null)).toHaveLength(8)
    await budget.bar(30)
    expect(await budget.take('checkout', 1)).toEqual({ reason: 'barred', retryAfter: 30 })
  })
})

describe.each([
  ['in PGlite', true],
  ['in the process', false],
])('a bar that is shorter than the minute, %s', (_where, isShared) => {
  it('does not begin another one: what was called before it counts', async () => {
    const pglite = new PGlite()
    if (isShared) await migrate(connectDatabase(pglite))
    let now = Date.parse('2026-01-10T12:00:00Z')
    const budget = createCallBudget(
      { accessToken: 'polar_oat_test', callsPerMinute: 10 },
      {
        counters: createCounters(isShared ? connectDatabase(pglite) : undefined),
        isShared,
        now: () => new Date(now),
        onEvent: () => undefined,
      },
    )
    expect(await budget.take('read', 8)).toBeNull()
    await budget.bar(2)
    expect(await budget.take('read', 1)).toEqual({ reason: 'barred', retryAfter: 2 })
    now += 2_000
    expect(await budget.take('read', 1)).toMatchObject({ reason: 'no room' })
    expect(await budget.read()).toEqual({ calls: 8, barredUntil: null })
    await pglite.close()
  })
})

describe('what health shows', () => {
  it('the circuit, the bar and the calls', async () => {
    const now = () => new Date('2026-01-10T12:00:00Z')
    const options = { counters: createCounters(undefined), isShared: false, now, onEvent: () => undefined }
    const budget = createCallBudget({ accessToken: 'polar_oat_test', environment: 'sandbox' }, options)
    const guard = createGuard({ budget, onEvent: () => undefined })
    await guard(() => Promise.resolve(), { calls: 2 })
    expect(await guard.state()).toEqual({
      circuit: 'closed',
      pausedUntil: null,
      callsPerMinute: 100,
      callsUsed: 2,
    })
    await budget.bar(30)
    expect(await guard.state()).toMatchObject({ pausedUntil: '2026-01-10T12:00:30.000Z' })
  })
})

import { PGlite } from '@electric-sql/pglite'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { type Billing, createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { type Running, startBilling, WEBHOOK_SECRET } from './startBilling.js'

const payer = { organizationId: 'payer' }

describe.each(databases)('billing that is known to all processes, in $name', ({ open }) => {
  let database: OpenedDatabase
  let running: Running
  let others: Billing[]
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    others = []
    running = await startBilling({ billing: { database: database.connect() } })
    await database.connect().query('delete from polar_billing.snapshots')
    // Every change is seen by asking alone.
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    buyPro('payer')
  })
  afterEach(async () => {
    await Promise.all(others.map((billing) => billing.close()))
    await running.close()
  })

  /** A second process, or the same one after a restart. */
  function startAnother(): Billing {
    const billing = createBilling({ ...running.options, database: database.connect() })
    others.push(billing)
    return billing
  }

  const buyPro = (organizationId: string) =>
    running.emulator.controls.purchase({
      external_customer_id: organizationId,
      product_id: running.products['pro'] ?? '',
    })
  const fault = (input: object) => running.emulator.controls.addFault(input)
  const wait = (seconds: number) => running.emulator.controls.advanceClock({ seconds })

  it('a restart while the provider is down forgets nobody', async () => {
    for (const path of ['/status', '/subscription', '/usage']) await running.as('payer').get(path)
    await running.billing.close()
    running.emulator.controls.takeDown()
    await wait(301)
    const { service } = startAnother()
    const asOf = '2026-01-10T12:00:00.000Z'
    expect(await service.getStatus(payer)).toMatchObject({
      status: 'active',
      isActive: true,
      planType: 'pro',
      stale: true,
      asOf,
    })
    expect(await service.getSubscription(payer)).toMatchObject({
      status: 'active',
      latestOrder: { status: 'completed', amount: 2_900 },
      stale: true,
      asOf,
    })
    expect(await service.getUsage(payer)).toMatchObject({
      meters: [{ key: 'characters', included: 10_000 }, { key: 'requests' }, { key: 'databases' }],
      stale: true,
    })
  })

  it('what a release has stored that knew nothing of planned pauses is still good', async () => {
    await running.as('payer').get('/subscription')
    await database
      .connect()
      .query(
        `update polar_billing.snapshots set reading = reading #- '{subscriptions,0,pauseAtPeriodEnd}' where kind = 'customer'`,
      )
    running.emulator.controls.takeDown()
    expect((await running.as('payer').get('/subscription')).body).toMatchObject({
      status: 'active',
      pauseAtPeriodEnd: false,
      stale: false,
    })
  })

  it('counts without a subscription survive a restart too', async () => {
    await running.billing.usage.track({ organizationId: 'free', name: 'request' })
    await running.billing.usage.flush()
    await wait(1)
    const first = await running.billing.service.getUsage({ organizationId: 'free' })
    expect(first).toMatchObject({ totalRequests: 1, stale: false })
    const second = await startAnother().service.getUsage({ organizationId: 'free' })
    expect(second).toMatchObject({ totalRequests: 1, stale: false, generatedAt: first.generatedAt })
  })

  it('nothing is known and the provider is down: one process finds out, and all say when to come back', async () => {
    fault({ status: 429, retryAfter: 30 })
    const answer = await running.as('payer').get('/status')
    expect(answer.status).toBe(503)
    expect(answer.body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: 30 })
    const calls = running.polarCalls.length
    const other = startAnother()
    await wait(10)
    await expect(other.service.getStatus(payer)).rejects.toMatchObject({
      name: 'BillingError',
      code: 'SERVICE_UNAVAILABLE',
      message: answer.body.error.message,
      retryAfter: 20,
    })
    expect(running.polarCalls.length).toBe(calls)
    running.emulator.controls.clearFaults()
    await wait(21)
    expect(await other.service.getStatus(payer)).toMatchObject({ status: 'active', stale: false })
  })

  it('a refusal stays a refusal in every process', async () => {
    fault({ status: 401 })
    await running.as('payer').get('/status')
    const refusal = await startAnother()
      .service.getStatus(payer)
      .catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 })
    expect(refusal).not.toHaveProperty('retryAfter', expect.anything())
  })

  it('100 concurrent reads in two processes ask the provider once', async () => {
    fault({ latencyMs: 200 })
    const other = startAnother()
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => [
        running.billing.service.getStatus(payer),
        other.service.getStatus(payer),
      ]).flat(),
    )
    expect(running.polarCalls.toSorted()).toEqual([
      'GET /v1/customers/external/payer/state',
      'GET /v1/subscriptions/',
    ])
    for (const status of statuses) expect(status).toMatchObject({ status: 'active', stale: false })
  })

  it('a webhook that one process receives makes the other one read again', async () => {
    running.emulator.controls.addWebhookEndpoint({
      url: `${running.url}/api/billing/webhooks/polar`,
      secret: WEBHOOK_SECRET,
    })
    const other = startAnother()
    const acme = { organizationId: 'acme' }
    expect(await other.service.getStatus(acme)).toMatchObject({ status: 'none' })
    buyPro('acme')
    await running.emulator.controls.settle()
    expect(await other.service.getStatus(acme)).toMatchObject({ status: 'active', planType: 'pro' })
  })

  it('fresh=1 asks again, at most once a second in all processes', async () => {
    const other = startAnother()
    const acme = { organizationId: 'acme' }
    await other.service.getStatus(acme)
    buyPro('acme')
    const ask = () =>
      Promise.all([other, running.billing].map(({ service }) => service.getStatus(acme, { fresh: true })))
    expect(await ask()).toMatchObject([{ status: 'none' }, { status: 'none' }])
    await wait(2)
    expect(await other.service.getStatus(acme)).toMatchObject({ status: 'none' })
    const calls = running.polarCalls.length
    expect(await ask()).toMatchObject([{ status: 'active' }, { status: 'active' }])
    expect(running.polarCalls.length).toBe(calls + 2)
  })

  it('the address of an invoice is shown, and never written down', async () => {
    const polar = createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })
    await polar.customers.updateExternal('payer', { name: 'Payer', billing_address: { country: 'FR' } })
    const { items } = await polar.orders.list({ external_customer_id: ['payer'] })
    await polar.orders.generateInvoice(items[0]?.id ?? '')
    await running.emulator.controls.settle()
    const { latestOrder } = await running.billing.service.getSubscription(payer)
    expect(latestOrder?.invoicePdfUrl).toMatch(/^http/)
    const { rows } = await database
      .connect()
      .query(`select kind, row_to_json(snapshots)::text as text from polar_billing.snapshots order by kind`)
    const texts = rows as { kind: string; text: string }[]
    expect(texts.map(({ kind }) => kind)).toEqual(['customer', 'latest order'])
    expect(texts.map(({ text }) => text).join()).toContain(latestOrder?.id)
    expect(texts.map(({ text }) => text).join()).not.toMatch(/https?:|invoices?\//)
    expect((await startAnother().service.getSubscription(payer)).latestOrder).toEqual({
      ...latestOrder,
      invoicePdfUrl: null,
    })
  })
})

describe('database', () => {
  it('that was not migrated: every operation says what to do', async () => {
    const pglite = new PGlite()
    const running = await startBilling()
    const billing = createBilling({ ...running.options, database: pglite })
    await expect(billing.service.getStatus(payer)).rejects.toThrow('billing.migrate()')
    await billing.migrate()
    expect(await billing.service.getStatus(payer)).toMatchObject({ status: 'none' })
    await Promise.all([billing.close(), running.close()])
    await pglite.close()
  })

  it('that is away: neither "none" nor an acknowledged webhook', async () => {
    const pglite = new PGlite()
    const running = await startBilling({ billing: { database: pglite } })
    await running.as('payer').get('/status')
    await pglite.close()
    const answer = await running.as('payer').get('/status')
    expect(answer.status).toBe(503)
    expect(answer.body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: 5 })
    running.emulator.controls.purchase({
      external_customer_id: 'payer',
      product_id: running.products['pro'] ?? '',
    })
    await expect
      .poll(() => running.events)
      .toContainEqual(
        expect.objectContaining({
          type: 'request_failed',
          operation: 'webhook',
          code: 'SERVICE_UNAVAILABLE',
        }),
      )
    await running.close()
  })

  it('that is missing: a warning, and nothing to migrate', async () => {
    const running = await startBilling()
    const warnings = () => running.events.filter((event) => event.type === 'warning')
    expect(warnings()).toMatchObject([{ message: expect.stringContaining('No database') }])
    await expect(running.billing.migrate()).rejects.toThrow('no `database`')
    await running.close()
  })

  it('that is given: no warning', async () => {
    const pglite = new PGlite()
    const running = await startBilling({ billing: { database: pglite } })
    expect(running.events).toEqual([])
    await running.close()
    await pglite.close()
  })
})

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { type Running, startBilling } from './startBilling.js'

describe.each(databases)('reconciliation, in $name', ({ open }) => {
  let database: OpenedDatabase
  let handle: ReturnType<OpenedDatabase['connect']>
  let running: Running
  beforeAll(async () => {
    database = await open()
    handle = database.connect()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: handle } })
    for (const table of ['polar_billing.snapshots', 'polar_billing.webhooks', 'polar_billing_jobs.job'])
      await handle.query(`delete from ${table}`)
    // Polar's endpoint is disabled: no webhook comes.
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
  })
  afterEach(() => running.close())

  const status = (organizationId: string) => running.billing.service.getStatus({ organizationId })
  const reads = () =>
    running.polarCalls
      .filter((call) => call.endsWith('/state'))
      .map((call) => String(call.split('/')[4]))
      .toSorted()

  async function buyAndRead(...organizationIds: string[]): Promise<string[]> {
    const ids = organizationIds.map((organizationId) => {
      const { subscription_id } = running.emulator.controls.purchase({
        external_customer_id: organizationId,
        product_id: running.products['pro'] ?? '',
      })
      return subscription_id ?? ''
    })
    for (const organizationId of organizationIds) await status(organizationId)
    running.polarCalls.length = 0
    return ids
  }

  /** A run, as if the last one were long ago. */
  async function reconcile() {
    await handle.query(`delete from polar_billing_jobs.job where name = 'reconcile'`)
    return running.billing.drain({ seconds: 20 })
  }

  it('reads again whom no webhook has told of for a day', async () => {
    const [id] = await buyAndRead('acme')
    running.emulator.controls.patchSubscription({ id: id ?? '', status: 'past_due' })
    await running.emulator.controls.advanceClock({ hours: 25 })
    await reconcile()
    expect(reads()).toEqual(['acme'])
    running.emulator.controls.takeDown()
    await running.emulator.controls.advanceClock({ minutes: 6 })
    expect(await status('acme')).toMatchObject({ status: 'past_due', stale: true })
  })

  it('leaves alone who was read today, and who has never bought', async () => {
    await status('visitor')
    await buyAndRead('old')
    await running.emulator.controls.advanceClock({ hours: 25 })
    await buyAndRead('young')
    await reconcile()
    expect(reads()).toEqual(['old'])
    await reconcile()
    expect(reads()).toEqual(['old'])
  })

  it('asks no further when Polar is away, and goes on from there', async () => {
    await buyAndRead('one', 'two', 'three')
    await running.emulator.controls.advanceClock({ hours: 25 })
    running.emulator.controls.takeDown()
    await reconcile()
    expect(reads()).toHaveLength(1)
    running.emulator.controls.clearFaults()
    await running.emulator.controls.advanceClock({ minutes: 1 })
    running.polarCalls.length = 0
    await expect
      .poll(async () => {
        await reconcile()
        return [...new Set(reads())]
      })
      .toEqual(['one', 'three', 'two'])
  })

  it('does what a webhook asked for whose job is lost', async () => {
    await buyAndRead('acme')
    await handle.query(
      `insert into polar_billing.webhooks (webhook_id, type, organization_id, occurred_at, received_at, payload, awaits)
       values ('lost', 'customer.updated', 'acme', now(), now() - interval '2 hours', '{}', '{refresh}')`,
    )
    expect(await reconcile()).toMatchObject({ unprocessed: 0 })
    expect(reads()).toEqual(['acme'])
  })

  it('many drains in a moment make one run', async () => {
    await buyAndRead('acme')
    await running.emulator.controls.advanceClock({ hours: 25 })
    await Promise.all([1, 2, 3].map(() => running.billing.drain({ seconds: 20 })))
    expect(reads()).toEqual(['acme'])
  })
})

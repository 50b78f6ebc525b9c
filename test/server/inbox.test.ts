import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import { type Billing, type BillingEvent, createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startPostgres } from './database/startPostgres.js'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { sign } from './signWebhook.js'
import { type Running, startBilling } from './startBilling.js'

describe.each(databases)('the webhook inbox, in $name', ({ open }) => {
  let database: OpenedDatabase
  let running: Running
  let others: Billing[]
  /** What three processes have of the database. */
  let handles: ReturnType<OpenedDatabase['connect']>[]
  beforeAll(async () => {
    database = await open()
    handles = [database.connect(), database.connect(), database.connect()]
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    others = []
    running = await startBilling({ billing: { database: handles[0] } })
    for (const table of ['polar_billing.snapshots', 'polar_billing.webhooks', 'polar_billing_jobs.job'])
      await rowsOf(`delete from ${table}`)
  })
  afterEach(async () => {
    await Promise.all(others.map((billing) => billing.close()))
    await running.close()
  })

  function startAnother(): Billing {
    const billing = createBilling({ ...running.options, database: handles[(others.length % 2) + 1] })
    others.push(billing)
    return billing
  }

  const rowsOf = async (sql: string) =>
    ((await handles[0]?.query(sql))?.rows ?? []) as Record<string, unknown>[]
  const webhooks = () =>
    rowsOf(
      'select webhook_id as id, type, awaits, processed_at from polar_billing.webhooks order by received_at',
    )

  const changed = (organizationId: string | null, type = 'customer.updated') =>
    JSON.stringify({
      type,
      timestamp: '2026-01-10T12:00:00.123456Z',
      api_version: '2026-10',
      data: { external_id: organizationId },
    })

  async function deliver(body: string, id: string = crypto.randomUUID(), target = running.billing) {
    const request = new Request(`${running.url}/api/billing/webhooks/polar`, {
      method: 'POST',
      body,
      headers: sign(body, { id }),
    })
    return (await target.fetch(request)).status
  }

  const refreshes = () => running.polarCalls.filter((call) => call.endsWith('/state')).length
  const allProcessed = () =>
    expect
      .poll(async () => (await webhooks()).filter(({ processed_at }) => processed_at === null))
      .toEqual([])

  it('many webhooks of a moment cause one refresh', async () => {
    await running.as('acme').get('/status')
    await Promise.all(Array.from({ length: 20 }, () => deliver(changed('acme'))))
    await allProcessed()
    expect(await webhooks()).toHaveLength(20)
    expect(refreshes()).toBeLessThan(5)
  })

  it('what was known is old as soon as the webhook is acknowledged', async () => {
    await running.as('acme').get('/status')
    expect(await deliver(changed('acme'))).toBe(202)
    const calls = running.polarCalls.length
    await running.as('acme').get('/status')
    expect(running.polarCalls.length).toBeGreaterThan(calls)
  })

  it('a duplicate is acknowledged, and not repeated by any process', async () => {
    await running.as('acme').get('/status')
    const other = startAnother()
    const targets = [running.billing, other, running.billing, other, running.billing, other]
    const answers = await Promise.all(targets.map((target) => deliver(changed('acme'), 'same', target)))
    expect(answers).toEqual(Array(6).fill(202))
    await allProcessed()
    expect(await webhooks()).toMatchObject([{ id: 'same' }])
    await deliver(changed('acme'), 'same', other)
    expect(await webhooks()).toMatchObject([{ id: 'same' }])
    expect(refreshes()).toBe(2)
  })

  it('three processes read an organization for all their webhooks together', async () => {
    await running.as('acme').get('/status')
    const all = [running.billing, startAnother(), startAnother()]
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => deliver(changed('acme'), undefined, all[index % 3])),
    )
    await allProcessed()
    expect(refreshes()).toBeLessThan(8)
  })

  it('about an organization that nobody asks about, it causes no refresh', async () => {
    await deliver(changed('stranger'))
    await allProcessed()
    expect(refreshes()).toBe(0)
  })

  it.each([
    ['of a type that nobody knows', '{"type":"planet.created","data":{"name":"Pluto"}}', 'planet.created'],
    ['without a type', '{"data":{}}', 'unknown'],
    ['that is no object', '3', 'unknown'],
    ['about nobody', changed(null), 'customer.updated'],
    [
      'with what no database stores',
      JSON.stringify({ type: 'customer.updated', data: { name: 'a\u0000b\ud800' } }),
      'customer.updated',
    ],
    [
      'with dates that are none',
      '{"type":"subscription.updated","timestamp":"soon","data":{"id":"s","modified_at":"x"}}',
      'subscription.updated',
    ],
  ])('one %s is kept and acknowledged', async (_name, body, type) => {
    expect(await deliver(body)).toBe(202)
    await allProcessed()
    expect(await webhooks()).toMatchObject([{ type }])
  })

  it('takes nobody else for the organization: a member has an id of the app’s, too', async () => {
    await deliver(changed('acme'), 'customer')
    await deliver(changed('acme', 'member.created'), 'member')
    expect(
      await rowsOf('select webhook_id as id, organization_id from polar_billing.webhooks order by 1'),
    ).toEqual([
      { id: 'customer', organization_id: 'acme' },
      { id: 'member', organization_id: null },
    ])
  })

  it('keeps the microseconds of the provider', async () => {
    await deliver(changed('acme'))
    expect(
      await rowsOf(
        "select occurred_at::timestamptz at time zone 'UTC' || '' as at from polar_billing.webhooks",
      ),
    ).toEqual([{ at: '2026-01-10 12:00:00.123456' }])
  })

  it('nothing that opens a door is in any row', async () => {
    const { emulator, products } = running
    await running
      .as({ organizationId: 'acme', email: 'ada@example.com' })
      .post('/checkout', { planType: 'pro' })
    emulator.controls.purchase({ external_customer_id: 'payer', product_id: products['pro'] ?? '' })
    await running.as('payer').post('/portal')
    await emulator.controls.settle()
    const deep = {
      type: 'planet.created',
      data: { moons: [{ invitation_token: 'tok_deep', session: { url: 'https://deep' } }] },
    }
    await deliver(JSON.stringify(deep))
    await allProcessed()
    const sent = emulator.controls
      .listWebhooks()
      .map(({ payload }) => payload)
      .join()
    const secrets = [...sent.matchAll(/"(?:client_secret|url|[a-z_]*_url|[a-z_]*token)":"([^"]+)"/g)].map(
      ([, secret]) => secret,
    )
    expect(secrets.length).toBeGreaterThan(3)
    const dump = await dumpAll()
    expect(dump).toContain('planet.created')
    for (const secret of [...secrets, 'tok_deep', 'https://deep']) expect(dump).not.toContain(secret)
  })

  async function dumpAll(): Promise<string> {
    const tables = await rowsOf(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('polar_billing', 'polar_billing_jobs')`,
    )
    const rows = await Promise.all(
      tables.map(({ name }) => rowsOf(`select to_json(t)::text as row from ${String(name)} t`)),
    )
    return JSON.stringify(rows.flat())
  }

  it('jobs that wait while nobody runs are done after a restart', async () => {
    await running.as('acme').get('/status')
    await deliver(changed('acme'))
    await running.billing.close()
    startAnother()
    await allProcessed()
    expect(refreshes()).toBe(2)
  })

  it('what a process that was killed had begun is done by another one', async () => {
    await running.as('acme').get('/status')
    await running.billing.close()
    const other = startAnother()
    await deliver(changed('acme'), 'orphan', other)
    await other.close()
    // As a killed process leaves it: taken, and past its time.
    await rowsOf(
      `update polar_billing_jobs.job set state = 'active', started_on = now() - interval '1 hour' where name = 'refresh'`,
    )
    const { worked } = await startAnother().drain({ seconds: 20 })
    expect(worked).toBeGreaterThan(0)
    await rowsOf(
      `update polar_billing_jobs.job set start_after = now() where name = 'refresh' and state = 'retry'`,
    )
    await startAnother().drain({ seconds: 20 })
    await allProcessed()
  })

  it('drain does the work of processes that do not live long enough', async () => {
    await running.as('acme').get('/status')
    await deliver(changed('acme'))
    await running.billing.close()
    const drained = await startAnother().drain({ seconds: 20 })
    expect(drained).toMatchObject({ delivered: 0, waiting: 0, unprocessed: 0 })
    expect(drained.worked).toBeGreaterThan(0)
    expect(refreshes()).toBe(2)
  })

  it('Polar away: the webhook waits, and is done with when Polar is back', async () => {
    await running.as('acme').get('/status')
    running.emulator.controls.takeDown()
    await deliver(changed('acme'))
    await expect
      .poll(() => running.events)
      .toContainEqual(expect.objectContaining({ type: 'refresh_failed', organizationId: 'acme' }))
    expect(await webhooks()).toMatchObject([{ awaits: ['refresh'], processed_at: null }])
    running.emulator.controls.clearFaults()
    await running.emulator.controls.advanceClock({ minutes: 1 })
    await expect
      .poll(async () => {
        await rowsOf(`update polar_billing_jobs.job set start_after = now() where name = 'refresh'`)
        await running.billing.drain({ seconds: 5 })
        return webhooks()
      })
      .toMatchObject([{ awaits: [], processed_at: expect.anything() }])
  })

  it('Polar refuses: the log hears why, although readers get what was known', async () => {
    await running.as('acme').get('/status')
    running.emulator.controls.addFault({ status: 403 })
    await deliver(changed('acme'))
    await expect
      .poll(() => running.events)
      .toContainEqual(
        expect.objectContaining({ type: 'refresh_failed', message: expect.stringContaining('403') }),
      )
    expect(await running.as('acme').get('/status')).toMatchObject({ status: 200, body: { stale: true } })
  })

  it('what was done with long ago is forgotten, and what waits is not', async () => {
    await deliver(changed('acme'), 'old')
    await deliver(changed('acme'), 'new')
    await allProcessed()
    await rowsOf(
      `update polar_billing.webhooks set received_at = now() - interval '91 days' where webhook_id = 'old'`,
    )
    await rowsOf(
      `insert into polar_billing.webhooks (webhook_id, type, occurred_at, received_at, payload, awaits)
       values ('waiting', 'order.paid', now(), now() - interval '91 days', '{}', '{hook}')`,
    )
    await running.billing.drain({ seconds: 20 })
    expect((await webhooks()).map(({ id }) => id)).toEqual(['waiting', 'new'])
  })

  it('any number of processes may migrate at once', async () => {
    const fresh = await open()
    const all = Array.from({ length: 3 }, () =>
      createBilling({ ...running.options, database: fresh.connect() }),
    )
    others.push(...all)
    await Promise.all(all.map((billing) => billing.migrate()))
    expect(await deliver(changed('acme'), 'one', all[1])).toBe(202)
    await Promise.all(all.map((billing) => billing.close()))
    await fresh.close()
  })

  it('two in one process share the work, and one that is closed leaves it to the other', async () => {
    await running.as('acme').get('/status')
    const second = startAnother()
    await deliver(changed('acme'), 'one', second)
    await second.close()
    await deliver(changed('acme'), 'two')
    await allProcessed()
    expect(await webhooks()).toHaveLength(2)
  })
})

describe('a database', () => {
  it('with one connection: webhooks are taken and worked', async () => {
    const postgres = await startPostgres()
    const pool = new Pool({ connectionString: await postgres.createDatabase(), max: 1 })
    const running = await startBilling({ billing: { database: pool } })
    await running.as('payer').get('/status')
    running.emulator.controls.purchase({
      external_customer_id: 'payer',
      product_id: running.products['pro'] ?? '',
    })
    await running.emulator.controls.settle()
    await expect
      .poll(
        async () =>
          (await pool.query('select processed_at is null as waits from polar_billing.webhooks group by 1'))
            .rows,
      )
      .toEqual([{ waits: false }])
    await running.close()
    await pool.end()
    await postgres.stop()
  })

  it('that an admin has migrated: the rights to read and write are enough', async () => {
    const postgres = await startPostgres()
    const admin = new Pool({ connectionString: await postgres.createDatabase() })
    const migrated = await startBilling({ billing: { database: admin } })
    await migrated.close()
    await admin.query(`create role app login password 'app'`)
    for (const schema of ['polar_billing', 'polar_billing_jobs']) {
      await admin.query(`grant usage on schema ${schema} to app`)
      await admin.query(`grant select, insert, update, delete on all tables in schema ${schema} to app`)
    }
    const url = new URL(String(admin.options.connectionString))
    url.username = url.password = 'app'
    const pool = new Pool({ connectionString: url.href })
    const running = await startBilling()
    const events: BillingEvent[] = []
    const onEvent = (event: BillingEvent) => events.push(event)
    const billing = createBilling({ ...running.options, database: pool, onEvent })
    const acme = { organizationId: 'acme' }
    // As an app does at each start.
    await billing.migrate()
    await billing.service.getStatus(acme)
    await billing.usage.track({ ...acme, name: 'request' })
    expect(await billing.service.createCheckout(acme, { planType: 'pro' })).toMatchObject({
      productName: 'Pro plan',
    })
    const body = '{"type":"customer.updated","data":{"external_id":"acme"}}'
    const request = new Request(`${running.url}/api/billing/webhooks/polar`, {
      method: 'POST',
      body,
      headers: sign(body),
    })
    expect((await billing.fetch(request)).status).toBe(202)
    await expect.poll(() => billing.drain({ seconds: 20 })).toMatchObject({ waiting: 0, unprocessed: 0 })
    expect(await billing.health()).toMatchObject({ ok: true })
    expect(events.filter(({ type }) => type === 'warning')).toEqual([])
    await billing.close()
    await running.close()
    await Promise.all([pool.end(), admin.end()])
    await postgres.stop()
  })

  it('that is away: 503, so that Polar sends the webhook again', async () => {
    const pglite = new PGlite()
    const running = await startBilling({ billing: { database: pglite } })
    await pglite.close()
    const body = '{"type":"customer.updated","data":{"external_id":"acme"}}'
    const answer = await running
      .as(null)
      .request('/webhooks/polar', { method: 'POST', body, headers: sign(body) })
    expect(answer.status).toBe(503)
    await running.close()
  })

  it('that was not migrated: 500 with what to do in the log, and once migrated 202', async () => {
    const pglite = new PGlite()
    const memory = await startBilling()
    const billing = createBilling({ ...memory.options, database: pglite })
    const post = async () => {
      const body = '{"type":"customer.updated","data":{"external_id":"acme"}}'
      const url = `${memory.url}/api/billing/webhooks/polar`
      return (await billing.fetch(new Request(url, { method: 'POST', body, headers: sign(body) }))).status
    }
    expect(await post()).toBe(500)
    expect(memory.events).toContainEqual(
      expect.objectContaining({
        type: 'request_failed',
        message: expect.stringContaining('billing.migrate()'),
      }),
    )
    await billing.migrate()
    expect(await post()).toBe(202)
    await Promise.all([billing.close(), memory.close()])
    await pglite.close()
  })
})

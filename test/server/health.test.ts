import { PGlite } from '@electric-sql/pglite'
import { createBilling } from 'polar-billing-kit/server'
import { afterEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { type Running, startBilling } from './startBilling.js'

const allowHealth = (request: Request) => request.headers.get('authorization') === 'Bearer monitor'
const asMonitor = { headers: { authorization: 'Bearer monitor' } }

let running: Running | undefined
let opened: OpenedDatabase | undefined
afterEach(async () => {
  await running?.close()
  await opened?.close()
  running = undefined
  opened = undefined
})

const read = (own: Running, init: RequestInit = asMonitor) => own.as(null).request('/health', init)

/** On a busy machine a database may need longer than the two seconds that a check gives it. */
const SLOW = { timeout: 60_000 }
const SLOW_TEST = { timeout: 120_000 }

describe('GET /health', () => {
  it('is not there unless somebody may read it, and for nobody else', async () => {
    running = await startBilling()
    const unknown = await running.as('org_1').request('/nothing')
    const off = await read(running)
    expect(off).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
    await running.close()
    running = await startBilling({ billing: { allowHealth } })
    const refused = await read(running, {})
    expect(refused.status).toBe(404)
    const { requestId: _own, ...error } = refused.body.error
    expect(error).toEqual({
      code: unknown.body.error.code,
      message: unknown.body.error.message.replace('/nothing', '/health'),
    })
    expect((await read(running)).status).toBe(200)
    expect((await read(running, { ...asMonitor, method: 'HEAD' })).status).toBe(200)
  })

  it('a check that throws reads nothing', async () => {
    running = await startBilling({
      billing: {
        allowHealth: () => {
          throw new Error('session store away')
        },
      },
    })
    const { status, body } = await read(running)
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('session store')
  })

  it('without a database: what this process knows', async () => {
    running = await startBilling({ billing: { allowHealth } })
    expect((await read(running)).body).toEqual({
      ok: true,
      database: { kind: null, ok: true, migrated: null, latencyMs: null },
      webhooks: { waiting: 0, lastReceivedAt: null },
      usage: { waiting: 0, oldestUndeliveredAt: null, deadLettered: 0 },
      provider: { circuit: 'closed', pausedUntil: null, callsPerMinute: 500, callsUsed: expect.any(Number) },
    })
    running.emulator.controls.purchase({
      external_customer_id: 'org_1',
      product_id: running.products['pro'] ?? '',
    })
    await running.emulator.controls.settle()
    running.emulator.controls.addFault({ path: '/events/ingest', status: 503 })
    await running.billing.usage.track({ organizationId: 'org_1', name: 'tts_generation' })
    expect(await running.billing.health()).toMatchObject({
      webhooks: { lastReceivedAt: running.emulator.now().toISOString() },
      usage: { waiting: 1, oldestUndeliveredAt: running.emulator.now().toISOString() },
    })
    running.emulator.controls.clearFaults()
    running.emulator.controls.addFault({ path: '/events/ingest', status: 422 })
    await expect
      .poll(async () => (await running?.billing.health())?.usage)
      .toEqual({
        waiting: 0,
        oldestUndeliveredAt: null,
        deadLettered: 1,
      })
  })

  it('the provider is away: told, and no reason to be taken out of service', async () => {
    running = await startBilling({ billing: { allowHealth } })
    running.emulator.controls.takeDown()
    for (let call = 0; call < 6; call += 1) await running.as(`org_${call}`).get('/status')
    expect(await read(running)).toMatchObject({
      status: 200,
      body: { ok: true, provider: { circuit: 'open' } },
    })
    running.emulator.controls.clearFaults()
    await expect
      .poll(async () => {
        // Nobody asks again before the time that the failure named.
        await running?.emulator.controls.advanceClock({ minutes: 1 })
        await running?.as('org_1').get('/status')
        return (await running?.billing.health())?.provider?.circuit
      })
      .toBe('closed')
    running.emulator.controls.addFault({ status: 429, retryAfter: 60, times: 1 })
    await running.as('org_9').get('/status')
    const until = new Date(running.emulator.now().getTime() + 60_000).toISOString()
    expect((await read(running)).body.provider).toMatchObject({ circuit: 'closed', pausedUntil: until })
  })

  it(
    'a database that hangs: not ok within a few seconds, asked by one question however many ask',
    SLOW_TEST,
    async () => {
      const pglite = new PGlite()
      running = await startBilling({ billing: { allowHealth, database: pglite } })
      let release = (): void => undefined
      const hold = new Promise<void>((resolve) => {
        release = resolve
      })
      const held = pglite.transaction(() => hold)
      const answers = await Promise.all([read(running), read(running)])
      for (const { status, body } of answers) {
        expect(status).toBe(503)
        expect(body).toMatchObject({
          ok: false,
          database: { kind: 'pglite', ok: false, migrated: null, latencyMs: null },
          usage: { waiting: null, oldestUndeliveredAt: null, deadLettered: null },
        })
      }
      release()
      await held
      await expect.poll(async () => (await running?.billing.health())?.ok, SLOW).toBe(true)
      await running.close()
      await pglite.close()
      expect(await running.billing.health()).toMatchObject({ ok: false, database: { ok: false } })
      running = undefined
    },
  )
})

describe.each(databases)('health of a server on $name', SLOW_TEST, ({ name, open }) => {
  it('counts what waits for all processes, and names nobody', async () => {
    opened = await open()
    running = await startBilling({ billing: { allowHealth, database: opened.connect() } })
    running.emulator.controls.addFault({ path: '/events/ingest', status: 503 })
    const acceptedAt = running.emulator.now().toISOString()
    await running.billing.usage.trackMany([
      { organizationId: 'org_secret', name: 'tts_generation' },
      { organizationId: 'org_secret', name: 'tts_generation' },
    ])
    const other = createBilling({ ...running.options, database: opened.connect() })
    const own = running
    let told = ''
    const answer = async (): Promise<unknown> => {
      const { status, body } = await read(own)
      told = JSON.stringify(body)
      return { status, body }
    }
    await expect.poll(answer, SLOW).toEqual({
      status: 200,
      body: {
        ok: true,
        database: { kind: name.toLowerCase(), ok: true, migrated: true, latencyMs: expect.any(Number) },
        webhooks: { waiting: 0, lastReceivedAt: null },
        usage: { waiting: 2, oldestUndeliveredAt: acceptedAt, deadLettered: 0 },
        provider: {
          circuit: 'closed',
          pausedUntil: null,
          callsPerMinute: 500,
          callsUsed: expect.any(Number),
        },
      },
    })
    expect(told).not.toContain('org_secret')
    await expect.poll(() => other.health(), SLOW).toMatchObject({ usage: { waiting: 2 } })
    running.emulator.controls.clearFaults()
    running.emulator.controls.addFault({ path: '/events/ingest', status: 422 })
    await other.usage.flush()
    await running.billing.drain({ seconds: 5 })
    await expect
      .poll(async () => {
        await running?.billing.drain({ seconds: 5 })
        return (await running?.billing.health())?.usage
      }, SLOW)
      .toEqual({ waiting: 0, oldestUndeliveredAt: null, deadLettered: 2 })
    await other.close()
  })

  it('webhooks that wait, and the last one that came', async () => {
    opened = await open()
    const handle = opened.connect()
    running = await startBilling({ billing: { allowHealth, database: handle } })
    await handle.query(
      `insert into polar_billing.webhooks (webhook_id, type, occurred_at, received_at, payload, processed_at) values
         ('a', 'order.paid', now(), '2026-01-01T00:00:00Z', '{}', now()),
         ('b', 'order.paid', now(), '2026-01-02T00:00:00Z', '{}', null)`,
    )
    const own = running
    await expect
      .poll(async () => (await read(own)).body.webhooks, SLOW)
      .toEqual({ waiting: 1, lastReceivedAt: '2026-01-02T00:00:00.000Z' })
  })

  it('missing or old tables are told, and newer ones are fine', async () => {
    opened = await open()
    running = await startBilling({ billing: { allowHealth } })
    const handle = opened.connect()
    const billing = createBilling({ ...running.options, database: handle })
    await expect
      .poll(() => billing.health(), SLOW)
      .toMatchObject({ ok: false, database: { ok: true, migrated: false } })
    await billing.migrate()
    await expect.poll(() => billing.health(), SLOW).toMatchObject({ ok: true, database: { migrated: true } })
    await handle.query(`insert into polar_billing.migrations (version, name) values (99, 'later')`)
    await expect.poll(() => billing.health(), SLOW).toMatchObject({ ok: true })
    await handle.query(`delete from polar_billing.migrations`)
    await expect
      .poll(() => billing.health(), SLOW)
      .toMatchObject({ ok: false, database: { migrated: false } })
    await billing.close()
  })
})

import type { BillingStatus } from 'polar-billing-kit/contract'
import {
  type Billing,
  createBilling,
  type WebhookEvent,
  type WebhookHandlers,
} from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { sign } from './signWebhook.js'
import { type Running, startBilling } from './startBilling.js'

let running: Running
let calls: { id: string; attempt: number; by: number }[]
let failing: boolean

/** Counts its calls, and fails as long as it is told to. */
const counting = (by = 0): WebhookHandlers => ({
  'order.paid': async ({ id }, { attempt }) => {
    calls.push({ id, attempt, by })
    if (failing) throw new Error('mail server says: password hunter2 is wrong')
  },
})

const paid = (data: object = {}) =>
  JSON.stringify({ type: 'order.paid', timestamp: '2026-01-10T12:00:00Z', data: { id: 'order', ...data } })

async function deliver(body: string, id: string = crypto.randomUUID(), target = running.billing) {
  const url = `${running.url}/api/billing/webhooks/polar`
  const request = new Request(url, { method: 'POST', body, headers: sign(body, { id }) })
  return (await target.fetch(request)).status
}

const eventsOf = (type: string) => running.events.filter((event) => event.type === type)

describe.each(databases)('handlers of webhooks, in $name', ({ open }) => {
  let database: OpenedDatabase
  let handles: ReturnType<OpenedDatabase['connect']>[]
  let others: Billing[]
  beforeAll(async () => {
    database = await open()
    handles = [database.connect(), database.connect(), database.connect()]
  })
  afterAll(() => database.close())
  beforeEach(() => {
    calls = []
    failing = false
    others = []
  })
  afterEach(async () => {
    await Promise.all(others.map((billing) => billing.close()))
    await running.close()
  })

  const rowsOf = async (sql: string) =>
    ((await handles[0]?.query(sql))?.rows ?? []) as Record<string, unknown>[]

  async function start(on: WebhookHandlers): Promise<void> {
    running = await startBilling({ billing: { database: handles[0], on } })
    for (const table of ['polar_billing.snapshots', 'polar_billing.webhooks', 'polar_billing_jobs.job'])
      await rowsOf(`delete from ${table}`)
  }

  function startAnother(on: WebhookHandlers): Billing {
    const billing = createBilling({
      ...running.options,
      on,
      database: handles[(others.length % 2) + 1],
    })
    others.push(billing)
    return billing
  }

  /** Lets the time pass until the next attempt. */
  async function retry(target = running.billing): Promise<void> {
    await rowsOf(`update polar_billing_jobs.job set start_after = now() where state = 'retry'`)
    await target.drain({ seconds: 20 })
  }

  it('get the event, and the status as it is now', async () => {
    const seen: { event: WebhookEvent<'subscription.active'>; status: BillingStatus }[] = []
    await start({
      'subscription.active': async (event, { status }) => {
        seen.push({ event, status: await status() })
      },
    })
    running.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: running.products['pro'] ?? '',
    })
    await running.emulator.controls.settle()
    await expect.poll(() => seen).toHaveLength(1)
    expect(seen).toMatchObject([
      {
        event: {
          id: expect.any(String),
          type: 'subscription.active',
          occurredAt: expect.stringMatching(/^2026-01-10T.*Z$/),
          organizationId: 'acme',
          data: { status: 'active', product: { name: 'Pro plan' }, customer: { external_id: 'acme' } },
        },
        status: { organizationId: 'acme', status: 'active', planType: 'pro', stale: false },
      },
    ])
    expect(seen[0]?.event.data.customer).not.toHaveProperty('avatar_url')
  })

  it('about nobody: there is no status', async () => {
    let error: unknown
    await start({
      'order.paid': async (_event, { status }) => {
        error = await status().catch((failure: unknown) => failure)
      },
    })
    await deliver(paid())
    await expect.poll(() => error).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are called once for each webhook, by one of the processes', async () => {
    await start(counting(0))
    const all = [running.billing, startAnother(counting(1)), startAnother(counting(2))]
    const ids = Array.from({ length: 30 }, (_, index) => `webhook ${index}`)
    await Promise.all(
      ids.flatMap((id, index) => all.map((target) => deliver(paid(), id, index % 2 === 0 ? target : all[0]))),
    )
    await expect
      .poll(() => rowsOf(`select 1 from polar_billing.webhooks where processed_at is null`))
      .toEqual([])
    expect(calls.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })

  it('that fail are asked again, and hold up nothing', async () => {
    await start(counting())
    await running.as('acme').get('/status')
    failing = true
    await deliver(paid({ customer: { external_id: 'acme' } }), 'failing')
    await expect
      .poll(() => rowsOf('select awaits, attempts, error from polar_billing.webhooks'))
      .toEqual([{ awaits: ['hook'], attempts: 1, error: 'Error' }])
    expect(eventsOf('webhook_failed')).toMatchObject([
      { webhookId: 'failing', webhookType: 'order.paid', organizationId: 'acme', attempt: 1 },
    ])
    failing = false
    await deliver(paid(), 'other')
    await expect.poll(() => calls.map(({ id }) => id)).toEqual(['failing', 'other'])
    await retry()
    await expect.poll(() => calls.at(-1)).toMatchObject({ id: 'failing', attempt: 2 })
    await expect
      .poll(() =>
        rowsOf(
          `select attempts, error from polar_billing.webhooks where webhook_id = 'failing' and processed_at is not null`,
        ),
      )
      .toEqual([{ attempts: 2, error: null }])
  })

  it('that go on failing are given up, and said to be', async () => {
    await start(counting())
    failing = true
    await deliver(paid(), 'dead')
    await expect
      .poll(async () => {
        await retry()
        return eventsOf('webhook_dead')
      })
      .toMatchObject([{ webhookId: 'dead', webhookType: 'order.paid', attempts: 10, message: 'Error' }])
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await rowsOf('select awaits, attempts, error, processed_at from polar_billing.webhooks')).toEqual([
      { awaits: [], attempts: 10, error: 'Error', processed_at: expect.anything() },
    ])
    const jobs = JSON.stringify(await rowsOf('select to_json(job)::text as job from polar_billing_jobs.job'))
    expect(jobs).toContain('dead')
    expect(jobs).not.toContain('hunter2')
  })

  it('that never came to an end are among the dead, too', async () => {
    await start(counting())
    await rowsOf(
      `insert into polar_billing.webhooks (webhook_id, type, occurred_at, payload, awaits)
       values ('slow', 'order.paid', now(), '{}', '{hook}')`,
    )
    await rowsOf(
      `insert into polar_billing_jobs.job (name, data) values ('dead-hook', '{"webhookId":"slow"}')`,
    )
    await running.billing.drain({ seconds: 20 })
    await expect
      .poll(() => eventsOf('webhook_dead'))
      .toMatchObject([{ webhookId: 'slow', message: 'it did not end in time' }])
    expect(await rowsOf('select awaits, error from polar_billing.webhooks')).toEqual([
      { awaits: [], error: 'it did not end in time' },
    ])
  })

  it('that wait are asked after a restart, by drain too', async () => {
    await start(counting(0))
    failing = true
    await deliver(paid(), 'waiting')
    await expect.poll(() => calls).toHaveLength(1)
    await running.billing.close()
    failing = false
    await retry(startAnother(counting(1)))
    expect(calls).toEqual([
      { id: 'waiting', attempt: 1, by: 0 },
      { id: 'waiting', attempt: 2, by: 1 },
    ])
  })

  it('of another release are left to it', async () => {
    await start({})
    const newer = startAnother(counting(1))
    await deliver(paid(), 'mine', newer)
    await running.billing.drain({ seconds: 5 })
    await expect.poll(() => calls).toEqual([{ id: 'mine', attempt: 1, by: 1 }])
  })
})

describe('handlers of webhooks, in memory', () => {
  beforeEach(async () => {
    calls = []
    failing = false
    running = await startBilling({ billing: { on: counting() } })
  })
  afterEach(() => running.close())

  it('are called once for a webhook that comes twice', async () => {
    await deliver(paid(), 'first')
    await deliver(paid(), 'first')
    await deliver(paid(), 'second')
    expect(calls.map(({ id }) => id)).toEqual(['first', 'second'])
  })

  it('that fail are asked again', async () => {
    failing = true
    await deliver(paid(), 'failing')
    expect(eventsOf('webhook_failed')).toMatchObject([{ webhookId: 'failing', attempt: 1 }])
    failing = false
    await expect.poll(() => calls.map(({ attempt }) => attempt)).toEqual([1, 2])
  })

  it('that fail are given up when the process closes, and said to be', async () => {
    failing = true
    await deliver(paid(), 'lost')
    await running.billing.close()
    await expect.poll(() => eventsOf('webhook_dead')).toMatchObject([{ webhookId: 'lost' }])
  })
})

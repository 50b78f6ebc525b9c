import { createPolar } from '@polar-sh/sdk/2026-10'
import { type Billing, createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { type Running, startBilling } from './startBilling.js'

const inMemory = { name: 'memory', open: async () => null }
const acme = { organizationId: 'acme' }
const toTeam = { action: 'change', planType: 'team' } as const
const cancel = { action: 'cancel' } as const

let running: Running
let processes: Billing[]

const give = (organizationId = 'acme') =>
  running.emulator.controls.purchase({
    external_customer_id: organizationId,
    product_id: running.products['pro'] ?? '',
  })
const changesAsked = () =>
  running.polarCalls.filter((call) => call.startsWith('PATCH /v1/subscriptions')).length
const slowly = (latencyMs: number) =>
  running.emulator.controls.addFault({ method: 'PATCH', path: '/subscriptions/*', latencyMs, times: 1 })
const orders = async () => {
  const polar = createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })
  return (await polar.orders.list({ external_customer_id: ['acme'] })).items
}

async function stop(): Promise<void> {
  await Promise.all(processes.slice(1).map((billing) => billing.close()))
  await running.close()
}

describe.each([inMemory, ...databases])('one change of an organization at a time, in $name', ({ open }) => {
  let database: OpenedDatabase | null
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database?.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: database?.connect() } })
    // Every change is seen by asking alone.
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    for (const table of ['snapshots', 'leases', 'rate_limits'])
      await database?.connect().query(`delete from polar_billing.${table}`)
    processes = [running.billing]
    if (database !== null) processes.push(createBilling({ ...running.options, database: database.connect() }))
    give()
  })
  afterEach(stop)

  it('two tabs, members and processes at the same moment: one changes, and is charged, the others hear of it', async () => {
    slowly(200)
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () =>
        processes.map(({ service }) => service.updateSubscription(acme, toTeam)),
      ).flat(),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' })
    }
    expect(changesAsked()).toBe(1)
    expect(await orders()).toHaveLength(2)
  })

  it('whoever comes while it is under way is told to wait, and decides by what it has made', async () => {
    slowly(1_000)
    const first = running.billing.service.updateSubscription(acme, toTeam)
    await expect.poll(changesAsked).toBe(1)
    for (const { service } of processes) {
      await expect(service.updateSubscription(acme, cancel)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('being changed right now'),
      })
    }
    expect(await first).toMatchObject({ planType: 'team', cancelAtPeriodEnd: false })
    for (const { service } of processes)
      expect(await service.getSubscription(acme)).toMatchObject({ planType: 'team', stale: false })
    expect(await processes.at(-1)?.service.updateSubscription(acme, cancel)).toMatchObject({
      planType: 'team',
      cancelAtPeriodEnd: true,
    })
  })

  it('other organizations do not notice', async () => {
    give('other')
    slowly(1_000)
    const first = running.billing.service.updateSubscription(acme, toTeam)
    await expect.poll(changesAsked).toBe(1)
    const other = { organizationId: 'other' }
    expect(await running.billing.service.updateSubscription(other, cancel)).toMatchObject({
      cancelAtPeriodEnd: true,
    })
    await first
  })

  it('one that fails is over', async () => {
    running.emulator.controls.setCard({ external_customer_id: 'acme', declines: true })
    for (const { service } of processes) {
      await expect(service.updateSubscription(acme, toTeam)).rejects.toMatchObject({
        code: 'PAYMENT_REQUIRED',
      })
    }
    expect(changesAsked()).toBe(processes.length)
  })
})

describe.each(databases)('the lease of a change, in $name', ({ open }) => {
  let database: OpenedDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: database.connect() } })
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    await sql('delete from polar_billing.snapshots')
    processes = [running.billing]
    give()
  })
  afterEach(stop)

  async function sql(statement: string): Promise<Record<string, unknown>[]> {
    return (await database.connect().query(statement)).rows as Record<string, unknown>[]
  }
  const update = () => running.billing.service.updateSubscription(acme, toTeam)

  it('of a process that has died ends by itself', async () => {
    const lease = (end: string) =>
      sql(`insert into polar_billing.leases (key, holder, lease_until)
        values ('subscription of acme', 'dead', clock_timestamp() + interval '${end}')
        on conflict (key) do update set lease_until = excluded.lease_until`)
    await lease('1 hour')
    await expect(update()).rejects.toMatchObject({ code: 'CONFLICT' })
    await lease('-1 second')
    expect(await update()).toMatchObject({ planType: 'team' })
    expect(await sql('select * from polar_billing.leases')).toEqual([])
  })

  it('is not given back by who has lost it', async () => {
    slowly(500)
    const first = update()
    await expect.poll(changesAsked).toBe(1)
    await sql(`update polar_billing.leases set holder = 'else'`)
    await first
    expect(await sql('select holder from polar_billing.leases')).toEqual([{ holder: 'else' }])
    await sql('delete from polar_billing.leases')
  })
})

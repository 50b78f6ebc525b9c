import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolarEmulator, type PolarEmulatorOptions, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listen, type Running, startEmulator, startReceiver } from './startEmulator.js'

const { pro } = sampleCatalog.products

let folder: string
let file: string
const running: { close: () => Promise<void> }[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'))
  file = join(folder, 'polar.json')
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.close()
  rmSync(folder, { recursive: true })
})

async function start(options: PolarEmulatorOptions = {}): Promise<Running> {
  const started = await startEmulator({ file, ...options })
  running.push(started)
  return started
}

async function stop(one: Running): Promise<void> {
  running.splice(running.indexOf(one), 1)
  await one.close()
}

const post = ({ baseUrl }: Running, path: string, body: object = {}) =>
  fetch(`${baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer polar_oat_test' },
    body: JSON.stringify(body),
  })

const event = (external_id: string, characters: number) => ({
  name: 'tts_generation',
  external_customer_id: 'org_1',
  external_id,
  metadata: { characters },
})

/** Everything that the official SDK can read. */
async function readAll({ polar, emulator }: Running) {
  return {
    customers: (await polar.customers.list({})).items,
    subscriptions: (await polar.subscriptions.list({})).items,
    orders: (await polar.orders.list({})).items,
    checkouts: (await polar.checkouts.list({})).items,
    products: (await polar.products.list({})).items,
    meters: (await polar.meters.list({})).items,
    customerMeters: (await polar.customerMeters.list({})).items,
    grants: (await polar.benefitGrants.list({})).items,
    events: (await polar.events.list({})).items,
    endpoints: (await polar.webhooks.listWebhookEndpoints({})).items,
    deliveries: (await polar.webhooks.listWebhookDeliveries({})).items,
    state: await polar.customers.getStateExternal('org_1'),
    webhooks: emulator.controls.listWebhooks(),
    now: emulator.now(),
  }
}

describe('an emulator with a file', () => {
  it('is the same after a restart, and goes on', async () => {
    const publicUrl = 'http://polar.localhost'
    const before = await start({ publicUrl })
    listen(before)
    const { controls } = before.emulator
    controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    await before.polar.events.ingest({ events: [event('a', 700), event('b', 30)] })
    await controls.advanceClock({ days: 3 })
    const checkout = await before.polar.checkouts.create({
      products: [pro.id],
      customer_email: 'b@example.com',
    })
    await before.polar.events.ingest({ events: [event('c', 5)] })
    await controls.settle({ seconds: 0 })
    const known = await readAll(before)
    expect(known.events.length).toBeGreaterThan(3)
    await stop(before)

    // The options of a clock are for the first start.
    const after = await start({ publicUrl, now: '2030-01-01T00:00:00Z', frozen: false })
    expect(await readAll(after)).toEqual(known)
    await after.emulator.controls.settle()
    const [meter] = (await after.polar.customerMeters.list({})).items
    expect(meter).toMatchObject({ consumed_units: 735 })
    expect(await after.polar.events.ingest({ events: [event('a', 700)] })).toEqual({
      inserted: 0,
      duplicates: 1,
    })
    await after.polar.checkouts.clientConfirm(checkout.client_secret, { confirmation_token_id: 'ctoken_1' })
    expect(await after.polar.checkouts.get(checkout.id)).toMatchObject({ status: 'succeeded' })
    await after.emulator.controls.advanceClock({ days: 29 })
    const orders = (await after.polar.orders.list({})).items
    expect(orders.filter(({ billing_reason }) => billing_reason === 'subscription_cycle')).toHaveLength(1)
  })

  it('has in its file what it has answered, however it ends', async () => {
    const one = await start()
    // Without a network in between, which would give the file time.
    await one.emulator.fetch(
      new Request(`${one.baseUrl}/v1/customers/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer polar_oat_test' },
        body: JSON.stringify({ email: 'a@example.com', external_id: 'org_1' }),
      }),
    )
    const killed = join(folder, 'killed.json')
    copyFileSync(file, killed)
    await one.polar.events.ingest({ events: [event('a', 1)] })
    const revived = await start({ file: killed })
    expect((await revived.polar.customers.list({})).items).toMatchObject([{ external_id: 'org_1' }])
    expect(await revived.polar.events.ingest({ events: [event('a', 1)] })).toMatchObject({ inserted: 1 })
    expect(existsSync(`${file}.tmp`)).toBe(false)
  })

  it('saves what happens by itself, and what a control does', async () => {
    const one = await start()
    one.emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('org_1')
    await one.emulator.controls.advanceClock({ days: 32 })
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('subscription_cycle')
  })

  it('delivers what had not arrived, to where the endpoint is now', async () => {
    const before = await start({ webhookEndpoints: [{ url: 'http://127.0.0.1:9/gone' }] })
    const { emulator } = before
    await before.polar.customers.create({ email: 'tried@example.com' })
    await emulator.controls.settle({ seconds: 0 })
    emulator.controls.setWebhookSettings({ mode: 'pause' })
    await before.polar.customers.create({ email: 'queued@example.com' })
    await emulator.controls.settle({ seconds: 0 })
    emulator.controls.setWebhookSettings({ delays: { '*': 1_000 } })
    await before.polar.customers.create({ email: 'planned@example.com' })
    const waiting = emulator.controls.listWebhooks().filter(({ succeeded }) => succeeded === null)
    expect(new Set(waiting.map(({ attempts }) => attempts))).toEqual(new Set([0, 1]))
    await stop(before)

    const receiver = await startReceiver()
    running.push(receiver)
    const after = await start({ webhookEndpoints: [{ url: receiver.url }] })
    await after.emulator.controls.settle({ seconds: 10 })
    const arrived = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(arrived).toHaveLength(waiting.length)
    expect(new Set(arrived)).toEqual(new Set(waiting.map(({ id }) => id)))
    expect(after.emulator.controls.listWebhooks().every(({ succeeded }) => succeeded === true)).toBe(true)
  })

  it('its configured endpoints are there again after a reset, with their secrets', async () => {
    const one = await start({ webhookEndpoints: [{ url: 'http://127.0.0.1:9/mine' }] })
    const endpoints = one.emulator.controls.listWebhookEndpoints()
    expect(endpoints).toMatchObject([
      { url: 'http://127.0.0.1:9/mine', signature: 'standard', enabled: true },
    ])
    one.emulator.controls.addWebhookEndpoint({ url: 'http://127.0.0.1:9/other' })
    one.emulator.controls.reset()
    expect(one.emulator.controls.listWebhookEndpoints()).toEqual(endpoints)
  })

  it('a reset is kept as well', async () => {
    const before = await start()
    await before.polar.customers.create({ email: 'a@example.com' })
    await post(before, '/_emulator/reset')
    await stop(before)
    expect((await (await start()).polar.customers.list({})).items).toEqual([])
  })

  it('time passes while it is away, unless its clock stands', async () => {
    const before = await start({ now: () => new Date(), frozen: false })
    before.emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    await stop(before)
    const state = JSON.parse(readFileSync(file, 'utf8')) as { savedAt: number; clock: { frozen: boolean } }
    const days = 40 * 86_400_000
    const away = { ...state, savedAt: state.savedAt - days }
    writeFileSync(file, JSON.stringify(away))
    const after = await start()
    expect(after.emulator.now().getTime()).toBeGreaterThanOrEqual(Date.now() + days - 60_000)
    await expect.poll(async () => (await after.polar.orders.list({})).items.length).toBe(2)
    await stop(after)

    writeFileSync(file, JSON.stringify({ ...away, clock: { ...away.clock, frozen: true } }))
    const still = await start()
    expect(still.emulator.now().getTime()).toBeLessThan(Date.now() + days / 2)
    expect(still.emulator.controls.clock().frozen).toBe(true)
  })

  it('a catalog that has changed counts, and what was bought before stays', async () => {
    const before = await start()
    before.emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    await stop(before)
    const products = {
      team: { name: 'Team', interval: 'month', prices: [{ type: 'fixed', amount: 9_900 }] },
    } as const
    const after = await start({ catalog: { ...sampleCatalog, products } })
    expect((await after.polar.products.list({})).items.map(({ name }) => name)).toContain('Team')
    expect((await after.polar.subscriptions.list({})).items).toMatchObject([{ product: { name: 'Pro' } }])
  })

  it.each([
    ['half of one', '{"format":"polar-billing-kit emulator","vers', /holds no state of the emulator/],
    ['nothing', '', /holds no state of the emulator/],
    ['another JSON', '{"name":"my-app"}', /holds no state of the emulator/],
    [
      'one of a newer release',
      '{"format":"polar-billing-kit emulator","version":2}',
      /has version 2, .* knows version 1/,
    ],
    [
      'one without its tables',
      '{"format":"polar-billing-kit emulator","version":1}',
      /parts of the state .* are missing/,
    ],
  ])('refuses a file that holds %s, and leaves it alone', (_name, content, message) => {
    writeFileSync(file, content)
    expect(() => createPolarEmulator({ file })).toThrow(message)
    expect(readFileSync(file, 'utf8')).toBe(content)
  })

  it('two on one file: the one that was overwritten says so, and overwrites nothing', async () => {
    const first = await start()
    const second = await start()
    await second.polar.customers.create({ email: 'second@example.com' })
    const refused = await post(first, '/v1/customers/', { email: 'first@example.com' })
    expect(refused.status).toBe(500)
    expect(await refused.json()).toMatchObject({
      error: 'StateNotSaved',
      detail: expect.stringContaining('written by somebody else'),
    })
    expect(readFileSync(file, 'utf8')).toContain('second@example.com')
    expect(readFileSync(file, 'utf8')).not.toContain('first@example.com')
  })
})

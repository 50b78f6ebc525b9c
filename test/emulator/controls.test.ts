import { type PolarEmulatorOptions, createPolarEmulator, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator } from './startEmulator.js'

const { pro } = sampleCatalog.products

interface Description {
  name: string
  method: string
  path: string
  summary: string
  input: { type: string; properties: Record<string, object> }
  example: Record<string, unknown>
}

describe('controls over HTTP', () => {
  let running: Running

  beforeEach(async () => {
    running = await startEmulator()
  })
  afterEach(() => running.close())

  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${running.baseUrl}/_emulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const describeAll = async () => (await call('GET', '')).body.controls as Description[]

  it('do not answer pages of other sites', async () => {
    const askedBy = (site: string) =>
      fetch(`${running.baseUrl}/_emulator/reset`, { method: 'POST', headers: { 'sec-fetch-site': site } })
    expect((await askedBy('cross-site')).status).toBe(403)
    expect((await askedBy('same-origin')).status).toBe(200)
  })

  it('describe themselves, each with an example that fits its schema', async () => {
    const controls = await describeAll()
    expect(controls.map(({ name }) => name).sort()).toEqual(Object.keys(running.emulator.controls).sort())
    for (const { name, path, summary, input, example } of controls) {
      expect(path, name).toMatch(/^\/_emulator\//)
      expect(summary, name).not.toBe('')
      expect(Object.keys(input.properties), name).toEqual(expect.arrayContaining(Object.keys(example)))
    }
  })

  it('are listed for people, under the address where they are reached', async () => {
    const list = async (options: PolarEmulatorOptions) => {
      const emulator = createPolarEmulator(options)
      const response = await emulator.fetch(new Request(`http://app.test${options.basePath ?? ''}/_emulator`))
      emulator.close()
      return response.text()
    }
    expect(await list({ basePath: '/polar' })).toContain('"path": "/polar/_emulator/clock/advance"')
    const proxied = await list({ publicUrl: 'http://app.test/proxy/', basePath: undefined })
    expect(proxied).toContain('\n      "path": "/proxy/_emulator/clock/advance"')
  })

  it('answer every described route', async () => {
    listen(running)
    const { subscription_id } = running.emulator.controls.purchase({
      external_customer_id: 'org_1',
      product_id: pro.id,
    })
    await running.emulator.controls.settle()
    const ids: Record<string, string | undefined> = {
      removeWebhookEndpoint: running.emulator.controls.listWebhookEndpoints()[0]?.id,
      redeliverWebhook: running.emulator.controls.listWebhooks()[0]?.id,
      patchSubscription: subscription_id ?? '',
    }
    const inputs: Record<string, object> = { purchase: { external_customer_id: 'org_2', product_id: pro.id } }
    for (const { name, method, path, example } of await describeAll()) {
      if (name === 'replaceWebhookEndpoints') continue
      const { id: _id, ...rest } = example
      const target = path.replace('/_emulator', '').replace(':id', ids[name] ?? '')
      const query =
        method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>).toString()}` : ''
      const answer = await call(method, target + query, method === 'GET' ? undefined : (inputs[name] ?? rest))
      expect([name, answer.status]).toEqual([name, 200])
    }
  })

  it('move the clock by days, by milliseconds and to a moment', async () => {
    const { emulator } = running
    await call('POST', '/clock/advance', { days: 1 })
    expect(emulator.now().toISOString()).toBe('2026-01-11T12:00:00.000Z')
    await call('POST', '/clock/advance', { ms: 500 })
    await call('POST', '/clock/advance', { to: '2026-02-01T00:00:00Z' })
    expect((await call('GET', '/clock')).body).toMatchObject({ now: '2026-02-01T00:00:00Z', frozen: true })
    expect(await call('POST', '/clock/advance', { to: '2026-01-01T00:00:00Z' })).toMatchObject({
      status: 422,
    })
    expect(await call('POST', '/clock/advance', { days: 'many' })).toMatchObject({ status: 422 })
    expect((await call('POST', '/clock/unfreeze')).body).toMatchObject({ frozen: false })
    expect((await call('POST', '/clock/freeze')).body).toMatchObject({ frozen: true })
  })

  it('show what falls due', async () => {
    const { emulator } = running
    const { subscription_id } = emulator.controls.purchase({
      external_customer_id: 'org_1',
      product_id: pro.id,
    })
    expect(emulator.controls.clock().upcoming).toContainEqual({
      at: '2026-02-10T12:00:00Z',
      task: `subscription ${subscription_id}`,
    })
  })

  it('add faults and clear them', async () => {
    const added = await call('POST', '/faults', { path: '/customers/', status: 429, retryAfter: 3 })
    expect(added.body).toMatchObject({ id: expect.any(String), hits: 0, status: 429 })
    expect(await call('POST', '/faults', { status: 200 })).toMatchObject({ status: 422 })
    expect(await call('POST', '/faults', { nonsense: true })).toMatchObject({ status: 422 })
    expect((await call('DELETE', '/faults')).body).toEqual([])
  })

  it('manage webhook endpoints', async () => {
    const { receiver } = running
    const added = await call('POST', '/webhooks/endpoints', { url: receiver.url })
    expect(added.body).toMatchObject({ signature: 'standard', secret: expect.stringMatching(/^whsec_/) })
    expect(await call('POST', '/webhooks/endpoints', { url: 'nowhere' })).toMatchObject({ status: 422 })
    expect(
      await call('POST', '/webhooks/endpoints', { url: receiver.url, secret: 'x', signature: 'standard' }),
    ).toMatchObject({ status: 422 })
    const replaced = await call('PUT', '/webhooks/endpoints', {
      endpoints: [{ url: receiver.url, secret: 'mine', events: ['order.paid'] }],
    })
    expect(replaced.body).toMatchObject([{ secret: 'mine', signature: 'legacy', events: ['order.paid'] }])
    const [{ id } = { id: '' }] = running.emulator.controls.listWebhookEndpoints()
    expect((await call('DELETE', `/webhooks/endpoints/${id}`)).body).toEqual([])
    expect(await call('DELETE', `/webhooks/endpoints/${id}`)).toMatchObject({ status: 404 })
  })

  it('force states that Polar no longer assigns', async () => {
    const { polar, emulator } = running
    const { subscription_id } = emulator.controls.purchase({
      external_customer_id: 'org_1',
      product_id: pro.id,
    })
    for (const status of ['incomplete', 'unpaid', 'incomplete_expired']) {
      expect((await call('PATCH', `/subscriptions/${subscription_id}`, { status })).body).toMatchObject({
        status,
      })
    }
    expect(await polar.subscriptions.get(subscription_id ?? '')).toMatchObject({
      status: 'incomplete_expired',
    })
    expect(await call('PATCH', `/subscriptions/${subscription_id}`, { status: 'odd' })).toMatchObject({
      status: 422,
    })
  })

  it('dump the subscriptions, also while Polar is down', async () => {
    const { emulator } = running
    for (const external_customer_id of ['org_1', 'org_2'])
      emulator.controls.purchase({ external_customer_id, product_id: pro.id })
    emulator.controls.takeDown()
    expect((await call('GET', '/subscriptions?external_customer_id=org_2')).body).toMatchObject([
      { status: 'active', product_id: pro.id, customer: { external_id: 'org_2' } },
    ])
    const all = emulator.controls.listSubscriptions()
    expect(all).toHaveLength(2)
    // A copy: nobody changes the emulator through it.
    for (const subscription of all) subscription.status = 'canceled'
    expect(emulator.controls.listSubscriptions().map(({ status }) => status)).toEqual(['active', 'active'])
  })

  it('buy for customers that exist or not', async () => {
    const { polar } = running
    const bought = await call('POST', '/purchases', {
      external_customer_id: 'org_1',
      email: 'ada@example.com',
      product_id: pro.id,
    })
    expect(bought.body).toEqual({
      checkout_id: expect.any(String),
      customer_id: expect.any(String),
      subscription_id: expect.any(String),
      order_id: expect.any(String),
    })
    expect(await polar.customers.getExternal('org_1')).toMatchObject({ email: 'ada@example.com' })
    const again = await call('POST', '/purchases', { external_customer_id: 'org_1', product_id: pro.id })
    expect(again).toMatchObject({ status: 403, body: { error: 'AlreadyActiveSubscriptionError' } })
    expect(await call('POST', '/cards', { external_customer_id: 'nobody', declines: true })).toMatchObject({
      status: 404,
    })
  })

  it('dump the ingested events', async () => {
    const { polar } = running
    await polar.events.ingest({
      events: [
        {
          name: 'tts_generation',
          external_customer_id: 'org_1',
          external_id: 'e1',
          metadata: { characters: 5 },
        },
        { name: 'other', external_customer_id: 'org_2' },
      ],
    })
    expect((await call('GET', '/events?external_customer_id=org_1')).body).toEqual({
      count: 1,
      names: { tts_generation: 1 },
      events: [
        {
          id: expect.any(String),
          name: 'tts_generation',
          external_id: 'e1',
          customer_id: null,
          external_customer_id: 'org_1',
          timestamp: '2026-01-10T12:00:00Z',
          ingested_at: '2026-01-10T12:00:00Z',
          metadata: { characters: 5 },
        },
      ],
    })
    expect((await call('GET', '/events?name=other')).body).toMatchObject({ count: 1 })
  })

  it('put everything back to the start', async () => {
    const { emulator, polar, receiver } = running
    listen(running)
    emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    emulator.controls.addFault({ status: 500, path: '/orders/' })
    emulator.controls.setWebhookSettings({ duplicate: true })
    await emulator.controls.advanceClock({ days: 400 })
    expect((await call('POST', '/reset', { keepWebhookEndpoints: true })).body).toMatchObject({
      now: '2026-01-10T12:00:00Z',
      upcoming: [],
    })
    expect((await polar.customers.list({})).items).toEqual([])
    expect((await polar.orders.list({})).items).toEqual([])
    expect(emulator.controls.listFaults()).toEqual([])
    expect(emulator.controls.webhookSettings()).toMatchObject({ duplicate: false, delays: {} })
    receiver.clear()
    await polar.customers.create({ email: 'a@example.com' })
    await emulator.controls.settle()
    expect(receiver.types()).toContain('customer.created')
    emulator.controls.reset()
    expect(emulator.controls.listWebhookEndpoints()).toEqual([])
  })

  it('keep endpoints over a reset as they are', async () => {
    const { polar, emulator } = running
    await polar.webhooks.createWebhookEndpoint({
      url: 'http://localhost:1/x',
      name: 'Mine',
      format: 'raw',
      events: ['order.paid'],
      api_version: '2026-04',
    })
    emulator.controls.addWebhookEndpoint({ url: 'http://localhost:1/y', secret: 'mine', enabled: false })
    const before = (await polar.webhooks.listWebhookEndpoints({})).items
    emulator.controls.reset({ keepWebhookEndpoints: true })
    expect((await polar.webhooks.listWebhookEndpoints({})).items).toEqual(before)
  })

  it('change delays, limits and rules while it runs', async () => {
    const { polar, emulator } = running
    expect((await call('GET', '/settings')).body).toEqual({
      rateLimit: null,
      oneSubscriptionPerCustomer: true,
      meterDelay: 1_000,
      subscriptionMeterDelay: null,
      stateDelay: 0,
      stateChangedDelay: 1_000,
      paymentDelay: 0,
      invoiceDelay: 0,
    })
    await call('PATCH', '/settings', { paymentDelay: 5_000, stateDelay: 60_000 })
    const checkout = await polar.checkouts.create({ products: [pro.id], customer_email: 'a@example.com' })
    await polar.checkouts.clientConfirm(checkout.client_secret, { confirmation_token_id: 'ctoken_1' })
    expect(await polar.checkouts.get(checkout.id)).toMatchObject({ status: 'confirmed' })
    emulator.controls.reset()
    expect(emulator.controls.settings()).toMatchObject({ paymentDelay: 0, stateDelay: 0 })
    expect(await call('PATCH', '/settings', { nonsense: 1 })).toMatchObject({ status: 422 })
  })

  it('refuse a body that is no JSON object', async () => {
    const response = await fetch(`${running.baseUrl}/_emulator/faults`, { method: 'POST', body: '[' })
    expect(response.status).toBe(422)
    expect(await call('POST', '/nothing')).toMatchObject({ status: 404, body: { error: 'UnknownControl' } })
  })
})

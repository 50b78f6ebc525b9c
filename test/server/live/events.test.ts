import { type Billing, createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from '../openDatabases.js'
import { type Running, startBilling } from '../startBilling.js'
import { type Events, openEvents } from './openEvents.js'

const stores = [{ name: 'memory', open: async () => null }, ...databases]

describe.each(stores)('GET /events, in $name', ({ name, open }) => {
  let database: OpenedDatabase | null
  let running: Running
  let other: Billing | undefined
  let streams: Events[]
  let organizations = 0
  let acme: string
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database?.close())
  beforeEach(async () => {
    streams = []
    acme = `acme-${(organizations += 1)}`
    running = await startBilling({ billing: { database: database?.connect() } })
  })
  afterEach(async () => {
    for (const stream of streams) stream.stop()
    await other?.close()
    other = undefined
    await running.close()
  })

  async function listen(organizationId: string, lastEventId?: string): Promise<Events> {
    const events = await openEvents(running.url, organizationId, { lastEventId })
    streams.push(events)
    return events
  }

  /** Somebody has it on the page. */
  const show = (organizationId: string) => running.as(organizationId).get('/status')
  const buyPro = (organizationId: string) =>
    running.emulator.controls.purchase({
      external_customer_id: organizationId,
      product_id: running.products['pro'] ?? '',
    })
  const track = (organizationId: string, billing: Billing = running.billing) =>
    billing.usage.track({ organizationId, name: 'request' })
  const wait = (seconds: number) => running.emulator.controls.advanceClock({ seconds })

  it('a webhook reaches the browsers of its organization, and nobody else', async () => {
    await Promise.all([show(acme), show('other')])
    const own = [await listen(acme), await listen(acme)]
    const other = await listen('other')
    buyPro(acme)
    for (const events of own) await expect.poll(events.changes).toContain('status')
    expect(await show(acme)).toMatchObject({ body: { status: 'active', planType: 'pro' } })
    await track('other')
    await expect.poll(other.changes).toContain('usage')
    expect(other.changes()).not.toContain('status')
    // It says that something changed, and nothing else.
    expect(own[0]?.text().replaceAll(/\d+/g, '0')).toMatch(
      /^retry: 0\nid: 0\.0\n\n(data: \{"changed":"(status|usage)"\}\nid: 0\.0\n\n)+$/,
    )
  })

  it('a first purchase is told, also where nobody has asked for more than the orders', async () => {
    const orders = () => running.as(acme).get('/orders')
    expect(await orders()).toMatchObject({ body: { orders: [] } })
    const events = await listen(acme)
    buyPro(acme)
    await expect.poll(events.changes).toContain('status')
    expect((await orders()).body.orders).toHaveLength(1)
  })

  it('a first reading is no news', async () => {
    const events = await listen(acme)
    await show(acme)
    await track(acme)
    await expect.poll(events.changes).toContain('usage')
    expect(events.changes()).not.toContain('status')
  })

  it('usage is told at once, and a few times for many events', async () => {
    const events = await listen(acme)
    await Promise.all(Array.from({ length: 500 }, () => track(acme)))
    await expect.poll(events.changes).toContain('usage')
    await running.billing.usage.flush()
    expect(events.changes().length).toBeLessThan(10)
  })

  it('Last-Event-ID: what changed meanwhile is told, once', async () => {
    const before = await listen(acme)
    const other = await listen(acme)
    before.stop()
    await show(acme)
    await track(acme)
    buyPro(acme)
    await expect.poll(() => new Set(other.changes())).toEqual(new Set(['usage', 'status']))
    await running.emulator.controls.settle()
    await show(acme)
    const after = await listen(acme, before.id())
    await expect.poll(after.changes).toEqual(['status', 'usage'])
    // Who knows that hears only of what is new.
    const latest = await listen(acme, after.id())
    await track(acme)
    await expect.poll(latest.changes).toContain('usage')
    expect(latest.changes()).not.toContain('status')
  })

  it('without an id, or with one that is not ours, it begins now', async () => {
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    await show(acme)
    buyPro(acme)
    await wait(301)
    await show(acme)
    const waiting = await listen(acme, '0.0')
    await expect.poll(waiting.changes).toContain('status')
    for (const id of [undefined, 'x', '1', '-1.2', '1.2.3', '1.9999999999999999999']) {
      const events = await listen(acme, id)
      expect(events.changes()).toEqual([])
    }
  })

  it('a plan that somebody finds changed when asking is told to the others', async () => {
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    await show(acme)
    const events = await listen(acme)
    buyPro(acme)
    await wait(301)
    expect(await show(acme)).toMatchObject({ body: { planType: 'pro' } })
    await expect.poll(events.changes).toEqual(['status'])
    // Nothing new is no news.
    await wait(301)
    await show(acme)
    running.emulator.controls.takeDown()
    await wait(301)
    expect(await show(acme)).toMatchObject({ body: { planType: 'pro', stale: true } })
    await expect.poll(events.changes).toEqual(['status', 'status'])
    running.emulator.controls.clearFaults()
    await wait(301)
    expect(await show(acme)).toMatchObject({ body: { stale: false } })
    await expect.poll(events.changes).toEqual(['status', 'status', 'status'])
  })

  it('close() ends what is open, and nothing is opened any more', async () => {
    const events = await listen(acme)
    await running.billing.close()
    await events.ended
    const late = await openEvents(running.url, acme)
    expect([late.status, late.headers.get('retry-after')]).toEqual([503, '1'])
  })

  if (name !== 'memory') {
    it('what a webhook tells while Polar is away, of an organization that could not be read yet', async () => {
      running.emulator.controls.takeDown()
      expect((await show(acme)).status).toBe(503)
      const events = await listen(acme)
      buyPro(acme)
      await expect.poll(events.changes).toContain('status')
      expect(await show(acme)).toMatchObject({ body: { status: 'active', stale: true } })
    })

    it('another process: its changes are heard here, and ours there', async () => {
      other = createBilling({ ...running.options, database: database?.connect() })
      await show(acme)
      const here = await listen(acme)
      const there = await openEvents('http://there', acme, { fetch: other.fetch })
      streams.push(there)
      await track(acme, other)
      await expect.poll(here.changes).toContain('usage')
      buyPro(acme)
      for (const events of [here, there]) await expect.poll(events.changes).toContain('status')
      const stranger = await openEvents('http://there', 'stranger', { fetch: other.fetch })
      streams.push(stranger)
      await track('stranger')
      await expect.poll(stranger.changes).toContain('usage')
      expect(there.text()).not.toContain('stranger')
      // An id of one process is an id of all: once all is told, it is up to date.
      await expect.poll(async () => (await listen(acme, there.id())).changes()).toEqual([])
    })
  }
})

describe('GET /events', () => {
  let running: Running
  beforeAll(async () => {
    running = await startBilling()
  })
  afterAll(() => running.close())

  it('is a stream that nobody on the way may keep, change or collect', async () => {
    const events = await openEvents(running.url, 'acme')
    expect(events.status).toBe(200)
    expect(Object.fromEntries(events.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String),
    })
    events.stop()
  })

  it.each([
    ['nobody', null, {}, 401],
    ['somebody without an organization', { organizationId: null }, {}, 403],
    ['an id that would be another path', { organizationId: '../x' }, {}, 400],
    ['another site', { organizationId: 'acme' }, { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s is refused', async (_name, identity, headers, status) => {
    // Browsers set `sec-fetch-site` themselves, so that no `fetch` may.
    const events = await openEvents('http://server', identity, { headers, fetch: running.billing.fetch })
    expect(events.status).toBe(status)
  })

  it.each(['HEAD', 'POST', 'DELETE'])('%s opens nothing', async (method) => {
    expect(await running.as('acme').request('/events', { method })).toMatchObject({ status: 405 })
  })
})

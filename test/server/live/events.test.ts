import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databases, type OpenedDatabase } from '../openDatabases.js'
import { type Running, startBilling } from '../startBilling.js'
import { type Events, openEvents } from './openEvents.js'

const memory = {
  name: 'memory',
  open: async () => null,
}

describe.each([memory, ...databases])('GET /events, in $name', ({ open }) => {
  let database: OpenedDatabase | null
  let running: Running
  let streams: Events[]
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database?.close())
  beforeEach(async () => {
    streams = []
    running = await startBilling({ billing: { database: database?.connect() } })
  })
  afterEach(async () => {
    for (const stream of streams) stream.stop()
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
  const track = (organizationId: string) => running.billing.usage.track({ organizationId, name: 'request' })

  it('a webhook reaches the browsers of its organization alone', async () => {
    await Promise.all([show('webhook-a'), show('webhook-b')])
    const [own, second, other] = await Promise.all(
      ['webhook-a', 'webhook-a', 'webhook-b'].map((id) => listen(id)),
    )
    buyPro('webhook-a')
    await expect.poll(() => own?.changes()).toContain('status')
    await expect.poll(() => second?.changes()).toContain('status')
    expect(await show('webhook-a')).toMatchObject({ body: { status: 'active', planType: 'pro' } })
    buyPro('webhook-b')
    await expect.poll(() => other?.changes()).toContain('status')
    expect(other?.text()).not.toContain('webhook')
  })

  it('usage: told when it is accepted, a few times for many events', async () => {
    const events = await listen('user')
    await Promise.all(Array.from({ length: 500 }, () => track('user')))
    await expect.poll(events.changes).toContain('usage')
    await running.billing.usage.flush()
    expect(events.changes().length).toBeLessThan(10)
  })
})

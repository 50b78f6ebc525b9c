import { type Billing, createBilling } from 'polar-billing-kit/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../src/server/database/connectDatabase.js'
import { databases, type OpenedDatabase } from './openDatabases.js'
import { type Running, startBilling } from './startBilling.js'

const inMemory = {
  name: 'memory',
  open: async (): Promise<OpenedDatabase | undefined> => undefined,
}

describe.each([inMemory, ...databases])('what one organization may do, counted in $name', ({ open }) => {
  let opened: OpenedDatabase | undefined
  let running: Running
  let other: Billing | undefined
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())
  beforeEach(async () => {
    running = await startBilling({ billing: { database: opened?.connect() } })
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    if (opened === undefined) return
    await connectDatabase(opened.connect()).exec(
      'truncate polar_billing.rate_limits; truncate polar_billing.snapshots',
    )
    other = createBilling({ ...running.options, database: opened.connect() })
  })
  afterEach(async () => {
    await other?.close()
    await running.close()
  })

  /** The process that is asked next: without a database there is one. */
  let turn = 0
  const next = () => ((turn += 1) % 2 === 0 ? running.billing : (other ?? running.billing)).service
  const times = async (count: number, run: () => Promise<unknown>) => {
    for (let index = 0; index < count; index += 1) await run()
  }
  const checkout = (organizationId: string) => next().createCheckout({ organizationId }, { planType: 'pro' })
  const portal = (organizationId: string) => next().createPortalSession({ organizationId })
  const buyPro = (organizationId: string) =>
    running.emulator.controls.purchase({
      external_customer_id: organizationId,
      product_id: running.products['pro'] ?? '',
    })

  it('checkouts: so many a minute, and other organizations do not notice', async () => {
    await times(10, async () => {
      await checkout('acme')
      // An open one would be given again.
      await running.emulator.controls.advanceClock({ hours: 25 })
    })
    const calls = running.polarCalls.length
    const { status, headers, body } = await running.as('acme').post('/checkout', { planType: 'pro' })
    expect(status).toBe(429)
    expect(body.error).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(/10 times a minute/),
    })
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(running.polarCalls.slice(calls)).not.toContain('POST /v1/checkouts/')
    await checkout('other')
  })

  it('what is refused before does not count', async () => {
    const refuse = (planType: string, code: string) =>
      expect(next().createCheckout({ organizationId: 'acme' }, { planType })).rejects.toMatchObject({ code })
    await times(40, () => refuse('none', 'BAD_REQUEST'))
    buyPro('acme')
    await times(15, () => refuse('pro', 'CONFLICT'))
    await running.emulator.controls.advanceClock({ minutes: 1 })
    await times(10, () => checkout('other'))
    await portal('acme')
  })

  it('tries that come to nothing read, and end too', async () => {
    buyPro('acme')
    const conflict = () => checkout('acme').catch(({ code }: { code: string }) => code)
    await times(30, conflict)
    const calls = running.polarCalls.length
    await running.emulator.controls.advanceClock({ seconds: 5 })
    expect(await conflict()).toBe('TOO_MANY_REQUESTS')
    expect(running.polarCalls).toHaveLength(calls)
  })

  it('portals', async () => {
    buyPro('acme')
    buyPro('other')
    await times(20, () => portal('acme'))
    await expect(portal('acme')).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfter: expect.any(Number),
    })
    await portal('other')
  })

  it('a loop that wants fresh answers gets what is known', async () => {
    for (let asked = 0; asked < 60; asked += 1) {
      await running.emulator.controls.advanceClock({ seconds: asked < 30 ? 2 : 0.2 })
      const status = await next().getStatus({ organizationId: 'acme' }, { fresh: true })
      expect(status).toMatchObject({ status: 'none', stale: false })
    }
    // 30 times two calls, and the ordinary ones of the seconds after.
    expect(running.polarCalls).toHaveLength(60)
  })

  it('a loop after a checkout asks only so often', async () => {
    // Another process does not know of the checkout.
    const { service } = running.billing
    await service.createCheckout({ organizationId: 'acme' }, { planType: 'pro' })
    const calls = running.polarCalls.length
    await times(60, () => service.getStatus({ organizationId: 'acme' }))
    expect(running.polarCalls.length - calls).toBe(60)
    await times(3, () => running.as('other').get('/status?fresh=1'))
  })

  it('a loop that asks about a checkout does not read it every time', async () => {
    const checkoutId = crypto.randomUUID()
    const ask = () =>
      next()
        .getStatus({ organizationId: 'acme' }, { checkoutId })
        .catch(({ code }: { code: string }) => code)
    await times(60, ask)
    expect(running.polarCalls.filter((call) => call.includes('/checkouts/'))).toHaveLength(30)
    expect(await ask()).toMatchObject({ status: 'none', checkout: 'confirmed' })
  })
})

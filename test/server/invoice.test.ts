import { createPolar } from '@polar-sh/sdk/2026-10'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pay } from './pay.js'
import { type Running, startBilling } from './startBilling.js'

const NOBODYS = '00000000-0000-4000-8000-0000000000ff'

let running: Running
beforeEach(async () => {
  running = await startBilling({ emulator: { invoiceDelay: 5_000 } })
})
afterEach(() => running.close())

const buy = (external_customer_id: string): string =>
  running.emulator.controls.purchase({
    external_customer_id,
    product_id: running.products['pro'] ?? '',
  }).order_id ?? ''
const ask = (organizationId: string, orderId: string) =>
  running.as(organizationId).post(`/orders/${encodeURIComponent(orderId)}/invoice`)
const wait = (seconds: number) => running.emulator.controls.advanceClock({ seconds })
const generations = () =>
  running.polarCalls.filter((call) => call.startsWith('POST') && call.endsWith('/invoice')).length
const polar = () => createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })

describe('getInvoice', () => {
  it('has it made, says so while that takes, and then says where it is', async () => {
    const orderId = buy('acme')
    expect(await ask('acme', orderId)).toMatchObject({ status: 200, body: { pending: true } })
    await wait(1)
    expect((await ask('acme', orderId)).body).toEqual({ pending: true })
    await wait(5)
    const { body } = await ask('acme', orderId)
    expect(body).toEqual({ url: expect.stringMatching(/^http/) })
    expect(await (await fetch(body.url)).text()).toContain('Invoice')
    expect(generations()).toBe(1)
  })

  it('is made once for all who ask at the same time', async () => {
    const orderId = buy('acme')
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('acme', orderId)))
    for (const { body } of answers) expect(body).toEqual({ pending: true })
    expect(generations()).toBe(1)
  })

  it('is asked for once more if it has not come for a minute', async () => {
    const orderId = buy('acme')
    running.emulator.controls.changeSettings({ invoiceDelay: 3_600_000 })
    await ask('acme', orderId)
    await wait(59)
    await ask('acme', orderId)
    expect(generations()).toBe(1)
    await wait(2)
    expect((await ask('acme', orderId)).body).toEqual({ pending: true })
    expect(generations()).toBe(2)
  })

  it('one that Polar had made already is there at once', async () => {
    const orderId = buy('acme')
    await polar().orders.generateInvoice(orderId)
    await wait(5)
    expect((await ask('acme', orderId)).body).toEqual({ url: expect.stringMatching(/^http/) })
  })
})

describe('an order of somebody else', () => {
  it('is as unknown as one that does not exist', async () => {
    const orderId = buy('victim')
    const answers = [
      await ask('attacker', orderId),
      await ask('attacker', NOBODYS),
      await ask('attacker', 'ord_1'),
    ]
    buy('attacker')
    answers.push(await ask('attacker', orderId))
    for (const { status, body } of answers) {
      expect(status).toBe(404)
      expect(body.error).toMatchObject({
        code: 'NOT_FOUND',
        message: 'This organization has no such order.',
      })
    }
    expect(generations()).toBe(0)
    await wait(10)
    expect(await polar().orders.get(orderId)).toMatchObject({ is_invoice_generated: false })
  })

  it('stays unknown when its invoice is there', async () => {
    const orderId = buy('victim')
    await ask('victim', orderId)
    await wait(5)
    const { status, body } = await ask('attacker', orderId)
    expect(status).toBe(404)
    expect(JSON.stringify(body)).not.toContain('/documents/')
  })
})

describe('an order that has no invoice', () => {
  it('a voided one: CONFLICT', async () => {
    const { subscription_id } = running.emulator.controls.purchase({
      external_customer_id: 'late',
      product_id: running.products['pro'] ?? '',
    })
    running.emulator.controls.setCard({ external_customer_id: 'late', declines: true })
    await running.emulator.controls.advanceClock({ days: 32 })
    await polar().subscriptions.revoke(subscription_id ?? '')
    const [order] = (await running.billing.service.listOrders({ organizationId: 'late' })).orders
    expect(order).toMatchObject({ status: 'void' })
    const { status, body } = await ask('late', order?.id ?? '')
    expect(status).toBe(409)
    expect(body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('never charged'),
    })
  })

  it('without a billing address: CONFLICT, which says where to add it', async () => {
    const buyer = running.as({ organizationId: 'acme', email: 'ada@example.com', emailVerified: true })
    const { checkoutUrl } = (await buyer.post('/checkout', { planType: 'pro' })).body
    await pay(checkoutUrl)
    await running.emulator.controls.settle()
    const [order] = (await running.billing.service.listOrders({ organizationId: 'acme' })).orders
    for (let again = 0; again < 2; again += 1) {
      const { status, body } = await ask('acme', order?.id ?? '')
      expect(status).toBe(409)
      expect(body.error).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('add the billing details in the customer portal'),
      })
    }
    // A refusal is not taken for one that is under way.
    expect(generations()).toBe(2)
  })
})

describe('getInvoice when Polar fails', () => {
  it.each(['/orders/*', '/orders/*/invoice'])(
    '%s: SERVICE_UNAVAILABLE, and the next try works',
    async (path) => {
      const orderId = buy('acme')
      const { id } = running.emulator.controls.addFault({ path, status: 503 })
      const { status, body } = await ask('acme', orderId)
      expect(status).toBe(503)
      expect(body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: expect.any(Number) })
      running.emulator.controls.clearFaults({ id })
      expect((await ask('acme', orderId)).body).toEqual({ pending: true })
    },
  )

  it('one organization cannot use up what all share', async () => {
    const orderId = buy('acme')
    for (let asked = 0; asked < 60; asked += 1) await ask('acme', orderId)
    const before = running.polarCalls.length
    expect((await ask('acme', orderId)).status).toBe(429)
    expect(running.polarCalls).toHaveLength(before)
  })
})

describe('the id in the path', () => {
  it.each([
    ' ',
    'a b',
    'é',
    '😀',
    'a/b',
    '../../subscription',
    '%',
    '%2e%2e',
    '\0',
    "' or 1=1",
    'a'.repeat(201),
    '__proto__.x',
  ])('%j: BAD_REQUEST, and nobody is asked', async (orderId) => {
    const { status, body } = await ask('acme', orderId)
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('orderId') })
    expect(running.polarCalls).toEqual([])
  })

  it.each(['/orders//invoice', '/orders/../invoice', '/orders/%zz/invoice', '/orders/a/b/invoice'])(
    '%s is no order',
    async (path) => {
      const { status } = await running.as('acme').post(path)
      expect([400, 404]).toContain(status)
      expect(running.polarCalls).toEqual([])
    },
  )

  it.each(['__proto__', 'constructor', 'toString'])('%s is an id like any other', async (orderId) => {
    expect((await ask('acme', orderId)).status).toBe(404)
  })

  it.each(['7', '[]', '"x"', 'true'])('does not make %s a body', async (body) => {
    const { status } = await running.as('acme').post(`/orders/${NOBODYS}/invoice`, undefined, { body })
    expect(status).toBe(400)
    expect(running.polarCalls).toEqual([])
  })

  it('counts, whatever the body says', async () => {
    const victims = buy('victim')
    const own = buy('attacker')
    const { body } = await running.as('attacker').post(`/orders/${own}/invoice`, { orderId: victims })
    expect(body).toEqual({ pending: true })
    expect(running.polarCalls.filter((call) => call.includes(victims))).toEqual([])
    expect((await running.as('attacker').post(`/orders/${own}/invoice`, { customerId: 'x' })).status).toBe(
      400,
    )
  })
})

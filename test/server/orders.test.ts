import { createPolar } from '@polar-sh/sdk/2026-10'
import type { Order, Orders } from 'polar-billing-kit/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toOrder } from '../../src/server/polar/mapping.js'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeEach(async () => {
  running = await startBilling({ emulator: { oneSubscriptionPerCustomer: false } })
})
afterEach(() => running.close())

const buy = (external_customer_id: string, product = 'pro') =>
  running.emulator.controls.purchase({
    external_customer_id,
    product_id: running.products[product] ?? '',
  })
const buyOften = (organizationId: string, count: number) =>
  Array.from({ length: count }, () => buy(organizationId).order_id)
const ordersOf = (organizationId: string, cursor?: string | null) =>
  running.billing.service.listOrders({ organizationId }, cursor ? { cursor } : {})
const idsOf = ({ orders }: Orders) => orders.map(({ id }) => id)

/** Every page, with something done between two of them. */
async function readAll(organizationId: string, between: () => unknown = () => undefined): Promise<Order[]> {
  const all: Order[] = []
  let cursor: string | null = null
  do {
    const page: Orders = await ordersOf(organizationId, cursor)
    all.push(...page.orders)
    cursor = page.nextCursor
    await between()
  } while (cursor !== null && all.length < 1_000)
  return all
}

const polar = () => createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })

describe('listOrders', () => {
  it('default: what was ordered, the latest first', async () => {
    const first = buy('acme').order_id
    await running.emulator.controls.advanceClock({ days: 1 })
    const second = buy('acme', 'team').order_id
    const { status, body } = await running.as('acme').get('/orders')
    expect(status).toBe(200)
    expect(body).toEqual({
      orders: [
        {
          id: second,
          status: 'completed',
          paid: true,
          amount: 9_900,
          currency: 'USD',
          invoiceNumber: expect.stringMatching(/-0002$/),
          invoicePdfUrl: null,
          createdAt: '2026-01-11T12:00:00.000Z',
          description: 'Team',
          refundedAmount: 0,
        },
        expect.objectContaining({ id: first, description: 'Pro plan', amount: 2_900 }),
      ],
      nextCursor: null,
    })
  })

  it('an order that is not paid says so', async () => {
    buy('late')
    running.emulator.controls.setCard({ external_customer_id: 'late', declines: true })
    await running.emulator.controls.advanceClock({ days: 32 })
    expect((await ordersOf('late')).orders).toMatchObject([
      { status: 'pending', paid: false },
      { status: 'completed', paid: true },
    ])
  })

  // 29.00 dollars and 19 % of tax, as Polar writes it; the emulator knows neither taxes, nor discounts, nor refunds.
  const taxed = { tax_amount: 551, total_amount: 3_451 }
  it.each([
    ['with tax: the amount holds it', taxed, { status: 'completed', amount: 3_451, refundedAmount: 0 }],
    [
      'with a discount: the amount is what is left to pay',
      { discount_amount: 1_450, net_amount: 1_450, tax_amount: 276, total_amount: 1_726 },
      { status: 'completed', amount: 1_726, refundedAmount: 0 },
    ],
    [
      'with a discount of everything: paid, and 0',
      { discount_amount: 2_900, net_amount: 0, total_amount: 0 },
      { status: 'completed', paid: true, amount: 0, refundedAmount: 0 },
    ],
    [
      'paid back in part: with its tax, as the amount is',
      { ...taxed, status: 'partially_refunded', refunded_amount: 1_000, refunded_tax_amount: 190 },
      { status: 'partially_refunded', paid: true, amount: 3_451, refundedAmount: 1_190 },
    ],
    [
      'paid back: as much as was paid, which is still said',
      { ...taxed, status: 'refunded', refunded_amount: 2_900, refunded_tax_amount: 551 },
      { status: 'refunded', paid: true, amount: 3_451, refundedAmount: 3_451 },
    ],
  ] as const)('an order %s', async (_name, fields, expected) => {
    buy('acme')
    const [order] = (await polar().orders.list({})).items
    if (order === undefined) throw new Error('expected an order')
    expect(order).toMatchObject({ paid: true, subtotal_amount: 2_900, total_amount: 2_900 })
    expect(toOrder({ ...order, ...fields }, null)).toMatchObject(expected)
  })

  it('an organization without a customer has none', async () => {
    expect((await running.as('nobody').get('/orders')).body).toEqual({ orders: [], nextCursor: null })
  })

  it('the address of an invoice is not in the list', async () => {
    const id = buy('acme').order_id ?? ''
    await polar().orders.generateInvoice(id)
    await running.emulator.controls.settle()
    expect((await ordersOf('acme')).orders).toMatchObject([{ id, invoicePdfUrl: null }])
  })
})

describe('pages of orders', () => {
  it.each([
    [24, 1],
    [25, 1],
    [26, 2],
    [50, 2],
    [51, 3],
  ])('%i orders are %i pages, each order once', async (count, pages) => {
    const ids: (string | null)[] = []
    // Some in one moment, some in others.
    for (let left = count; left > 0; left -= 6) {
      ids.push(...buyOften('acme', Math.min(6, left)))
      await running.emulator.controls.advanceClock({ seconds: 1 })
    }
    const before = running.polarCalls.length
    const all = await readAll('acme')
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(ids))
    expect(all).toHaveLength(count)
    expect(running.polarCalls.length - before).toBe(pages)
    const dates = all.map(({ createdAt }) => createdAt)
    expect(dates).toEqual(dates.toSorted().toReversed())
  })

  it('orders of one moment are each on one page', async () => {
    const ids = buyOften('acme', 40)
    const all = await readAll('acme')
    expect(all).toHaveLength(40)
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(ids))
  })

  it('a new order between two pages moves none of the older ones', async () => {
    for (let count = 0; count < 60; count += 1) {
      buy('acme')
      await running.emulator.controls.advanceClock({ seconds: 1 })
    }
    const before = new Set((await readAll('acme')).map(({ id }) => id))
    const bought: (string | null)[] = []
    const all = await readAll('acme', async () => {
      bought.push(buy('acme').order_id)
      await running.emulator.controls.advanceClock({ seconds: 1 })
    })
    expect(all).toHaveLength(60)
    expect(new Set(all.map(({ id }) => id))).toEqual(before)
    expect(idsOf(await ordersOf('acme')).slice(0, bought.length)).toEqual(bought.toReversed())
  })

  it.each(['x', '1', '_', '1_', '-1_a', '1_a_!', '1e3_a', 'NaN_a', '99999999999999999_a', '1_a b', '\0'])(
    'a broken cursor (%j): BAD_REQUEST, and nobody is asked',
    async (cursor) => {
      const { status, body } = await running.as('acme').get(`/orders?cursor=${encodeURIComponent(cursor)}`)
      expect(status).toBe(400)
      expect(body.error).toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringContaining('leave `cursor` out'),
      })
      expect(running.polarCalls).toEqual([])
    },
  )

  it('an empty cursor is no cursor either', async () => {
    expect((await running.as('acme').get('/orders?cursor=')).status).toBe(400)
    expect((await running.as('acme').get(`/orders?cursor=${'1'.repeat(201)}`)).status).toBe(400)
  })

  it('a made up cursor shows the caller’s own orders from there on', async () => {
    buyOften('victim', 30)
    const own = buy('attacker').order_id
    await running.emulator.controls.advanceClock({ seconds: 1 })
    const { nextCursor } = await ordersOf('victim')
    expect(idsOf(await ordersOf('attacker', '1967960000000000_z'))).toEqual([own])
    for (const id of idsOf(await ordersOf('attacker', nextCursor))) expect(id).toBe(own)
    expect(idsOf(await ordersOf('attacker', '0_a'))).toEqual([])
    expect(idsOf(await ordersOf('attacker', '9999999999999999_a'))).toEqual([own])
  })
})

describe('listOrders when Polar cannot be asked', () => {
  it('fails, and does not say that there are none', async () => {
    buy('acme')
    expect((await ordersOf('acme')).orders).toHaveLength(1)
    running.emulator.controls.takeDown()
    for (const organizationId of ['acme', 'unknown']) {
      const { status, body } = await running.as(organizationId).get('/orders')
      expect(status).toBe(503)
      expect(body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: expect.any(Number) })
    }
  })

  it('one organization cannot use up what all share', async () => {
    for (let asked = 0; asked < 60; asked += 1) await ordersOf('acme')
    const before = running.polarCalls.length
    await expect(ordersOf('acme')).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfter: expect.any(Number),
    })
    expect(running.polarCalls).toHaveLength(before)
    await ordersOf('other')
  })
})

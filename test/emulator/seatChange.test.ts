import type { EmulatorCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator } from './startEmulator.js'

const catalog = {
  products: {
    seats: {
      name: 'Team',
      interval: 'month',
      prices: [{ type: 'seat', amount: 1_000, minimumSeats: 2, maximumSeats: 10 }],
    },
    more: { name: 'Studio', interval: 'month', prices: [{ type: 'seat', amount: 2_000 }] },
    flat: { name: 'Pro', interval: 'month', prices: [{ type: 'fixed', amount: 2_900 }] },
  },
} as const satisfies EmulatorCatalog

let running: Running
let id: string
beforeEach(async () => {
  running = await startEmulator({ catalog, now: '2026-04-01T00:00:00Z' })
  id = subscribe('seats', 4)
  await running.emulator.controls.settle()
  listen(running)
  await running.emulator.controls.advanceClock({ to: '2026-04-16T00:00:00Z' })
})
afterEach(() => running.close())

const productId = (key: string): string => running.emulator.controls.catalog().products[key] ?? ''
const subscribe = (key: string, seats?: number): string =>
  running.emulator.controls.purchase({
    external_customer_id: key === 'seats' ? 'org_1' : 'org_2',
    product_id: productId(key),
    ...(seats !== undefined && { seats }),
  }).subscription_id ?? ''
const change = (body: Parameters<typeof running.polar.subscriptions.update>[1], of = id) =>
  running.polar.subscriptions.update(of, body)
const orders = async () => (await running.polar.orders.list({ subscription_id: id })).items
const events = async (): Promise<string[]> => {
  await running.emulator.controls.settle()
  const types = running.receiver.types('customer.state_changed')
  running.receiver.clear()
  return types
}

describe('changing the seats', () => {
  it('invoice: charges the rest of the period at once', async () => {
    expect(await change({ seats: 6, proration_behavior: 'invoice' })).toMatchObject({
      seats: 6,
      amount: 6_000,
    })
    expect(await events()).toEqual(['order.created', 'subscription.updated', 'order.updated', 'order.paid'])
    expect((await orders())[0]).toMatchObject({
      billing_reason: 'subscription_update',
      status: 'paid',
      total_amount: 1_000,
      seats: 6,
    })
  })

  it('invoice: changes nothing when the card is declined', async () => {
    running.emulator.controls.setCard({ external_customer_id: 'org_1', declines: true })
    await expect(change({ seats: 6, proration_behavior: 'invoice' })).rejects.toMatchObject({
      statusCode: 402,
      error: { error: 'PaymentFailed' },
    })
    expect(await events()).toEqual([])
    expect(await running.polar.subscriptions.get(id)).toMatchObject({ seats: 4, amount: 4_000 })
  })

  it('fewer seats are credited to the next invoice', async () => {
    await change({ seats: 2, proration_behavior: 'invoice' })
    expect(await orders()).toHaveLength(1)
    await running.emulator.controls.advanceClock({ to: '2026-05-01T00:00:00Z' })
    expect((await orders())[0]).toMatchObject({ total_amount: 2_000 - 1_000 })
  })

  it('is settled with the next invoice when nothing is said', async () => {
    await change({ seats: 6 })
    expect(await events()).toEqual(['subscription.updated'])
    await running.emulator.controls.advanceClock({ to: '2026-05-01T00:00:00Z' })
    expect((await orders())[0]).toMatchObject({ total_amount: 6_000 + 1_000 })
  })

  it('next_period: waits, together with another product, and their present number drops it', async () => {
    await change({ seats: 6, proration_behavior: 'next_period' })
    const planned = await change({ product_id: productId('more'), proration_behavior: 'next_period' })
    expect(planned).toMatchObject({ seats: 4, pending_update: { product_id: productId('more'), seats: 6 } })
    expect(await events()).toEqual(['subscription.updated', 'subscription.updated'])
    expect(await change({ seats: 4 })).toMatchObject({
      pending_update: { product_id: productId('more'), seats: null },
    })
    expect(await events()).toEqual([])
    await change({ seats: 6, proration_behavior: 'next_period' })
    await running.emulator.controls.advanceClock({ to: '2026-05-01T00:00:00Z' })
    expect(await running.polar.subscriptions.get(id)).toMatchObject({
      product_id: productId('more'),
      seats: 6,
      amount: 12_000,
      pending_update: null,
    })
  })

  it('refuses what Polar refuses', async () => {
    const refusal = (error: string) => ({ statusCode: 400, error: expect.stringContaining(error) })
    await expect(change({ seats: 1 })).rejects.toMatchObject(refusal('BelowMinimumSeats'))
    await expect(change({ seats: 11 })).rejects.toMatchObject(refusal('AboveMaximumSeats'))
    await expect(change({ seats: 0 })).rejects.toMatchObject({ statusCode: 422 })
    const flat = subscribe('flat')
    await expect(change({ seats: 2 }, flat)).rejects.toMatchObject(refusal('NotASeatBasedSubscription'))
    await expect(
      change({ product_id: productId('more'), proration_behavior: 'next_period' }, flat),
    ).rejects.toMatchObject({ error: { detail: [{ loc: ['body', 'proration_behavior'] }] } })
    await change({ cancel_at_period_end: true })
    await expect(change({ seats: 5 })).rejects.toMatchObject({
      statusCode: 403,
      error: { error: 'AlreadyCanceledSubscription' },
    })
  })

  it('a plan with seats in place of one without begins with its minimum', async () => {
    const flat = subscribe('flat')
    expect(await change({ product_id: productId('seats') }, flat)).toMatchObject({ seats: 2, amount: 2_000 })
  })
})

describe('a fault', () => {
  it('can bear the name of an error of Polar', async () => {
    running.emulator.controls.addFault({ method: 'PATCH', status: 409, error: 'SubscriptionLocked' })
    await expect(change({ seats: 5 })).rejects.toMatchObject({
      statusCode: 409,
      error: { error: 'SubscriptionLocked' },
    })
  })
})

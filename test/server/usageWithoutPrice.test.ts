import { checkMeter, defineCatalog } from 'polar-billing-kit/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { polarCatalog, type Running, startBilling } from './startBilling.js'
import { charactersOf, generate, usageOf } from './usageCalls.js'

const month = { interval: 'month', prices: [{ type: 'fixed', amount: 2_900 }] } as const
const metered = { interval: 'month', prices: polarCatalog.products.pro.prices } as const
const idOf = (last: number) => `00000000-0000-4000-8000-00000000000${last}`

/** A purchase starts Polar’s counter anew only where there is a price for the meter, and a renewal where there are credits, too. */
const products = {
  flat: { id: idOf(1), name: 'Flat', ...month },
  flatYear: { id: idOf(2), name: 'Flat by the year', ...month, interval: 'year' },
  credited: { id: idOf(3), name: 'Credited', ...month, benefits: ['characters'] },
  metered: { id: idOf(4), name: 'Metered', ...metered, benefits: ['characters'] },
  payAsYouGo: { id: idOf(5), name: 'Pay as you go', ...metered },
  seats: {
    id: idOf(6),
    name: 'Seats',
    interval: 'month',
    prices: [{ type: 'seat', amount: 900, minimumSeats: 3 }],
  },
} as const

const catalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', limits: { characters: 500 } },
    flat: { name: 'Flat', limits: { characters: { month: 1_000, year: 12_000 } } },
    credited: { name: 'Credited', limits: { characters: 20_000 } },
    metered: { name: 'Metered', limits: { characters: 20_000 } },
    payAsYouGo: { name: 'Pay as you go', limits: { characters: 50_000 } },
    seats: { name: 'Seats', included: { characters: 200 }, limits: { characters: null } },
  },
  meters: { characters: { name: 'Characters', unit: 'characters' } },
})

let running: Running
beforeEach(async () => {
  running = await startBilling({
    emulator: { catalog: { ...polarCatalog, products } },
    billing: {
      catalog,
      products: {
        flat: { month: products.flat.id, year: products.flatYear.id },
        credited: products.credited.id,
        metered: products.metered.id,
        payAsYouGo: products.payAsYouGo.id,
        seats: products.seats.id,
      },
      gauges: {},
    },
  })
})
afterEach(() => running.close())

const wait = (step: object) => running.emulator.controls.advanceClock(step)
const characters = () => charactersOf(running, 'acme')
const callsTo = (end: string) => running.polarCalls.filter((call) => call.endsWith(end)).length

async function buy(product: keyof typeof products): Promise<string> {
  const { subscription_id } = running.emulator.controls.purchase({
    external_customer_id: 'acme',
    product_id: products[product].id,
  })
  await running.emulator.controls.settle()
  return subscription_id ?? ''
}

/** Uses so much, which Polar has counted when this resolves. */
async function use(amount: number): Promise<void> {
  await generate(running, 'acme', amount)
  await running.billing.usage.flush()
  await wait({ minutes: 1 })
}

const historyTotal = async () =>
  (await running.as('acme').get('/usage/history?meter=characters')).body.total as number

describe('a plan without a price for the meter', () => {
  it('every period starts anew, and says what the history says', async () => {
    await buy('flat')
    for (const amount of [600, 600, 10]) {
      await use(amount)
      expect(await characters()).toMatchObject({
        used: amount,
        pending: 0,
        included: 1_000,
        limit: 1_000,
        remaining: 1_000 - amount,
        overage: 0,
      })
      expect(await historyTotal()).toBe(amount)
      await wait({ days: 31 })
    }
  })

  it('what the catalog includes comes with each seat', async () => {
    await buy('seats')
    await use(700)
    expect(await characters()).toMatchObject({ used: 700, included: 600, overage: 100, limit: null })
  })

  it('whoever asks on the server gets the same answer', async () => {
    await buy('flat')
    await use(900)
    await wait({ days: 31 })
    const usage = await running.billing.service.getUsage({ organizationId: 'acme' })
    expect(checkMeter({ meter: 'characters', amount: 1_000 }, usage)).toEqual({
      allowed: true,
      reason: 'included',
    })
  })

  it('a year is counted as one', async () => {
    await buy('flatYear')
    await use(600)
    await wait({ days: 200 })
    await use(600)
    expect(await characters()).toMatchObject({ used: 1_200, limit: 12_000, included: 12_000 })
    await wait({ days: 166 })
    expect(await characters()).toMatchObject({ used: 0, pending: 0 })
  })

  it.each(['flat', 'credited'] as const)(
    '%s: what was used before the purchase does not count against it',
    async (product) => {
      await use(381)
      expect(await characters()).toMatchObject({ used: 381, remaining: 119 })
      await wait({ hours: 7 })
      await buy(product)
      expect(await characters()).toMatchObject({ used: 0, pending: 0, overage: 0 })
      await use(7)
      expect(await characters()).toMatchObject({ used: 7, pending: 0, overage: 0 })
      expect(await historyTotal()).toBe(7)
    },
  )

  it.each([0, 1, 5, 11, 12, 13, 23])('counts from the hour %i, at which it was bought', async (hour) => {
    await wait({ to: `2026-01-12T${String(hour).padStart(2, '0')}:20:00Z` })
    await running.billing.usage.track({
      organizationId: 'acme',
      name: 'tts_generation',
      metadata: { characters: 400 },
      timestamp: new Date(Date.parse(running.emulator.now().toISOString()) - 21 * 60_000),
    })
    await buy('flat')
    await use(30)
    expect(await characters()).toMatchObject({ used: 30 })
    await wait({ days: 20 })
    await use(3)
    expect(await characters()).toMatchObject({ used: 33 })
    expect(await historyTotal()).toBe(33)
  })

  it('includes what Polar credits, in every period anew', async () => {
    await buy('credited')
    for (const amount of [12_000, 40]) {
      await use(amount)
      expect(await characters()).toMatchObject({
        used: amount,
        included: 10_000,
        overage: Math.max(0, amount - 10_000),
        remaining: 20_000 - amount,
      })
      await wait({ days: 31 })
    }
  })

  it('shows each event once, from the moment it is accepted', async () => {
    await buy('flat')
    for (const step of [1, 2, 3, 4]) {
      await wait({ ms: 700 })
      await generate(running, 'acme', 100)
      if (step % 2 === 0) await running.billing.usage.flush()
      const { used, pending } = await characters()
      expect(used + pending).toBe(step * 100)
    }
    await wait({ minutes: 1 })
    expect(await characters()).toMatchObject({ used: 400, pending: 0, remaining: 600 })
  })

  it('asks no oftener than it reads the customer, however much is used', async () => {
    await buy('flat')
    running.emulator.controls.changeSettings({ meterDelay: 15_000 })
    await use(1)
    await characters()
    const before = { quantities: callsTo('/quantities'), customers: callsTo('/state') }
    for (const step of [1, 2, 3, 4, 5]) {
      await wait({ seconds: 1 })
      await generate(running, 'acme', 10)
      await running.billing.usage.flush()
      const { used, pending } = await characters()
      expect(used + pending).toBe(1 + step * 10)
    }
    expect(callsTo('/quantities')).toBe(before.quantities)
    // Polar tells of what it has counted by a webhook.
    await running.emulator.controls.settle({ seconds: 60 })
    expect(await characters()).toMatchObject({ used: 51, pending: 0 })
    expect(callsTo('/quantities') - before.quantities).toBe(1)
    expect(callsTo('/state') - before.customers).toBe(1)
  })
})

describe('a price for the meter', () => {
  it('asks for nothing that the customer’s reading tells', async () => {
    await buy('metered')
    await use(600)
    const before = callsTo('/quantities')
    await wait({ minutes: 6 })
    expect(await characters()).toMatchObject({ used: 600, included: 10_000 })
    expect(callsTo('/quantities')).toBe(before)
  })

  it('without credits covers nothing: every unit is charged', async () => {
    await buy('payAsYouGo')
    await use(1_000)
    expect(await characters()).toMatchObject({ used: 1_000, included: 0, overage: 1_000, amountCents: 30 })
  })

  it('that another plan lacks: what was used in the period stays counted', async () => {
    const id = await buy('metered')
    await use(600)
    expect(await characters()).toMatchObject({ used: 600 })
    await changeTo(id, 'flat')
    expect(await characters()).toMatchObject({ used: 600, limit: 1_000, included: 1_000 })
  })

  it('that another plan brings: what was used in earlier periods does not count against it', async () => {
    const id = await buy('flat')
    for (const amount of [600, 500]) {
      await wait({ days: 31 })
      await use(amount)
    }
    await changeTo(id, 'metered')
    expect(await characters()).toMatchObject({ used: 500, pending: 0, limit: 20_000, included: 10_000 })
    await wait({ days: 31 })
    await use(7)
    const before = callsTo('/quantities')
    await wait({ minutes: 6 })
    expect(await characters()).toMatchObject({ used: 7, included: 10_000 })
    expect(callsTo('/quantities')).toBe(before)
  })

  async function changeTo(subscriptionId: string, product: keyof typeof products): Promise<void> {
    const answer = await fetch(`${running.url}/polar/v1/subscriptions/${subscriptionId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: 'Bearer polar_oat_test' },
      body: JSON.stringify({ product_id: products[product].id, proration_behavior: 'prorate' }),
    })
    expect(answer.status).toBe(200)
    await running.emulator.controls.settle()
  }
})

describe('while Polar is away', () => {
  it('the last count stands, and what is used since is pending', async () => {
    await buy('flat')
    await use(600)
    await usageOf(running, 'acme')
    running.emulator.controls.takeDown()
    await wait({ minutes: 6 })
    await generate(running, 'acme', 50)
    expect(await usageOf(running, 'acme')).toMatchObject({
      meters: [{ used: 600, pending: 50, remaining: 350 }],
      stale: true,
    })
  })

  it('a count that fails alone makes the answer stale, too', async () => {
    await buy('flat')
    await use(600)
    await usageOf(running, 'acme')
    running.emulator.controls.addFault({ path: '/meters/*/quantities', status: 503 })
    await wait({ minutes: 6 })
    expect(await usageOf(running, 'acme')).toMatchObject({ meters: [{ used: 600 }], stale: true })
  })

  it('the count of one period does not stand in for another one’s', async () => {
    await buy('flat')
    await use(1_000)
    await wait({ to: '2026-02-10T11:59:00Z' })
    expect(await characters()).toMatchObject({ used: 1_000, remaining: 0 })
    running.emulator.controls.addFault({ path: '/meters/*/quantities', status: 503 })
    await wait({ minutes: 2 })
    const { status, body } = await running.as('acme').get('/usage')
    expect({ status, code: body.error?.code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' })
    running.emulator.controls.clearFaults()
    await wait({ minutes: 1 })
    expect(await characters()).toMatchObject({ used: 0, remaining: 1_000 })
  })
})

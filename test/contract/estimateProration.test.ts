import type { models } from '@polar-sh/sdk/2026-10'
import * as fc from 'fast-check'
import { estimateProration } from 'polar-billing-kit/contract'
import { type CatalogPrice, type EmulatorCatalog, createPolarEmulator } from 'polar-billing-kit/emulator'
import { describe, expect, it } from 'vitest'

const START = '2026-04-01T00:00:00.000Z'
const END = '2026-05-01T00:00:00.000Z'
const monthly = (amount: number) => ({ amount, interval: 'month' })
const period = { periodStart: START, periodEnd: END, isTrial: false }
const half = { ...period, now: '2026-04-16T00:00:00Z' }

describe('estimateProration', () => {
  it('charges the new plan and credits the old one for what is left of the period', () => {
    expect(estimateProration({ ...half, from: monthly(1_000), to: monthly(2_900) })).toEqual({
      credit: 500,
      charge: 1_450,
      due: 950,
    })
  })

  it('a smaller plan leaves a credit', () => {
    expect(estimateProration({ ...half, from: monthly(2_900), to: monthly(1_000) }).due).toBe(-950)
  })

  it('another interval starts a period of its own', () => {
    const to = { amount: 29_000, interval: 'year' }
    expect(estimateProration({ ...half, from: monthly(2_900), to })).toEqual({
      credit: 1_450,
      charge: 29_000,
      due: 27_550,
    })
  })

  it('a half goes to the even neighbour, as the provider rounds', () => {
    const { credit, charge } = estimateProration({ ...half, from: monthly(2_901), to: monthly(2_903) })
    expect([credit, charge]).toEqual([1_450, 1_452])
  })

  it('nothing is prorated in a trial; a plan without one ends it and is paid in full', () => {
    const trial = { ...half, isTrial: true, from: monthly(2_900), to: monthly(9_900) }
    expect(estimateProration(trial)).toEqual({ credit: 0, charge: 0, due: 0 })
    expect(estimateProration({ ...trial, endsTrial: true })).toEqual({
      credit: 0,
      charge: 9_900,
      due: 9_900,
    })
  })

  it.each([
    ['before the period', '2026-03-01T00:00:00Z', { credit: 1_000, charge: 3_000, due: 2_000 }],
    ['at its start', START, { credit: 1_000, charge: 3_000, due: 2_000 }],
    ['at its end', END, { credit: 0, charge: 0, due: 0 }],
    ['after it', '2026-06-01T00:00:00Z', { credit: 0, charge: 0, due: 0 }],
  ])('%s', (_name, now, expected) => {
    expect(estimateProration({ ...period, now, from: monthly(1_000), to: monthly(3_000) })).toEqual(expected)
  })

  it('takes dates, and a period without length leaves nothing', () => {
    const now = new Date(START)
    const empty = { periodStart: now, periodEnd: now, now, isTrial: false }
    expect(estimateProration({ ...empty, from: monthly(1_000), to: monthly(3_000) }).due).toBe(0)
  })

  it('zero stays zero', () => {
    const { credit, charge, due } = estimateProration({ ...half, from: monthly(0), to: monthly(0) })
    expect([credit, charge, due]).toEqual([0, 0, 0])
    expect(Object.is(due, -0)).toBe(false)
  })
})

/** What the emulator charges for the change. */
async function charge({ from, to, currency, toInterval, offset }: Change): Promise<number> {
  const price = (amount: number): CatalogPrice => ({ type: 'fixed', amount, currency })
  const emulator = createPolarEmulator({
    now: START,
    frozen: true,
    catalog: {
      products: {
        from: { name: 'From', interval: 'month', prices: [price(from)] },
        to: { name: 'To', interval: toInterval, prices: [price(to)] },
      },
    } satisfies EmulatorCatalog,
  })
  const { controls } = emulator
  const { products } = controls.catalog()
  const buyer = { external_customer_id: 'acme' }
  const { subscription_id: id } = controls.purchase({ ...buyer, product_id: products['from'] ?? '' })
  controls.setCard({ ...buyer, declines: false })
  await controls.advanceClock({ ms: offset })
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization: 'Bearer polar_oat_test', 'polar-version': '2026-10' }
    const response = await emulator.fetch(new Request(`http://polar.test/v1${path}`, { ...init, headers }))
    expect(response.status).toBe(200)
    return response.json()
  }
  await ask(`/subscriptions/${id}`, {
    method: 'PATCH',
    body: JSON.stringify({ product_id: products['to'], proration_behavior: 'invoice' }),
  })
  const { items } = (await ask('/orders/')) as models.ListResourceOrder
  const order = items.find(({ billing_reason: reason }) => reason === 'subscription_update')
  emulator.close()
  return order?.net_amount ?? 0
}

interface Change {
  from: number
  to: number
  currency: string
  toInterval: 'month' | 'year'
  /** Milliseconds from the start of the period. */
  offset: number
}

const amount = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 1, max: 5_000_000 }),
)
const change: fc.Arbitrary<Change> = fc.record({
  from: amount,
  to: amount,
  currency: fc.constantFrom('usd', 'jpy', 'eur'),
  toInterval: fc.constantFrom('month' as const, 'year' as const),
  offset: fc.integer({ min: 0, max: Date.parse(END) - Date.parse(START) - 1 }),
})

describe('the estimate and the charge', () => {
  it('are the same to the minor unit, whatever the moment and the amounts', async () => {
    await fc.assert(
      fc.asyncProperty(change, async (given) => {
        const { due } = estimateProration({
          ...period,
          from: monthly(given.from),
          to: { amount: given.to, interval: given.toInterval },
          now: new Date(Date.parse(START) + given.offset),
        })
        // A credit is charged to nobody.
        expect(await charge(given)).toBe(Math.max(0, due))
      }),
      { numRuns: 200 },
    )
  })
})

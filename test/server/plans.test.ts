import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeAll(async () => {
  running = await startBilling()
})
afterAll(() => running.close())

describe('listPlans', () => {
  it('default: public, in the order of the catalog, with the provider’s prices', async () => {
    const { status, body } = await running.as(null).get('/plans')
    expect(status).toBe(200)
    expect(body.plans.map(({ planType }: { planType: string }) => planType)).toEqual([
      'free',
      'pro',
      'team',
      'enterprise',
    ])
    expect(body.plans[0]).toEqual({
      planType: 'free',
      name: 'Free',
      description: null,
      features: [],
      limits: { characters: 1000, databases: 1 },
      included: {},
      recommended: false,
      contact: null,
      forSale: false,
      prices: [],
    })
    expect(body.plans[1]).toMatchObject({
      forSale: true,
      recommended: true,
      features: ['api'],
      limits: { characters: null },
    })
    expect(body.plans[1].prices).toEqual([
      {
        id: expect.any(String),
        amount: 2900,
        currency: 'USD',
        type: 'recurring',
        recurringInterval: 'month',
        interval: 'month',
      },
      {
        id: expect.any(String),
        amount: null,
        currency: 'USD',
        type: 'metered',
        recurringInterval: 'month',
        unitAmount: '0.03',
        interval: 'month',
      },
      {
        id: expect.any(String),
        amount: 29_000,
        currency: 'USD',
        type: 'recurring',
        recurringInterval: 'year',
        interval: 'year',
      },
    ])
    expect(body.plans[3]).toMatchObject({ forSale: false, contact: 'mailto:sales@example.com', prices: [] })
  })

  it('behavior: the provider is down and nothing is remembered: no prices, and the rest', async () => {
    const dark = await startBilling()
    dark.emulator.controls.takeDown()
    const { status, body } = await dark.as(null).get('/plans')
    expect(status).toBe(200)
    expect(body.plans[1]).toMatchObject({ name: 'Pro', prices: null })
    await dark.close()
  })

  it('behavior: prices are remembered for an hour', async () => {
    const before = running.polarCalls.length
    await running.as(null).get('/plans')
    expect(running.polarCalls.length).toBe(before)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeAll(async () => {
  running = await startBilling()
})
afterAll(() => running.close())

describe('getSubscription', () => {
  it('default: the whole of it', async () => {
    const purchase = running.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: running.products['pro'] ?? '',
    })
    const { status, body } = await running.as('acme').get('/subscription')
    expect(status).toBe(200)
    expect(body).toEqual({
      organizationId: 'acme',
      subscriptionId: purchase.subscription_id,
      status: 'active',
      planType: 'pro',
      planName: 'Pro',
      amount: 2900,
      currency: 'USD',
      currentPeriodStart: '2026-01-10T12:00:00.000Z',
      currentPeriodEnd: '2026-02-10T12:00:00.000Z',
      trialStart: null,
      trialEnd: null,
      cancelAtPeriodEnd: false,
      product: {
        id: running.products['pro'],
        name: 'Pro plan',
        description: 'For creators',
        recurringInterval: 'month',
        prices: [
          {
            id: expect.any(String),
            amount: 2900,
            currency: 'USD',
            type: 'recurring',
            recurringInterval: 'month',
          },
          {
            id: expect.any(String),
            amount: null,
            currency: 'USD',
            type: 'metered',
            recurringInterval: 'month',
            unitAmount: '0.03',
          },
        ],
        benefits: [
          { id: expect.any(String), type: 'meter_credit', description: '10,000 characters' },
          { id: expect.any(String), type: 'feature', description: 'API access' },
        ],
      },
      latestOrder: {
        id: purchase.order_id,
        status: 'completed',
        paid: true,
        amount: expect.any(Number),
        currency: 'USD',
        invoiceNumber: expect.any(String),
        invoicePdfUrl: null,
        createdAt: '2026-01-10T12:00:00.000Z',
        description: 'Pro plan',
        refundedAmount: 0,
      },
      pendingChange: null,
      pauseAtPeriodEnd: false,
      pausedAt: null,
      resumesAt: null,
      graceEndsAt: null,
      seats: null,
      asOf: '2026-01-10T12:00:00.000Z',
      stale: false,
    })
  })

  it('without one: 200, with the default plan and nothing to pay', async () => {
    const { status, body } = await running.as('nobody').get('/subscription')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      subscriptionId: null,
      status: 'none',
      planType: null,
      planName: 'Free',
      amount: 0,
      currency: 'USD',
      product: null,
      latestOrder: null,
    })
  })

  it('a trial has its dates and an order of nothing', async () => {
    running.emulator.controls.purchase({
      external_customer_id: 'trying',
      product_id: running.products['trial'] ?? '',
    })
    expect((await running.as('trying').get('/subscription')).body).toMatchObject({
      status: 'trialing',
      trialStart: '2026-01-10T12:00:00.000Z',
      trialEnd: '2026-01-24T12:00:00.000Z',
      latestOrder: { amount: 0, status: 'completed' },
    })
  })
})

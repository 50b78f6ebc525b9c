import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeAll(async () => {
  running = await startBilling({ billing: { returnPath: '/settings?tab=billing' } })
})
afterAll(() => running.close())

describe('createPortalSession', () => {
  it('default: a link that works for an hour and returns to the app', async () => {
    running.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: running.products['pro'] ?? '',
    })
    const { status, body } = await running.as('acme').post('/portal')
    expect(status).toBe(200)
    expect(body).toEqual({
      portalUrl: expect.stringContaining('customer_session_token='),
      expiresAt: '2026-01-10T13:00:00.000Z',
    })
    expect(await (await fetch(body.portalUrl)).text()).toContain('/settings?tab=billing&amp;billing=portal')
  })

  it('behavior: nothing bought yet', async () => {
    const { status, body } = await running.as('nobody').post('/portal')
    expect(status).toBe(404)
    expect(body.error).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('nothing bought yet'),
    })
  })

  it('behavior: what is done there shows on the way back, without a webhook', async () => {
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    const { subscription_id: id } = running.emulator.controls.purchase({
      external_customer_id: 'leaving',
      product_id: running.products['pro'] ?? '',
    })
    const caller = running.as('leaving')
    await caller.get('/status')
    await caller.post('/portal')
    running.emulator.controls.patchSubscription({
      id: id ?? '',
      cancel_at_period_end: true,
      ends_at: '2026-02-10T12:00:00Z',
    })
    expect((await caller.get('/status')).body).toMatchObject({
      cancelAtPeriodEnd: true,
      expiresAt: '2026-02-10T12:00:00.000Z',
    })
  })

  it('behavior: what is done there shows at once, also right after a read and before any webhook', async () => {
    const { subscription_id: id } = running.emulator.controls.purchase({
      external_customer_id: 'quick',
      product_id: running.products['pro'] ?? '',
    })
    await running.emulator.controls.settle()
    running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
    const caller = running.as('quick')
    await caller.post('/portal')
    expect((await caller.get('/status')).body.cancelAtPeriodEnd).toBe(false)
    running.emulator.controls.patchSubscription({ id: id ?? '', cancel_at_period_end: true })
    expect((await caller.get('/status')).body.cancelAtPeriodEnd).toBe(true)
  })
})

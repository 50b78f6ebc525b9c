import type { BillingTransport } from 'polar-billing-kit'
import type { Operation } from 'polar-billing-kit/contract'
import type { Identity } from 'polar-billing-kit/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callTransport } from '../../src/query/config.js'
import { type Running, startBilling } from '../server/startBilling.js'

/** Makes the transport under test, for a caller whom the server takes for this identity. */
export type CreateTransport = (running: Running, identity: Identity | null) => BillingTransport

const READS = ['getStatus', 'getSubscription', 'getUsage', 'listPlans', 'listOrders', 'listSeats'] as const

/** What every transport must do, whatever wire it speaks: the contract in executable form. */
export function testTransport(name: string, createTransport: CreateTransport): void {
  describe(`transport: ${name}`, () => {
    let running: Running
    let transport: BillingTransport
    beforeAll(async () => {
      running = await startBilling()
      running.emulator.controls.purchase({
        external_customer_id: 'acme',
        product_id: running.products['pro'] ?? '',
      })
      transport = createTransport(running, { organizationId: 'acme' })
    })
    afterAll(() => running.close())

    it.each(READS)('%s answers what the service answers', async (operation) => {
      const expected = await running.billing.service[operation]({ organizationId: 'acme' })
      expect(await callTransport({ transport }, operation)).toEqual(expected)
    })

    it('getStatus passes its input on', async () => {
      const buyer = createTransport(running, { organizationId: 'buyer' })
      const { checkoutId } = await callTransport({ transport: buyer }, 'createCheckout', { planType: 'pro' })
      expect(
        await callTransport({ transport: buyer }, 'getStatus', { checkoutId, fresh: true }),
      ).toMatchObject({ checkout: 'open' })
    })

    it('createCheckout and createPortalSession hand back where to go', async () => {
      const buyer = createTransport(running, { organizationId: 'shopper' })
      expect(
        (await callTransport({ transport: buyer }, 'createCheckout', { planType: 'pro' })).checkoutUrl,
      ).toMatch(/^http/)
      expect((await callTransport({ transport }, 'createPortalSession')).portalUrl).toMatch(/^http/)
    })

    it('getUsageHistory passes its input on', async () => {
      const input = { meter: 'characters', range: '24h', interval: 'hour' } as const
      const expected = await running.billing.service.getUsageHistory({ organizationId: 'acme' }, input)
      expect(await callTransport({ transport }, 'getUsageHistory', input)).toEqual(expected)
      expect(expected.points).toHaveLength(24)
    })

    it('getInvoice has the invoice of an order made, and hands back where it is', async () => {
      const [order] = (await callTransport({ transport }, 'listOrders')).orders
      const input = { orderId: order?.id ?? '' }
      expect(await callTransport({ transport }, 'getInvoice', input)).toEqual({ pending: true })
      await running.emulator.controls.settle()
      expect(await callTransport({ transport }, 'getInvoice', input)).toEqual({
        url: expect.stringMatching(/^http/),
      })
    })

    it('updateSubscription hands back what it has become, or why it has not', async () => {
      const { controls } = running.emulator
      const customer = { external_customer_id: 'changing' }
      controls.purchase({ ...customer, product_id: running.products['pro'] ?? '' })
      const member = { transport: createTransport(running, { organizationId: 'changing' }) }
      expect(await callTransport(member, 'updateSubscription', { action: 'cancel' })).toMatchObject({
        planType: 'pro',
        cancelAtPeriodEnd: true,
      })
      await callTransport(member, 'updateSubscription', { action: 'resume' })
      controls.setCard({ ...customer, declines: true })
      const toTeam = { action: 'change', planType: 'team', when: 'now' } as const
      await expect(callTransport(member, 'updateSubscription', toTeam)).rejects.toMatchObject({
        name: 'BillingError',
        code: 'PAYMENT_REQUIRED',
        status: 402,
        message: expect.stringContaining('nothing has changed'),
      })
    })

    const failures: [Operation, object, Identity | null, string, number][] = [
      ['getStatus', {}, null, 'UNAUTHORIZED', 401],
      ['getUsage', {}, { organizationId: null }, 'FORBIDDEN', 403],
      ['createCheckout', { planType: 'gold' }, { organizationId: 'acme' }, 'BAD_REQUEST', 400],
      ['createCheckout', { planType: 'team' }, { organizationId: 'acme' }, 'CONFLICT', 409],
      ['createPortalSession', {}, { organizationId: 'nobody' }, 'NOT_FOUND', 404],
      ['listOrders', { cursor: 'nowhere' }, { organizationId: 'acme' }, 'BAD_REQUEST', 400],
      ['getInvoice', { orderId: 'ord_1' }, { organizationId: 'acme' }, 'NOT_FOUND', 404],
      ['getInvoice', { orderId: 'a/b é' }, { organizationId: 'acme' }, 'BAD_REQUEST', 400],
      ['getUsageHistory', { meter: 'gold' }, { organizationId: 'acme' }, 'BAD_REQUEST', 400],
      ['getUsageHistory', { meter: 'characters' }, null, 'UNAUTHORIZED', 401],
      ['updateSubscription', { action: 'cancel' }, null, 'UNAUTHORIZED', 401],
      ['updateSubscription', { action: 'revoke' }, { organizationId: 'acme' }, 'BAD_REQUEST', 400],
      ['updateSubscription', { action: 'cancel' }, { organizationId: 'nobody' }, 'NOT_FOUND', 404],
      ['updateSubscription', { action: 'resume' }, { organizationId: 'acme' }, 'CONFLICT', 409],
      ['listSeats', {}, null, 'UNAUTHORIZED', 401],
      ['updateSeats', { action: 'give' }, { organizationId: 'acme' }, 'BAD_REQUEST', 400],
      [
        'updateSeats',
        { action: 'assign', email: 'bob@example.org' },
        { organizationId: 'acme' },
        'CONFLICT',
        409,
      ],
      ['updateSeats', { action: 'revoke', seatId: 'seat' }, { organizationId: 'acme' }, 'NOT_FOUND', 404],
    ]
    it.each(failures)('%s %j as %j fails with %s', async (operation, input, identity, code, status) => {
      const caller = createTransport(running, identity)
      await expect(callTransport({ transport: caller }, operation, input)).rejects.toMatchObject({
        name: 'BillingError',
        code,
        status,
        message: expect.stringMatching(/\w/),
      })
    })

    it('a provider that is down is SERVICE_UNAVAILABLE', async () => {
      running.emulator.controls.takeDown()
      const caller = createTransport(running, { organizationId: 'unknown' })
      await expect(callTransport({ transport: caller }, 'getStatus')).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      })
      running.emulator.controls.clearFaults()
    })

    it('a request that is given up fails with ABORTED', async () => {
      const controller = new AbortController()
      const answer = callTransport({ transport }, 'getStatus', {}, controller.signal)
      controller.abort()
      await expect(answer).rejects.toMatchObject({ name: 'BillingError', code: 'ABORTED', status: 0 })
    })
  })
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
let secretCheckout: string
let secretOrder: string
beforeAll(async () => {
  running = await startBilling()
  const victim = running.as({ organizationId: 'victim', email: 'victim@example.com', emailVerified: true })
  secretCheckout = (await victim.post('/checkout', { planType: 'pro' })).body.checkoutId
  const { order_id: orderId } = running.emulator.controls.purchase({
    external_customer_id: 'victim',
    product_id: running.products['pro'] ?? '',
  })
  secretOrder = orderId ?? ''
})
afterAll(() => running.close())

const SMUGGLED = {
  organizationId: 'victim',
  organization_id: 'victim',
  customerId: 'victim',
  external_customer_id: 'victim',
  externalCustomerId: 'victim',
  email: 'victim@example.com',
  metadata: { organization_id: 'victim' },
}

describe('a request of one organization', () => {
  it('cannot read another by query', async () => {
    for (const [key, value] of Object.entries(SMUGGLED)) {
      const { status, body } = await running
        .as('attacker')
        .get(`/status?${key}=${encodeURIComponent(JSON.stringify(value))}`)
      expect(status, key).toBe(400)
      expect(body.error.code).toBe('BAD_REQUEST')
    }
  })

  it('cannot read another by header or cookie', async () => {
    const headers = {
      'x-organization-id': 'victim',
      'polar-organization': 'victim',
      cookie: 'organizationId=victim',
    }
    const { body } = await running.as('attacker').request('/status', { headers })
    expect(body).toMatchObject({ organizationId: 'attacker', status: 'none' })
  })

  it.each([
    '/status/victim',
    '/victim/status',
    '/status/../victim',
    '/organizations/victim/status',
    '/status/%2e%2e%2fvictim',
  ])('cannot read another by path: %s', async (path) => {
    const { status } = await running.as('attacker').get(path)
    expect(status).toBe(404)
  })

  it('cannot ask where another’s checkout stands', async () => {
    const { status, body } = await running.as('attacker').get(`/status?checkoutId=${secretCheckout}`)
    expect(status).toBe(404)
    expect(body).not.toHaveProperty('checkout')
  })

  it('cannot see another’s orders, nor an invoice', async () => {
    expect((await running.as('attacker').get('/orders')).body.orders).toEqual([])
    expect((await running.as('attacker').post(`/orders/${secretOrder}/invoice`)).status).toBe(404)
    for (const [key, value] of Object.entries(SMUGGLED)) {
      const smuggled = encodeURIComponent(JSON.stringify(value))
      for (const ask of [
        running.as('attacker').get(`/orders?${key}=${smuggled}`),
        running.as('attacker').get(`/usage/history?meter=characters&${key}=${smuggled}`),
        running.as('attacker').post(`/orders/${secretOrder}/invoice`, { [key]: value }),
      ])
        expect((await ask).status, key).toBe(400)
    }
  })

  it('cannot buy for another by body', async () => {
    for (const [key, value] of Object.entries(SMUGGLED)) {
      const { status } = await running.as('attacker').post('/checkout', { planType: 'pro', [key]: value })
      expect(status, key).toBe(400)
    }
  })

  it('cannot take over another by its e-mail, not even a verified one', async () => {
    const attacker = running.as({
      organizationId: 'attacker',
      email: 'VICTIM@example.com',
      emailVerified: true,
    })
    expect((await attacker.post('/checkout', { planType: 'pro' })).status).toBe(409)
    expect((await attacker.post('/portal')).status).toBe(404)
  })

  it('cannot change another’s subscription by body', async () => {
    const before = running.emulator.controls.listSubscriptions({ external_customer_id: 'victim' })
    for (const [key, value] of Object.entries(SMUGGLED)) {
      const { status } = await running
        .as('attacker')
        .post('/subscription', { action: 'cancel', [key]: value })
      expect(status, key).toBe(400)
    }
    expect((await running.as('attacker').post('/subscription', { action: 'cancel' })).status).toBe(404)
    expect(running.emulator.controls.listSubscriptions({ external_customer_id: 'victim' })).toEqual(before)
  })

  it('cannot open another’s portal', async () => {
    const { status } = await running.as('attacker').post('/portal', { organizationId: 'victim' })
    expect(status).toBe(400)
  })

  it('cannot use up another’s idempotency key', async () => {
    const track = (organizationId: string) =>
      running.billing.usage.track({
        organizationId,
        name: 'tts_generation',
        metadata: { characters: 1 },
        idempotencyKey: 'same',
      })
    await track('attacker')
    await track('victim')
    await running.billing.usage.flush()
    const { events } = running.emulator.controls.listEvents()
    expect(events.map(({ external_customer_id: id }) => id)).toEqual(['attacker', 'victim'])
    expect(new Set(events.map(({ external_id: id }) => id)).size).toBe(2)
  })

  it('cannot set the price, product, discount or return address', async () => {
    for (const key of [
      'productId',
      'products',
      'amount',
      'discountId',
      'successUrl',
      'success_url',
      'trial',
      'metadata',
    ]) {
      const { status } = await running
        .as('attacker')
        .post('/checkout', { planType: 'pro', [key]: 'https://evil.example' })
      expect(status, key).toBe(400)
    }
  })
})

describe('who is asking', () => {
  it.each(['/status', '/subscription', '/usage', '/usage/history', '/orders'])(
    'signed out: %s is UNAUTHORIZED',
    async (path) => {
      const { status, body } = await running.as(null).get(path)
      expect(status).toBe(401)
      expect(body.error.code).toBe('UNAUTHORIZED')
    },
  )

  it.each([null, ''])('no organization (%j): FORBIDDEN', async (organizationId) => {
    const { status, body } = await running.as({ organizationId }).get('/status')
    expect(status).toBe(403)
    expect(body.error.code).toBe('FORBIDDEN')
  })

  it.each(['.', '..', 'a/b', '/', '../victim', 'nul\0'])(
    'an organization id that would change the path (%j): BAD_REQUEST',
    async (organizationId) => {
      for (const ask of [
        () => running.as({ organizationId }).get('/status'),
        () => running.as({ organizationId }).post('/checkout', { planType: 'pro' }),
      ]) {
        const { status, body } = await ask()
        expect(status).toBe(400)
        expect(body.error).toMatchObject({
          code: 'BAD_REQUEST',
          message: expect.stringContaining('organizationId'),
        })
      }
    },
  )

  it('an identity without an organization is nobody, not everybody', async () => {
    for (const identity of [{}, { organizationId: undefined }, { organizationId: null }]) {
      const caller = running.as(identity as never)
      for (const ask of [caller.get('/status'), caller.get('/subscription'), caller.post('/portal')]) {
        expect((await ask).status).toBe(403)
      }
    }
    for (const organizationId of [1, ['victim'], { toString: 'victim' }, 'x'.repeat(256), '\ud800']) {
      expect((await running.as({ organizationId } as never).get('/status')).status).toBe(400)
      await expect(
        running.billing.usage.track({ organizationId, name: 'x', metadata: {} } as never),
      ).rejects.toThrow('organizationId')
    }
  })

  it('nothing from authenticate is signed out', async () => {
    const nobody = await startBilling({ billing: { authenticate: () => undefined } })
    expect((await nobody.as('victim').get('/status')).status).toBe(401)
    await nobody.close()
  })
})

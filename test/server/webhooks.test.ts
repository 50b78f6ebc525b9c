import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { sign } from './signWebhook.js'
import { type Running, startBilling, WEBHOOK_SECRET } from './startBilling.js'

let running: Running

const deliver = (body: string, headers: Record<string, string>, target = running) =>
  target.as(null).request('/webhooks/polar', { method: 'POST', body, headers })

const updated = (organizationId: string) =>
  JSON.stringify({
    type: 'customer.updated',
    timestamp: '2026-01-10T12:00:00Z',
    api_version: '2026-10',
    data: { external_id: organizationId },
  })

describe('the signature', () => {
  beforeAll(async () => {
    running = await startBilling()
  })
  afterAll(() => running.close())

  const body = updated('acme')

  it.each(['standard', 'legacy'] as const)('%s: accepted', async (style) => {
    expect((await deliver(body, sign(body, { style }))).status).toBe(202)
  })

  it('a secret that came from an unset variable is none', async () => {
    const rotating = await startBilling({ billing: { webhookSecret: [undefined, '', WEBHOOK_SECRET] } })
    expect((await deliver(body, sign(body), rotating)).status).toBe(202)
    await rotating.close()
  })

  it.each(['{"type":"customer.updated"}', '{"type":"customer.updated","data":null}'])(
    'signed, and about nobody: %s',
    async (odd) => {
      expect((await deliver(odd, sign(odd))).status).toBe(202)
    },
  )

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s: 400', async (name) => {
    const { [name]: _left, ...headers } = sign(body) as Record<string, string>
    const answer = await deliver(body, headers)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining(name) })
  })

  it.each([
    ['a wrong secret', body, sign(body, { secret: 'whsec_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' })],
    ['an old timestamp', body, sign(body, { skew: -301 })],
    ['a timestamp from the future', body, sign(body, { skew: 310 })],
    ['a changed body', body.replace('acme', 'evil'), sign(body)],
    ['no signature of this kind', body, { ...sign(body), 'webhook-signature': 'v2,abc' }],
    ['a timestamp that is no number', body, { ...sign(body), 'webhook-timestamp': 'now' }],
  ])('%s: 403', async (_name, sent, headers) => {
    const answer = await deliver(sent, headers)
    expect(answer.status).toBe(403)
    expect(answer.body.error.code).toBe('FORBIDDEN')
  })

  it('signed, but no JSON: 400', async () => {
    const answer = await deliver('not json', sign('not json'))
    expect(answer.status).toBe(400)
    expect(answer.body.error.message).toMatch(/signed correctly, but its body is not JSON/)
  })

  it.each(['{"type":"planet.created","data":{}}', '{"data":{}}', '3', 'null'])(
    'signed, of a type nobody knows (%s): 202',
    async (unknown) => {
      expect((await deliver(unknown, sign(unknown))).status).toBe(202)
    },
  )

  it('covers the raw bytes: what a JSON parser would write differently', async () => {
    const odd = `{ "type" : "customer.updated", "data": {"external_id":"acm\\u0065"}}\n`
    expect((await deliver(odd, sign(odd))).status).toBe(202)
  })

  it('a body above 1 MB: 413', async () => {
    const large = JSON.stringify({ type: 'customer.updated', data: { note: 'x'.repeat(1_100_000) } })
    expect((await deliver(large, sign(large))).status).toBe(413)
  })

  it('needs no session, and no origin', async () => {
    expect((await deliver(body, { ...sign(body), origin: 'https://polar.sh' })).status).toBe(202)
  })
})

describe('webhookSecret', () => {
  const other = 'whsec_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
  const body = updated('acme')

  it('several: each of them is accepted while one is being rotated', async () => {
    const own = await startBilling({ billing: { webhookSecret: [other, WEBHOOK_SECRET] } })
    for (const secret of [other, WEBHOOK_SECRET])
      expect((await deliver(body, sign(body, { secret }), own)).status).toBe(202)
    await own.close()
  })

  it.each([[undefined], [''], [[]]])('none (%j): 404, and a warning at the start', async (webhookSecret) => {
    const own = await startBilling({ billing: { webhookSecret } })
    const answer = await deliver(body, sign(body), own)
    expect(answer.status).toBe(404)
    expect(answer.body.error.message).toMatch(/No webhookSecret/)
    expect(own.events).toContainEqual({
      type: 'warning',
      message: expect.stringContaining('No webhookSecret'),
    })
    await own.close()
  })
})

describe('a webhook is a hint', () => {
  beforeEach(async () => {
    running = await startBilling()
  })
  afterEach(() => running.close())

  const refreshes = (organizationId: string) =>
    running.polarCalls.filter((call) => call === `GET /v1/customers/external/${organizationId}/state`).length

  it('what the emulator delivers after a purchase shows in the next status', async () => {
    expect((await running.as('acme').get('/status')).body.status).toBe('none')
    running.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: running.products['pro'] ?? '',
    })
    await running.emulator.controls.settle()
    expect((await running.as('acme').get('/status')).body).toMatchObject({
      status: 'active',
      planType: 'pro',
    })
  })

  it('about an organization that nobody asks about, it causes no refresh', async () => {
    await running.as('acme').get('/status')
    await deliver(updated('stranger'), sign(updated('stranger')))
    // Gathers after the first, and so is read after it.
    await deliver(updated('acme'), sign(updated('acme')))
    await vi.waitFor(() => expect(refreshes('acme')).toBe(2))
    expect(refreshes('stranger')).toBe(0)
  })

  it('its content is not believed', async () => {
    await running.as('acme').get('/status')
    const lie = JSON.stringify({
      type: 'subscription.active',
      timestamp: '2026-01-10T12:00:00Z',
      data: { status: 'active', customer: { external_id: 'acme' } },
    })
    expect((await deliver(lie, sign(lie))).status).toBe(202)
    expect((await running.as('acme').get('/status')).body.status).toBe('none')
  })
})

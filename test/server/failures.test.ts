import { PGlite } from '@electric-sql/pglite'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeEach(async () => {
  running = await startBilling()
  // Every change is seen by asking alone.
  running.emulator.controls.replaceWebhookEndpoints({ endpoints: [] })
  running.emulator.controls.purchase({
    external_customer_id: 'payer',
    product_id: running.products['pro'] ?? '',
  })
})
afterEach(() => running.close())

const fault = (input: object) => running.emulator.controls.addFault(input)
const wait = (seconds: number) => running.emulator.controls.advanceClock({ seconds })

describe('the provider fails, and nothing is known: the caller learns that, and never "free"', () => {
  it.each([
    ['429', { status: 429, retryAfter: 7 }, 503, 'SERVICE_UNAVAILABLE', 7],
    ['500', { status: 500 }, 503, 'SERVICE_UNAVAILABLE', 5],
    ['an HTML page', { status: 200, body: 'html' }, 503, 'SERVICE_UNAVAILABLE', 5],
    ['an HTML 404', { status: 404, body: 'html' }, 503, 'SERVICE_UNAVAILABLE', 5],
    ['401', { status: 401 }, 500, 'INTERNAL_SERVER_ERROR', undefined],
    ['403', { status: 403 }, 500, 'INTERNAL_SERVER_ERROR', undefined],
    ['404 of another kind', { status: 404 }, 500, 'INTERNAL_SERVER_ERROR', undefined],
  ])('%s', async (_name, input, status, code, retryAfter) => {
    fault(input)
    for (const path of ['/status', '/subscription', '/usage']) {
      const answer = await running.as('payer').get(path)
      expect(answer.status).toBe(status)
      expect(answer.body.error).toMatchObject({ code, ...(retryAfter && { retryAfter }) })
      expect(answer.headers.get('retry-after')).toBe(retryAfter === undefined ? null : String(retryAfter))
    }
  })

  it('a timeout', async () => {
    const slow = await startBilling({
      billing: { polar: { accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar`, timeout: 0.05 } },
    })
    fault({ latencyMs: 1_000 })
    expect((await slow.as('payer').get('/status')).body.error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfter: 5,
    })
    await slow.close()
  })

  it('a body that stops half way', async () => {
    const slow = await startBilling({
      billing: { polar: { accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar`, timeout: 0.2 } },
    })
    fault({ body: 'slow', latencyMs: 2_000 })
    expect((await slow.as('payer').get('/status')).body.error.code).toBe('SERVICE_UNAVAILABLE')
    await slow.close()
  })

  it('nobody there', async () => {
    const alone = await startBilling({
      billing: { polar: { accessToken: 'polar_oat_test', baseUrl: 'http://127.0.0.1:9' } },
    })
    expect((await alone.as('payer').get('/status')).body.error.code).toBe('SERVICE_UNAVAILABLE')
    await alone.close()
  })
})

describe('the provider fails, and something is known', () => {
  it.each([429, 500, 401, 403])('%i: the last known state, marked as stale', async (status) => {
    await running.as('payer').get('/status')
    fault({ status })
    await wait(301)
    const answer = await running.as('payer').get('/status')
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      status: 'active',
      planType: 'pro',
      stale: true,
      asOf: '2026-01-10T12:00:00.000Z',
    })
  })

  it('is fresh again when the provider is back', async () => {
    await running.as('payer').get('/status')
    fault({ status: 500 })
    await wait(301)
    await running.as('payer').get('/status')
    running.emulator.controls.clearFaults()
    await wait(6)
    expect((await running.as('payer').get('/status')).body).toMatchObject({
      stale: false,
      asOf: '2026-01-10T12:05:07.000Z',
    })
  })

  it('is left alone for as long as it asked', async () => {
    await running.as('payer').get('/status')
    fault({ status: 429, retryAfter: 30 })
    await wait(301)
    await running.as('payer').get('/status')
    const calls = running.polarCalls.length
    for (let count = 0; count < 10; count += 1) await running.as('payer').get('/status')
    expect(running.polarCalls.length).toBe(calls)
  })

  it('a usage that is known is served as stale', async () => {
    await running.as('payer').get('/usage')
    running.emulator.controls.takeDown()
    await wait(301)
    expect((await running.as('payer').get('/usage')).body).toMatchObject({ stale: true, totalCost: 29 })
  })
})

describe.each([
  ['in memory', false],
  ['in a database', true],
])('the provider fails, and only last month is known, %s', (_name, isKept) => {
  it('its counts do not stand in for this one', async () => {
    // Not before: its start holds up the whole process for seconds, and so the calls of other tests.
    const database = isKept ? new PGlite() : undefined
    const own = await startBilling({ billing: { database } })
    expect((await own.as('free').get('/usage')).status).toBe(200)
    own.emulator.controls.takeDown()
    await own.emulator.controls.advanceClock({ to: '2026-02-01T00:00:01Z' })
    expect((await own.as('free').get('/usage')).body.error).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfter: 5,
    })
    await own.close()
    await database?.close()
  })
})

describe('checkout and portal', () => {
  it.each([
    ['refused', { status: 403 }, 500, 'INTERNAL_SERVER_ERROR'],
    ['down', { status: 502 }, 503, 'SERVICE_UNAVAILABLE'],
  ])('%s: one sentence, and the reason in the log', async (_name, input, status, code) => {
    fault({ path: '/checkouts/*', ...input })
    fault({ path: '/customer-sessions/*', ...input })
    const checkout = await running.as('new').post('/checkout', { planType: 'pro' })
    expect(checkout.status).toBe(status)
    expect(checkout.body.error).toMatchObject({ code, message: 'Failed to create checkout session' })
    const portal = await running.as('payer').post('/portal')
    expect(portal.status).toBe(status)
    expect(portal.body.error).toMatchObject({ code, message: 'Failed to create customer portal session' })
    const failures = running.events.filter((event) => event.type === 'request_failed')
    expect(failures.map(({ cause }) => String(cause))).toEqual([
      expect.stringContaining('Creating the checkout'),
      expect.stringContaining('Creating the portal session'),
    ])
  })
})

describe('a decision is never made on what was true a while ago', () => {
  const buyUnseen = async () => {
    const { products, emulator } = running
    expect((await running.as('new').get('/status')).body.status).toBe('none')
    emulator.controls.purchase({ external_customer_id: 'new', product_id: products['pro'] ?? '' })
    await wait(301)
  }

  it('no second subscription is sold', async () => {
    await buyUnseen()
    fault({ path: '/customers/*', status: 503 })
    const { body } = await running.as('new').post('/checkout', { planType: 'team' })
    expect(body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: 5 })
  })

  it('a portal is not denied', async () => {
    await buyUnseen()
    fault({ path: '/customers/*', status: 503 })
    expect((await running.as('new').post('/portal')).body.error.code).toBe('SERVICE_UNAVAILABLE')
  })
})

describe('the customer is known, and the order is not', () => {
  it('the subscription is served without it, as stale', async () => {
    await running.as('payer').get('/status')
    running.emulator.controls.takeDown()
    const { status, body } = await running.as('payer').get('/subscription')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'active', planType: 'pro', latestOrder: null, stale: true })
  })

  it('an invoice whose address has expired is not linked', async () => {
    const polar = createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })
    await polar.customers.updateExternal('payer', {
      name: 'Payer',
      billing_address: { country: 'FR' },
    })
    const { items } = await polar.orders.list({ external_customer_id: ['payer'] })
    await polar.orders.generateInvoice(items[0]?.id ?? '')
    await running.emulator.controls.settle()
    const invoiceOf = async () => {
      const { body } = await running.as('payer').get('/subscription')
      return body.latestOrder.invoicePdfUrl
    }
    expect(await invoiceOf()).toMatch(/^http/)
    running.emulator.controls.takeDown()
    await wait(7 * 60)
    expect(await invoiceOf()).toMatch(/^http/)
    await wait(2 * 60)
    expect(await invoiceOf()).toBeNull()
  })
})

describe('what nobody may cause', () => {
  it('many calls by asking about a finished checkout', async () => {
    const { checkout_id } = running.emulator.controls.purchase({
      external_customer_id: 'buyer',
      product_id: running.products['pro'] ?? '',
    })
    const ask = () => running.as('buyer').get(`/status?checkoutId=${checkout_id}`)
    expect((await ask()).body).toMatchObject({ planType: 'pro', checkout: 'succeeded' })
    const calls = running.polarCalls.length
    for (let count = 0; count < 10; count += 1) await ask()
    expect(running.polarCalls.length).toBe(calls)
  })

  it('many calls and warnings by asking, signed out, for prices that are refused', async () => {
    fault({ path: '/products/*', status: 403 })
    await running.as(null).get('/plans')
    const calls = running.polarCalls.length
    for (let count = 0; count < 10; count += 1) await running.as(null).get('/plans')
    expect(running.polarCalls.length).toBe(calls)
    const warnings = running.events.map((event) => ('message' in event ? event.message : ''))
    expect(warnings.filter((message) => message.includes('"pro"'))).toHaveLength(1)
  })
})

describe('the checkout cannot be read, but the customer can', () => {
  const buy = () => {
    const { products, emulator } = running
    return emulator.controls.purchase({ external_customer_id: 'buyer', product_id: products['pro'] ?? '' })
  }
  const ask = async (checkoutId: string) =>
    (await running.as('buyer').get(`/status?fresh=1&checkoutId=${checkoutId}`)).body

  it('a subscription that came of it proves the purchase', async () => {
    const { checkout_id } = buy()
    fault({ path: '/checkouts/*', status: 503 })
    expect(await ask(checkout_id)).toMatchObject({ planType: 'pro', checkout: 'succeeded' })
  })

  it('without one, nothing is confirmed and nothing has failed', async () => {
    fault({ path: '/checkouts/*', status: 502 })
    expect(await ask(crypto.randomUUID())).toMatchObject({ status: 'none', checkout: 'confirmed' })
  })

  it('a refusal is not hidden', async () => {
    fault({ path: '/checkouts/*', status: 401 })
    expect((await ask(crypto.randomUUID())).error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  })
})

describe('the provider is left alone', () => {
  it('for as long as it asked, for all organizations at once', async () => {
    fault({ status: 429, retryAfter: 60, times: 2 })
    await running.as('payer').get('/status')
    const calls = running.polarCalls.length
    await wait(20)
    const { body } = await running.as('other').get('/status')
    expect(body.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: 40 })
    expect((await running.as('other').post('/checkout', { planType: 'pro' })).status).toBe(503)
    expect(running.polarCalls.length).toBe(calls)
    await wait(41)
    expect((await running.as('payer').get('/status')).body).toMatchObject({ status: 'active', stale: false })
  })

  it('while it does not answer, until one call finds that it does', async () => {
    const types = () => running.events.map(({ type }) => type)
    fault({ status: 503 })
    for (let count = 0; count < 5; count += 1) await running.as(`organization_${count}`).get('/status')
    expect(types()).toContain('provider_lost')
    const calls = running.polarCalls.length
    for (let count = 5; count < 10; count += 1) {
      const { body } = await running.as(`organization_${count}`).get('/status')
      expect(body.error.code).toBe('SERVICE_UNAVAILABLE')
    }
    expect(running.polarCalls.length).toBe(calls)
    running.emulator.controls.clearFaults()
    let count = 10
    await expect
      .poll(async () => (await running.as(`organization_${(count += 1)}`).get('/status')).status)
      .toBe(200)
    expect(types()).toContain('provider_back')
  })

  it('a refusal is an answer', async () => {
    fault({ status: 403 })
    for (let count = 0; count < 8; count += 1) await running.as(`organization_${count}`).get('/status')
    running.emulator.controls.clearFaults()
    expect((await running.as('payer').get('/status')).status).toBe(200)
  })
})

describe('one refresh for all', () => {
  it('50 concurrent reads of one organization ask the provider once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => running.as('payer').get('/status')))
    expect(running.polarCalls.toSorted()).toEqual([
      'GET /v1/customers/external/payer/state',
      'GET /v1/subscriptions/',
    ])
  })

  it('readers of different organizations do not share', async () => {
    const [payer, other] = await Promise.all([
      running.as('payer').get('/status'),
      running.as('other').get('/status'),
    ])
    expect([payer.body.status, other.body.status]).toEqual(['active', 'none'])
  })
})

describe('what is logged', () => {
  it('by default: why something failed, down to the first error', async () => {
    const printed = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const loud = await startBilling({
      billing: {
        onEvent: undefined,
        authenticate: (request) => {
          if (request.url.includes('/usage')) throw new Error('the session store is down')
          return { organizationId: 'payer' }
        },
      },
    })
    loud.emulator.controls.addFault({ status: 403 })
    await loud.as(null).post('/checkout', { planType: 'pro' })
    await loud.as(null).get('/usage')
    await loud.as(null).post('/webhooks/polar')
    await loud.as(null).post('/checkout', { planType: 'none' })
    await loud.close()
    const lines = printed.mock.calls.map(String).filter((line) => line.includes('failed:'))
    printed.mockRestore()
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(
      /createCheckout .* Failed to create checkout session\n {2}because: .*\n {2}because: /,
    )
    expect(lines[1]).toMatch(/because: Error: the session store is down\n +at .*failures\.test/)
    expect(lines[2]).toMatch(/^\[polar-billing-kit] webhook .* BAD_REQUEST .*webhook-id/)
  })

  it('holds no token, secret or session URL', async () => {
    await running.as('payer').post('/portal')
    await running.as('new').post('/checkout', { planType: 'pro' })
    fault({ status: 500 })
    await running.as('payer').post('/portal')
    await running.as('else').post('/checkout', { planType: 'pro' })
    const log = JSON.stringify(running.events, (_key, value) =>
      value instanceof Error ? `${value.stack} ${String(value.cause)}` : value,
    )
    expect(log).not.toMatch(/polar_oat_|polar_cst_|polar_mst_|polar_c_|whsec_|customer_session_token=/)
  })
})

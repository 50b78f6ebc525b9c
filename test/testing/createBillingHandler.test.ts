import { http } from 'msw'
import { setupServer } from 'msw/node'
import { BillingError } from 'polar-billing-kit'
import { type Operation, ROUTES } from 'polar-billing-kit/contract'
import { createRestTransport } from 'polar-billing-kit/rest'
import {
  type BillingHandlerOptions,
  createBillingHandler,
  createMemoryTransport,
  type Scenario,
  scenarios,
} from 'polar-billing-kit/testing'
import { describe, expect, it, vi } from 'vitest'
import { callTransport } from '../../src/query/config.js'

/** A REST transport whose network is the handler. */
function over(scenario: Scenario, options: BillingHandlerOptions = {}) {
  const handle = createBillingHandler(scenario, options)
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(new URL(input as string, 'https://app.test'), init)
    return (await handle(request)) ?? new Response('not billing', { status: 418 })
  }
  return createRestTransport({ baseUrl: '/api/billing', fetch })
}

const JSON_TYPE = { 'content-type': 'application/json' }

const INPUTS: { readonly [Name in Operation]?: object } = {
  getStatus: { checkoutId: 'chk_acme', fresh: true },
  getUsageHistory: { meter: 'characters' },
  getInvoice: { orderId: 'ord_1' },
  createCheckout: { planType: 'pro', seats: 5 },
  updateSubscription: { action: 'cancel' },
  updateSeats: { action: 'assign', email: 'bob@example.org' },
}

describe('createBillingHandler', () => {
  it.each(Object.keys(ROUTES) as Operation[])('%s answers what the scenario says', async (operation) => {
    const input = INPUTS[operation] ?? {}
    const expected = await callTransport(
      { transport: createMemoryTransport(scenarios.team) },
      operation,
      input,
    )
    expect(await callTransport({ transport: over(scenarios.team) }, operation, input)).toEqual(expected)
  })

  it('a function gets the input as it was sent, what stands in the path too', async () => {
    const getStatus = vi.fn(async () => scenarios.active.getStatus)
    const getInvoice = vi.fn(async () => ({ url: '#' }))
    const transport = over({ getStatus, getInvoice })
    await callTransport({ transport }, 'getStatus', { checkoutId: 'chk', fresh: true })
    await callTransport({ transport }, 'getInvoice', { orderId: 'ord_1' })
    expect(getStatus).toHaveBeenCalledWith({ checkoutId: 'chk', fresh: true }, expect.anything())
    expect(getInvoice).toHaveBeenCalledWith({ orderId: 'ord_1' }, expect.anything())
  })

  it('an error has its status, its code and its time to wait', async () => {
    const handle = createBillingHandler(scenarios.down)
    const response = await handle(new Request('https://app.test/api/billing/status'))
    expect([response?.status, response?.headers.get('retry-after')]).toEqual([503, '30'])
    await expect(callTransport({ transport: over(scenarios.down) }, 'getUsage')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfter: 30,
      message: 'The billing provider does not answer.',
    })
  })

  it('what the scenario leaves out is not implemented', async () => {
    const { getStatus } = scenarios.free
    await expect(callTransport({ transport: over({ getStatus }) }, 'getUsage')).rejects.toMatchObject({
      code: 'NOT_IMPLEMENTED',
      message: expect.stringContaining('getUsage'),
    })
  })

  it.each([
    ['GET', '/nothing', undefined, 404, 'NOT_FOUND'],
    ['DELETE', '/status', undefined, 405, 'METHOD_NOT_SUPPORTED'],
    ['POST', '/checkout', 'planType=pro', 400, 'BAD_REQUEST'],
    ['POST', '/checkout', '{"plan":"pro"}', 400, 'BAD_REQUEST'],
    ['POST', '/checkout', '3', 400, 'BAD_REQUEST'],
    ['POST', '/portal', '', 400, 'BAD_REQUEST'],
    ['GET', '/status?organizationId=acme', undefined, 400, 'BAD_REQUEST'],
  ])('%s %s %j is refused as by the server', async (method, path, body, status, code) => {
    const handle = createBillingHandler(scenarios.active)
    const init = body === undefined ? { method } : { method, body, headers: JSON_TYPE }
    const request = new Request(`https://app.test/api/billing${path}`, init)
    const response = await handle(request)
    expect(response?.status).toBe(status)
    expect(await response?.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\w/) } })
  })

  it.each([
    ['no type', {}],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('a body with %s is refused as by the server', async (_name, headers) => {
    const handle = createBillingHandler(scenarios.active)
    const body = new TextEncoder().encode('{}')
    const url = 'https://app.test/api/billing/portal'
    const response = await handle(new Request(url, { method: 'POST', body, headers }))
    expect(response?.status).toBe(415)
    expect(await response?.json()).toMatchObject({ error: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
  })

  it.each([
    ['a list is no input', 'ord_1', '[]'],
    ['a number is none either', 'ord_1', '7'],
    ['a path that cannot be decoded names no order', '%E0%A4%A', '{}'],
  ])('%s, as on the server', async (_name, orderId, body) => {
    const handle = createBillingHandler(scenarios.active)
    const url = `https://app.test/api/billing/orders/${orderId}/invoice`
    const response = await handle(new Request(url, { method: 'POST', body, headers: JSON_TYPE }))
    expect(response?.status).toBe(400)
    expect(await response?.json()).toMatchObject({ error: { code: 'BAD_REQUEST' } })
  })

  it('leaves alone what is not billing', async () => {
    const handle = createBillingHandler(scenarios.active, { baseUrl: 'https://api.test/v2/billing/' })
    const ask = async (path: string) => (await handle(new Request(`https://api.test${path}`)))?.status
    expect(await ask('/v2/billing/status')).toBe(200)
    expect(await ask('/v2/billing')).toBeUndefined()
    expect(await ask('/v2/billings/status')).toBeUndefined()
    expect(await ask('/api/billing/status')).toBeUndefined()
  })

  it('live changes: stands, and tells nothing until it is left', async () => {
    const { subscribe } = over(scenarios.active)
    if (typeof subscribe !== 'object') throw new Error('The transport has no events.')
    const controller = new AbortController()
    const response = await subscribe.fetch?.(subscribe.url, { signal: controller.signal })
    expect(response?.headers.get('content-type')).toBe('text/event-stream')
    const reader = response?.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('id: 0.0\n\n')
    const next = reader?.read()
    controller.abort()
    await expect(next).rejects.toThrow('aborted')
  })
})

describe('with Mock Service Worker', () => {
  it('is the network of a page', async () => {
    let handle = createBillingHandler(scenarios.active)
    const server = setupServer(http.all('https://app.test/api/billing/*', ({ request }) => handle(request)))
    server.listen()
    const transport = createRestTransport({ baseUrl: 'https://app.test/api/billing' })
    expect(await callTransport({ transport }, 'getStatus')).toEqual(scenarios.active.getStatus)
    handle = createBillingHandler({ getStatus: new BillingError('NETWORK_ERROR', 'offline') })
    await expect(callTransport({ transport }, 'getStatus')).rejects.toMatchObject({ code: 'NETWORK_ERROR' })
    server.close()
  })
})

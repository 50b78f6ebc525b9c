import { validateAnswer } from 'polar-billing-kit/contract'
import { createRestTransport, type RestTransportOptions } from 'polar-billing-kit/rest'
import { describe, expect, it, vi } from 'vitest'
import { callTransport } from '../../src/query/config.js'
import { testTransport } from './testTransport.js'

testTransport('REST', ({ url }, identity) =>
  createRestTransport({
    baseUrl: `${url}/api/billing`,
    headers: identity === null ? {} : { 'x-test-identity': JSON.stringify(identity) },
  }),
)

/** A transport whose requests are answered here. */
function answering(answer: () => Response | Promise<Response>, options: RestTransportOptions = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer())
  const transport = createRestTransport({ ...options, fetch })
  return { fetch, ask: () => callTransport({ transport }, 'getStatus'), transport }
}

const json = (body: unknown, init?: ResponseInit) => () => Response.json(body, init)
const html = (status: number) => () =>
  new Response('<!doctype html><title>Bad gateway</title>', {
    status,
    headers: { 'content-type': 'text/html' },
  })

describe('createRestTransport: what comes back', () => {
  it.each([
    ['HTML with 200', html(200), 'INVALID_RESPONSE', /not a JSON object: <!doctype html>.*check the URL/],
    ['an empty 204', () => new Response(null, { status: 204 }), 'INVALID_RESPONSE', /not a JSON object:  /],
    ['null', json(null), 'INVALID_RESPONSE', /object: null/],
    ['a number', json(3), 'INVALID_RESPONSE', /object: 3/],
    [
      'a wrong shape',
      json({ hasActiveSubscription: 'yes' }),
      'INVALID_RESPONSE',
      /`hasActiveSubscription` must be of type boolean/,
    ],
    [
      'nothing that says what is active',
      json({ customerId: null }),
      'INVALID_RESPONSE',
      /status, isActive or hasActiveSubscription/,
    ],
    ['HTML with 502', html(502), 'INTERNAL_SERVER_ERROR', /answered 502/],
    ['HTML with 404', html(404), 'NOT_FOUND', /answered 404/],
    ['HTML with 418', html(418), 'BAD_REQUEST', /answered 418/],
    ['a failure in another shape', json({ error: 'nope' }, { status: 401 }), 'UNAUTHORIZED', /answered 401/],
    [
      'a code that nobody knows',
      json({ error: { code: 'TEAPOT', message: 'short and stout' } }, { status: 400 }),
      'BAD_REQUEST',
      /short and stout/,
    ],
    [
      'a code that every object has',
      json({ error: { code: 'constructor', message: 'x' } }, { status: 404 }),
      'NOT_FOUND',
      /x/,
    ],
  ])('%s: %s', async (_name, answer, code, message) => {
    await expect(answering(answer).ask()).rejects.toMatchObject({
      name: 'BillingError',
      code,
      message: expect.stringMatching(message),
    })
  })

  it('a failure of the kit’s server keeps code, message, request id and retryAfter', async () => {
    const error = { code: 'SERVICE_UNAVAILABLE', message: 'Later.', requestId: 'req_1', retryAfter: 9 }
    await expect(answering(json({ error }, { status: 503 })).ask()).rejects.toMatchObject({
      ...error,
      status: 503,
    })
  })

  it('Retry-After of another server is read from its header', async () => {
    const { ask } = answering(() => new Response(null, { status: 429, headers: { 'retry-after': '12' } }))
    await expect(ask()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfter: 12 })
  })

  it('no connection: NETWORK_ERROR', async () => {
    const transport = createRestTransport({ baseUrl: 'http://127.0.0.1:9/api/billing' })
    await expect(callTransport({ transport }, 'getStatus')).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      status: 0,
      message: expect.stringMatching(/^getStatus: .*check the network/),
    })
  })

  it('no answer in time: TIMEOUT', async () => {
    const never: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
      })
    const transport = createRestTransport({ fetch: never, timeout: 10 })
    await expect(callTransport({ transport }, 'getStatus')).rejects.toMatchObject({
      code: 'TIMEOUT',
      status: 0,
    })
  })

  it('unknown fields pass untouched', async () => {
    const body = { status: 'active', isActive: true, somethingNew: { of: 'theirs' } }
    expect(await answering(json(body)).ask()).toEqual(body)
  })
})

describe('createRestTransport: what is sent', () => {
  it('parameters: baseUrl, headers, routes', async () => {
    const { fetch, transport } = answering(json({ portalUrl: 'https://x.test' }), {
      baseUrl: 'https://api.example/billing',
      headers: async () => ({ authorization: 'Bearer token' }),
      routes: { createPortalSession: 'GET /payment/portal' },
    })
    await callTransport({ transport }, 'createPortalSession')
    const [url, init] = fetch.mock.calls[0] ?? []
    expect(url).toBe('https://api.example/billing/payment/portal')
    expect(init).toMatchObject({ method: 'GET', body: null, headers: { authorization: 'Bearer token' } })
  })

  it('a read has its input as a query, and nothing where there is none', async () => {
    const { fetch, transport } = answering(json({ isActive: false }))
    await callTransport({ transport }, 'getStatus', { checkoutId: 'a b', fresh: true })
    await callTransport({ transport }, 'getStatus', { checkoutId: undefined })
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      '/api/billing/status?checkoutId=a+b&fresh=true',
      '/api/billing/status',
    ])
  })

  it('a write has its input as JSON', async () => {
    const { fetch, transport } = answering(json({ checkoutUrl: 'https://x.test' }))
    await callTransport({ transport }, 'createCheckout', { planType: 'pro' })
    await callTransport({ transport }, 'createCheckout')
    expect(fetch.mock.calls.map(([, init]) => init?.body)).toEqual(['{"planType":"pro"}', '{}'])
    expect(fetch.mock.calls[0]?.[1]?.headers).toEqual({ 'content-type': 'application/json' })
  })

  it('parameters: validate', async () => {
    const validate = vi.fn(validateAnswer)
    await answering(json({ isActive: true }), { validate }).ask()
    expect(validate).toHaveBeenCalledWith('getStatus', { isActive: true })
  })
})

import { BillingError } from 'polar-billing-kit/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeAll(async () => {
  running = await startBilling()
})
afterAll(() => running.close())

const json = { 'content-type': 'application/json' }
const post = (body: BodyInit | null, headers: Record<string, string> = json) =>
  running.as('acme').request('/checkout', { method: 'POST', body, headers })

describe('bad input', () => {
  it.each([
    ['a zero-byte body', () => post(null), 400, 'BAD_REQUEST'],
    ['no JSON', () => post('{planType'), 400, 'BAD_REQUEST'],
    ['null', () => post('null'), 400, 'BAD_REQUEST'],
    ['a list', () => post('[]'), 400, 'BAD_REQUEST'],
    ['a number', () => post('3'), 400, 'BAD_REQUEST'],
    ['a plan that is no string', () => post('{"planType":["pro"]}'), 400, 'BAD_REQUEST'],
    ['a seat count of 0', () => post('{"planType":"pro","seats":0}'), 400, 'BAD_REQUEST'],
    ['a seat count of 1.5', () => post('{"planType":"pro","seats":1.5}'), 400, 'BAD_REQUEST'],
    ['__proto__', () => post('{"__proto__":{"planType":"pro"}}'), 400, 'BAD_REQUEST'],
    ['constructor', () => post('{"constructor":{"prototype":{"planType":"pro"}}}'), 400, 'BAD_REQUEST'],
    ['2 MB', () => post(JSON.stringify({ planType: 'x'.repeat(2_000_000) })), 413, 'PAYLOAD_TOO_LARGE'],
    [
      'a form',
      () => post('planType=pro', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['plain text', () => post('{}', { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'another method',
      () => running.as('acme').request('/checkout', { method: 'DELETE' }),
      405,
      'METHOD_NOT_SUPPORTED',
    ],
    ['a write by GET', () => running.as('acme').get('/portal'), 405, 'METHOD_NOT_SUPPORTED'],
    ['an unknown route', () => running.as('acme').get('/nothing'), 404, 'NOT_FOUND'],
    [
      'a checkout id that is a path',
      () => running.as('acme').get('/status?checkoutId=..%2Fcustomers'),
      400,
      'BAD_REQUEST',
    ],
    [
      'a checkout id that is no UUID',
      () => running.as('acme').get('/status?checkoutId=abc'),
      404,
      'NOT_FOUND',
    ],
  ])('%s: a typed error', async (_name, ask, status, code) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual({
      error: { code, message: expect.any(String), requestId: expect.any(String) },
    })
    expect(answer.headers.get('x-request-id')).toBe(answer.body.error.requestId)
    expect(answer.body.error.message).not.toMatch(/\bat \S+:\d+|node_modules|ZodError/)
  })

  it('does not pollute prototypes', async () => {
    await post('{"__proto__":{"polluted":true}}')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('a charset beside the content type is fine', async () => {
    const { status } = await post('{"planType":"pro"}', { 'content-type': 'application/json; charset=utf-8' })
    expect(status).toBe(200)
  })
})

describe('a body that is not what its length says', () => {
  const send = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    running.billing.fetch(
      new Request(`${running.url}/api/billing${path}`, {
        method: 'POST',
        headers: { ...json, 'x-test-identity': '{"organizationId":"acme"}', ...headers },
        body,
        duplex: 'half',
      } as RequestInit),
    )
  const chunks = (
    chunk: string,
    count: number,
    end: (controller: ReadableStreamDefaultController) => void,
  ) => {
    let sent = 0
    return new ReadableStream({
      pull: (controller) => {
        if (sent === count) end(controller)
        else controller.enqueue(new TextEncoder().encode(chunk))
        sent += 1
      },
    })
  }
  const close = (controller: ReadableStreamDefaultController) => controller.close()
  const tearOff = (controller: ReadableStreamDefaultController) => controller.error(new Error('gone'))

  it('in chunks, without a length: taken', async () => {
    expect((await send('/checkout', chunks('{"planType":"pro"}', 1, close))).status).toBe(200)
  })

  it.each([
    ['/checkout', 65],
    ['/webhooks/polar', 1_025],
  ])('in chunks that come to too much, on %s: 413', async (path, kilobytes) => {
    expect((await send(path, chunks('x'.repeat(1_024), kilobytes, close))).status).toBe(413)
  })

  it.each(['abc', '0', '-1', '3'])('a length of %s, and far more: 413', async (length) => {
    const body = chunks('x'.repeat(1_024), 100, close)
    expect((await send('/checkout', body, { 'content-length': length })).status).toBe(413)
  })

  it('an endless one is not read to the end', async () => {
    expect((await send('/checkout', chunks('x'.repeat(65_536), Infinity, close))).status).toBe(413)
  })

  it.each(['/checkout', '/webhooks/polar'])(
    'one that breaks off, on %s: its sender’s fault',
    async (path) => {
      const answer = await send(path, chunks('{"planType":', 1, tearOff))
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ error: { code: 'BAD_REQUEST' } })
    },
  )
})

describe('what the caller made long', () => {
  it.each([
    ['a path', () => running.as('acme').get(`/${'a'.repeat(10_000)}`)],
    ['a field', () => post(`{"${'a'.repeat(10_000)}":1}`)],
    ['a plan', () => post(`{"planType":"${'a'.repeat(10_000)}"}`)],
  ])('%s: is not repeated in full, neither in the answer nor in the log', async (_name, ask) => {
    const { body } = await ask()
    expect(body.error.message.length).toBeLessThan(600)
    expect(running.events).toContainEqual(
      expect.objectContaining({ type: 'request_failed', message: body.error.message }),
    )
  })
})

describe('authenticate', () => {
  const startWith = (authenticate: () => never) => startBilling({ billing: { authenticate } })

  it('a BillingError that it throws passes', async () => {
    const own = await startWith(() => {
      throw new BillingError('FORBIDDEN', 'Only admins may see this.')
    })
    const { status, body } = await own.as('acme').get('/status')
    expect(status).toBe(403)
    expect(body.error.message).toBe('Only admins may see this.')
    await own.close()
  })

  it('anything else becomes a bare 500, and its cause goes to the log alone', async () => {
    const own = await startWith(() => {
      throw new Error('connect ECONNREFUSED postgres://user:hunter2@db')
    })
    const { status, body } = await own.as('acme').get('/status')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('hunter2')
    expect(own.events).toContainEqual(
      expect.objectContaining({
        type: 'request_failed',
        requestId: body.error.requestId,
        code: 'INTERNAL_SERVER_ERROR',
      }),
    )
    await own.close()
  })
})

describe('answers', () => {
  it('are private and not stored, also when they fail', async () => {
    for (const { headers } of [
      await running.as('acme').get('/status'),
      await running.as(null).get('/status'),
      await running.as('acme').get('/nothing'),
      await running.billing.fetch(new Request(`${running.url}/elsewhere`)),
    ]) {
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
      expect(headers.get('cache-control')).toBe('private, no-store')
    }
  })
})

describe('the origin of a POST', () => {
  const from = (origin: string, more: Record<string, string> = {}) =>
    post('{"planType":"pro"}', { ...json, origin, ...more })

  it('another site is refused', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `${running.url}.evil.example`,
      running.url.replace('http:', 'https:'),
    ]) {
      const { status, body } = await from(origin)
      expect(status, origin).toBe(403)
      expect(body.error).toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('another site'),
      })
    }
  })

  it('the app, no browser at all, and whoever sends an Authorization header may', async () => {
    expect((await from(running.url)).status).toBe(200)
    expect((await post('{"planType":"pro"}')).status).toBe(200)
    expect((await from('https://native.example', { authorization: 'Bearer x' })).status).toBe(200)
  })

  it('a browser that hides the origin of a cross-site request is refused', async () => {
    expect((await post('{"planType":"pro"}', { ...json, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

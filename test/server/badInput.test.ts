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
    ]) {
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

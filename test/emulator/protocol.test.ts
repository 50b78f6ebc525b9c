import { PolarClientError, PolarNetworkError, PolarRateLimitError, PolarServerError } from '@polar-sh/sdk'
import { createPolar, errors } from '@polar-sh/sdk/2026-10'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, startEmulator } from './startEmulator.js'

const TOKEN = { authorization: 'Bearer polar_oat_test' }

describe('protocol', () => {
  let running: Running
  const start = async (options = {}): Promise<Running> => {
    running = await startEmulator(options)
    return running
  }
  const get = (path: string, headers: Record<string, string> = TOKEN) =>
    fetch(running.baseUrl + path, { headers })
  const post = (path: string, body: BodyInit) =>
    fetch(running.baseUrl + path, { method: 'POST', headers: TOKEN, body })

  afterEach(() => running.close())

  it('takes every kind of merchant token', async () => {
    const { baseUrl } = await start()
    for (const accessToken of ['polar_oat_1', 'polar_pat_1', 'polar_at_o_1']) {
      expect(await createPolar({ accessToken, baseUrl }).meters.list({})).toMatchObject({ items: [{}] })
    }
  })

  it('refuses a missing and a wrong token in different words', async () => {
    const { baseUrl } = await start()
    const missing = await get('/v1/products/', {})
    expect([missing.status, await missing.json()]).toEqual([
      401,
      { error: 'Unauthorized', detail: 'Unauthorized' },
    ])
    const wrong = await get('/v1/products/', { authorization: 'Bearer nonsense' })
    expect(wrong.headers.get('www-authenticate')).toContain('Bearer')
    expect([wrong.status, await wrong.json()]).toMatchObject([401, { error: 'invalid_token' }])
    const nowhere = await get('/v1/nothing', {})
    expect([nowhere.status, await nowhere.json()]).toEqual([404, { detail: 'Not Found' }])
    const polar = createPolar({ accessToken: 'nonsense', baseUrl })
    await expect(polar.products.list({})).rejects.toMatchObject({ name: 'PolarClientError', statusCode: 401 })
  })

  it('knows its versions and nothing of others', async () => {
    await start({ sandbox: true })
    for (const version of ['2026-04', '2026-10', '2027-01']) {
      const response = await get('/v1/products/', { ...TOKEN, 'polar-version': version })
      expect(response.headers.get('polar-version')).toBe(version)
      expect(response.headers.get('cache-control')).toBe('private, no-store')
      expect(response.headers.get('x-polar-sandbox')).toBe('1')
    }
    const unknown = await get('/v1/products/', { ...TOKEN, 'polar-version': '1999-01' })
    expect([unknown.status, await unknown.json()]).toEqual([404, { detail: 'Not Found' }])
    expect(unknown.headers.get('polar-version')).toBe('2026-04')
  })

  it('answers every route of the SDK, if only to say that it is not emulated', async () => {
    const { baseUrl } = await start()
    const sdk = dirname(fileURLToPath(import.meta.resolve('@polar-sh/sdk/2026-10')))
    const source = globSync(`${sdk}/services/**/*.mjs`)
      .map((file) => readFileSync(file, 'utf8'))
      .join('')
    const routes = [...source.matchAll(/buildRequest\("([A-Z]+)", "(\/v1\/[^"]*)"/g)]
    expect(routes.length).toBeGreaterThan(100)
    for (const [, method = '', path = ''] of routes) {
      const target = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000001')
      const response = await fetch(baseUrl + target, { method, headers: TOKEN })
      const { detail, error } = (await response.json()) as { detail: unknown; error: string }
      expect([method, path, response.status, detail]).not.toEqual([method, path, 404, 'Not Found'])
      expect([method, path, response.status]).not.toEqual([method, path, 405])
      if (response.status >= 500) {
        expect([method, path, response.status, error]).toEqual([method, path, 501, 'NotEmulated'])
      }
    }
  })

  it('knows what Polar has and it has not', async () => {
    const { polar } = await start()
    const { client_secret } = await polar.checkouts.create({ products: [sampleCatalog.products.pro.id] })
    const secret = `/v1/checkouts/client/${client_secret}`
    for (const path of ['/v1/customer-portal/orders/', '/v1/files/', `${secret}/stream`]) {
      const response = await get(path, {})
      expect([path, response.status]).toEqual([path, 501])
      expect(await response.json()).toMatchObject({ error: 'NotEmulated', detail: expect.any(String) })
    }
    await expect(polar.refunds.list({})).rejects.toThrow('501')
    await expect(polar.events.listNames({})).rejects.toThrow('501')
    await expect(polar.events.list({ filter: '{"clauses":[null]}' })).rejects.toThrow('501')
    await expect(polar.benefits.list({})).rejects.toThrow('501')
  })

  it('refuses a wrong method before a missing token', async () => {
    await start()
    const wrong = await fetch(`${running.baseUrl}/v1/orders/`, { method: 'DELETE' })
    expect([wrong.status, await wrong.json()]).toEqual([405, { detail: 'Method Not Allowed' }])
    expect(wrong.headers.get('allow')).toContain('GET')
  })

  it('sorts as Polar does unless told otherwise, or by creation', async () => {
    const { polar } = await start()
    for (const sorting of ['__proto__', '-__proto__', 'constructor', 'nonsense', 'name']) {
      const response = await get(`/v1/products/?sorting=${sorting}`)
      expect([sorting, response.status]).toEqual([sorting, 422])
      expect(await response.json()).toMatchObject({ detail: [{ loc: ['query', 'sorting'] }] })
    }
    expect((await polar.meters.list({ sorting: ['-created_at'] })).items).toHaveLength(1)
    const interval = `/v1/meters/${sampleCatalog.meters.characters.id}/quantities?start_timestamp=2026-01-01T00:00:00Z&end_timestamp=2026-01-02T00:00:00Z&interval=`
    expect((await get(`${interval}toString`)).status).toBe(422)
    expect((await get(`${interval}day`)).status).toBe(200)
  })

  it('takes trailing slashes seriously', async () => {
    const { polar } = await start()
    const { id } = await polar.customers.create({ email: 'a@example.com', external_id: 'org_1' })
    for (const path of ['/v1/customers', `/v1/customers/${id}/`, '/v1/webhooks/endpoints/', '/v1/nothing']) {
      const response = await get(path)
      expect([path, response.status, await response.json()]).toEqual([path, 404, { detail: 'Not Found' }])
    }
    expect((await get('/v1/customers/')).status).toBe(200)
  })

  it('finds external ids with odd characters, but none with a slash', async () => {
    const { polar } = await start()
    for (const external_id of ['a b+c%2F?#é', 'org/1']) {
      await polar.customers.create({ email: `${external_id.length}@example.com`, external_id })
    }
    expect(await polar.customers.getExternal('a b+c%2F?#é')).toMatchObject({ external_id: 'a b+c%2F?#é' })
    await expect(polar.customers.getExternal('org/1')).rejects.toMatchObject({ statusCode: 404 })
    await expect(polar.customers.getStateExternal('..')).rejects.toMatchObject({ statusCode: 422 })
  })

  it('reports bad input like pydantic', async () => {
    await start()
    const answer = async (body: BodyInit) => {
      const response = await post('/v1/customers/', body)
      const { error, detail } = (await response.json()) as { error: string; detail: object[] }
      expect([response.status, error]).toEqual([422, 'RequestValidationError'])
      return detail
    }
    expect(await answer('')).toEqual([{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }])
    expect(await answer('{')).toMatchObject([{ type: 'json_invalid' }])
    expect(await answer('{}')).toEqual([
      { type: 'missing', loc: ['body', 'email'], msg: 'Field required', input: expect.anything() },
    ])
    expect(await answer('{"email":1}')).toEqual([
      { type: 'string_type', loc: ['body', 'email'], msg: 'Input should be a valid string', input: 1 },
    ])
    expect(await answer('{"email":"x"}')).toMatchObject([{ type: 'value_error', loc: ['body', 'email'] }])
    expect(await answer(JSON.stringify({ email: 'a@example.com', name: 'x'.repeat(257) }))).toMatchObject([
      { type: 'string_too_long', loc: ['body', 'name'] },
    ])
    expect(await answer(JSON.stringify({ email: 'a@example.com', name: 'a\0b' }))).toMatchObject([
      { loc: ['body', 'name'] },
    ])
    expect(await answer(JSON.stringify({ email: 'a@example.com', metadata: { a: [] } }))).toMatchObject([
      { loc: ['body', 'metadata', 'a'] },
    ])
  })

  it('ignores keys that it does not know', async () => {
    await start()
    const body = { email: 'a@example.com', externalId: 'org_1', __proto__: null, nonsense: {} }
    const response = await post('/v1/customers/', JSON.stringify(body))
    expect([response.status, await response.json()]).toMatchObject([201, { external_id: null }])
    const listed = await get('/v1/products/?nonsense=1')
    expect(listed.status).toBe(200)
  })

  it('checks ids and paging', async () => {
    await start()
    const bad = await get('/v1/products/not-a-uuid')
    expect([bad.status, await bad.json()]).toMatchObject([
      422,
      { detail: [{ type: 'uuid_parsing', loc: ['path', 'id'] }] },
    ])
    expect((await get('/v1/products/?page=0')).status).toBe(422)
    expect((await get('/v1/products/?limit=many')).status).toBe(422)
    expect((await get('/v1/products/?is_archived=perhaps')).status).toBe(422)
  })

  it('refuses bodies over ten megabytes', async () => {
    await start()
    const response = await post('/v1/events/ingest', 'x'.repeat(10 * 1_024 * 1_024 + 1))
    expect([response.status, await response.json()]).toMatchObject([413, { error: 'RequestBodyTooLarge' }])
  })

  it('limits the rate with an empty 429', async () => {
    const { polar, emulator } = await start({ rateLimit: 3 })
    for (let count = 0; count < 3; count += 1) await polar.products.list({})
    await expect(polar.products.list({})).rejects.toBeInstanceOf(PolarRateLimitError)
    const response = await get('/v1/products/')
    expect([response.status, await response.text(), response.headers.get('retry-after')]).toEqual([
      429,
      '',
      '60',
    ])
    await emulator.controls.advanceClock({ minutes: 1 })
    expect(await polar.products.list({})).toBeDefined()
  })

  it('counts a minute from its first request', async () => {
    const { polar, emulator } = await start({ rateLimit: 2, now: '2026-01-10T12:00:50Z' })
    await polar.products.list({})
    await emulator.controls.advanceClock({ seconds: 20 })
    await polar.products.list({})
    const response = await get('/v1/products/')
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '40'])
    await emulator.controls.advanceClock({ seconds: 40 })
    expect((await get('/v1/products/')).status).toBe(200)
  })

  it('limits an organization apart from people', async () => {
    await start({ rateLimit: 1 })
    const ask = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      return (await get('/v1/products/', headers)).status
    }
    expect(await ask('polar_oat_first')).toBe(200)
    expect(await ask('polar_oat_second')).toBe(429)
    expect(await ask('polar_pat_somebody')).toBe(200)
  })

  it('can live under a path', async () => {
    const { polar, baseUrl } = await start({ basePath: '/some/polar' })
    expect(baseUrl).toMatch(/\/some\/polar$/)
    const { url } = await polar.checkouts.create({ products: [sampleCatalog.products.pro.id] })
    expect(url.startsWith(`${baseUrl}/checkout/`)).toBe(true)
    expect((await fetch(url)).status).toBe(200)
    expect((await get('/_emulator', {})).status).toBe(200)
    expect((await fetch(new URL('/v1/products/', baseUrl), { headers: TOKEN })).status).toBe(404)
    await expect(startEmulator({ basePath: 'polar/' })).rejects.toThrow('basePath')
  })

  it('uses the public URL it is given', async () => {
    const { polar } = await start({ publicUrl: 'https://billing.test/polar/' })
    const { url } = await polar.checkouts.create({ products: [sampleCatalog.products.pro.id] })
    expect(url).toMatch(/^https:\/\/billing\.test\/polar\/checkout\/polar_c_/)
  })

  it('answers in memory, without a server', async () => {
    const { emulator } = await start()
    const { fetch: handle } = emulator
    const response = await handle(new Request('http://polar.test/v1/products/', { headers: TOKEN }))
    expect(response.status).toBe(200)
    const page = await handle(new Request('http://polar.test/'))
    expect(await page.text()).toContain('local Polar')
    expect((await handle(new Request('http://polar.test/nowhere'))).status).toBe(404)
  })

  describe('faults', () => {
    it('answer 429 with Retry-After and an empty body', async () => {
      const { polar, emulator } = await start()
      emulator.controls.addFault({ path: '/customers/', status: 429, retryAfter: 7, times: 1 })
      await expect(polar.customers.list({})).rejects.toMatchObject({
        name: 'PolarRateLimitError',
        retryAfter: 7,
      })
      expect(await polar.customers.list({})).toBeDefined()
      expect(emulator.controls.listFaults()).toEqual([])
    })

    it('answer 5xx, with HTML or JSON', async () => {
      const { polar, emulator } = await start()
      const fault = emulator.controls.addFault({ status: 502, body: 'html' })
      await expect(polar.products.list({})).rejects.toBeInstanceOf(PolarServerError)
      expect(emulator.controls.listFaults()).toMatchObject([{ id: fault.id, hits: 1 }])
      emulator.controls.clearFaults({ id: fault.id })
      emulator.controls.takeDown()
      await expect(polar.products.list({})).rejects.toThrow('503')
      expect(emulator.controls.clearFaults()).toEqual([])
      expect(await polar.products.list({})).toBeDefined()
    })

    it('answer HTML where JSON is expected', async () => {
      const { polar, emulator } = await start()
      emulator.controls.addFault({ status: 404, body: 'html' })
      await expect(polar.customers.getExternal('org_1')).rejects.toBeInstanceOf(SyntaxError)
    })

    it('outlast the patience of a client', async () => {
      const { polar, emulator } = await start()
      emulator.controls.addFault({ latencyMs: 60_000, times: 1 })
      const impatient = polar.products.list({}, { timeout: 0.05 })
      await expect(impatient).rejects.toBeInstanceOf(PolarNetworkError)
      emulator.controls.addFault({ body: 'slow', latencyMs: 60_000, times: 1 })
      const stalled = polar.products.list({}, { timeout: 2 })
      await expect(stalled).rejects.toMatchObject({ name: 'TimeoutError' })
      emulator.controls.addFault({ latencyMs: 1, times: 1 })
      expect(await polar.products.list({})).toBeDefined()
    })

    it('cut the connection, before or after the request had its effect', async () => {
      const { polar, emulator } = await start()
      const events = [{ name: 'request', external_customer_id: 'org_1', external_id: 'e1' }]
      emulator.controls.addFault({ status: 500, body: 'cut', times: 1 })
      await expect(polar.events.ingest({ events })).rejects.toThrow()
      expect(emulator.controls.listEvents().count).toBe(0)
      emulator.controls.addFault({ body: 'cut', times: 1 })
      await expect(polar.events.ingest({ events })).rejects.toThrow()
      expect(emulator.controls.listEvents().count).toBe(1)
      expect(await polar.events.ingest({ events })).toEqual({ inserted: 0, duplicates: 1 })
    })

    it('strike by method, pattern, probability and scope', async () => {
      const { polar, emulator } = await start()
      await polar.customers.create({ email: 'a@example.com', external_id: 'org_1' })
      emulator.controls.addFault({ method: 'GET', path: '/customers/external/*/state', status: 500 })
      expect(await polar.customers.getExternal('org_1')).toBeDefined()
      await expect(polar.customers.getStateExternal('org_1')).rejects.toBeInstanceOf(PolarServerError)
      emulator.controls.addFault({ path: '/products/', status: 500, probability: 0 })
      expect(await polar.products.list({})).toBeDefined()
      emulator.controls.addFault({ scope: 'pages', status: 503, body: 'html' })
      const { url } = await polar.checkouts.create({ products: [sampleCatalog.products.pro.id] })
      expect((await fetch(url)).status).toBe(503)
      expect(await polar.checkouts.list({})).toBeDefined()
    })

    it('look to the SDK like Polar’s own answers', async () => {
      const { polar, emulator } = await start()
      emulator.controls.addFault({ status: 403, times: 1 })
      await expect(polar.products.list({})).rejects.toBeInstanceOf(PolarClientError)
      await expect(polar.customers.getExternal('nobody')).rejects.toBeInstanceOf(errors.ResourceNotFound)
    })
  })
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPolarEmulator, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Clock } from '../../src/emulator/core/clock.js'
import { type Running, listen, startEmulator } from './startEmulator.js'

const { pro } = sampleCatalog.products

describe('what must not bring the emulator down', () => {
  let running: Running
  const start = async (options = {}): Promise<Running> => {
    running = await startEmulator(options)
    return running
  }
  const control = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${running.baseUrl}/_emulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const send = (path: string, init: RequestInit = {}) =>
    fetch(running.baseUrl + path, { headers: { authorization: 'Bearer polar_oat_test' }, ...init })

  afterEach(async () => {
    vi.restoreAllMocks()
    await running?.close()
  })

  describe('the clock', () => {
    it('stays between now and the year 9999', async () => {
      await start()
      for (const step of [{ days: 1e9 }, { to: '+010000-01-01T00:00:00Z' }, { ms: 9e15 }]) {
        expect(await control('POST', '/clock/advance', step)).toMatchObject({ status: 422 })
      }
      for (const step of [Number.NaN, Infinity, { days: Infinity }]) {
        await expect(running.emulator.controls.advanceClock(step)).rejects.toThrow()
      }
      expect(running.emulator.now().toISOString()).toBe('2026-01-10T12:00:00.000Z')
      expect(() => createPolarEmulator({ now: new Date(8.6e15) })).toThrow('9999')
    })

    it('adds up what is advanced at the same time', async () => {
      const { emulator } = await start()
      await Promise.all([
        emulator.controls.advanceClock({ days: 1 }),
        emulator.controls.advanceClock({ days: 1 }),
      ])
      expect(emulator.now().toISOString()).toBe('2026-01-12T12:00:00.000Z')
    })

    it('lets other work in on a long way', async () => {
      const { emulator } = await start()
      emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      const other = vi.fn<() => void>()
      setTimeout(other, 0)
      await emulator.controls.advanceClock({ to: '2046-01-01T00:00:00Z' })
      expect(other).toHaveBeenCalled()
    })

    it('survives a task that throws', async () => {
      const reported = vi.fn<(error: unknown) => void>()
      const clock = new Clock(Date.now(), false, reported)
      const done = vi.fn<() => void>()
      const broken = () => {
        throw new Error('broken')
      }
      clock.schedule('broken', clock.now(), broken)
      clock.schedule('after it', clock.now(), done)
      await expect.poll(() => done.mock.calls.length).toBe(1)
      expect(reported).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken' }))
      clock.schedule('broken', clock.now() + 60_000, broken)
      clock.schedule('after it', clock.now() + 60_000, done)
      await expect(clock.advance((now) => now + 60_000)).rejects.toThrow('broken')
      await expect.poll(() => done.mock.calls.length).toBe(2)
      expect(() => clock.schedule('never', Number.NaN, done)).toThrow('never')
      clock.close()
    })
  })

  describe('knobs', () => {
    it('have ends', async () => {
      await start()
      const year = 366 * 86_400_000
      for (const name of ['meterDelay', 'stateDelay', 'stateChangedDelay', 'paymentDelay']) {
        expect(await control('PATCH', '/settings', { [name]: year + 1 })).toMatchObject({ status: 422 })
        expect(() => createPolarEmulator({ [name]: 9e15 })).toThrow(name)
        expect(() => createPolarEmulator({ [name]: -1 })).toThrow(name)
      }
      for (const settings of [{ retryTimeScale: 1_001 }, { timeoutMs: 600_001 }, { delays: { '*': 9e15 } }]) {
        expect(await control('PATCH', '/webhooks/settings', settings)).toMatchObject({ status: 422 })
      }
      expect(await control('POST', '/faults', { latencyMs: 9e15 })).toMatchObject({ status: 422 })
    })

    it('are checked in process too', async () => {
      const { emulator } = await start()
      expect(() => emulator.controls.changeSettings({ meterDelay: Number.NaN })).toThrow('meterDelay')
      expect(() => emulator.controls.setWebhookSettings({ timeoutMs: -1 })).toThrow('timeoutMs')
      expect(() => emulator.controls.addFault({ status: 200 })).toThrow('status')
      expect(emulator.controls.changeSettings({ meterDelay: 5 })).toMatchObject({ meterDelay: 5 })
    })

    it('know what they are not', async () => {
      await start()
      expect(await control('POST', '/clock/advance', { dayz: 3 })).toMatchObject({ status: 422 })
      const camel = { externalCustomerId: 'org_1', product_id: pro.id }
      expect(await control('POST', '/purchases', camel)).toMatchObject({ status: 422 })
      expect(await control('POST', '/reset', { keep: true })).toMatchObject({ status: 422 })
      expect(await control('POST', '/cards', { declines: true })).toMatchObject({ status: 422 })
    })

    it('take names that objects have by birth', async () => {
      const { emulator, polar } = await start()
      listen(running)
      emulator.controls.sendWebhook({ type: 'constructor', data: {} })
      await emulator.controls.settle()
      expect(running.receiver.types()).toEqual(['constructor'])
      const events = ['constructor', '__proto__'].map((name) => ({ name, external_customer_id: 'org_1' }))
      await polar.events.ingest({ events })
      const { names } = emulator.controls.listEvents()
      expect(Object.entries(names)).toEqual([
        ['constructor', 1],
        ['__proto__', 1],
      ])
    })

    it('give a subscription no currency that cannot be shown', async () => {
      const { emulator, polar } = await start()
      const { subscription_id } = emulator.controls.purchase({
        external_customer_id: 'org_1',
        product_id: pro.id,
      })
      const path = `/subscriptions/${subscription_id}`
      expect(await control('PATCH', path, { currency: 'nonsense' })).toMatchObject({ status: 422 })
      const session = await polar.customerSessions.create({ external_customer_id: 'org_1' })
      expect((await fetch(session.customer_portal_url)).status).toBe(200)
    })

    it('invent an e-mail for any external id', async () => {
      const { emulator, polar } = await start()
      const buy = (external_customer_id: string) =>
        emulator.controls.purchase({ external_customer_id, product_id: pro.id }).customer_id
      const [first, second] = [buy('a b/../c'), buy('a b/..-c')]
      expect(first).not.toBe(second)
      expect((await polar.customers.get(first)).email).toMatch(/^[\w.+-]+@example\.com$/)
    })
  })

  it('a catalog with a mistake is refused by name', () => {
    const product = { name: 'P', interval: 'month', prices: [{ type: 'fixed', amount: 5 }] }
    const refuse = (changes: object, name: string | RegExp) =>
      expect(() =>
        createPolarEmulator({
          catalog: { meters: { m: { name: 'M' } }, products: { p: { ...product, ...changes } } } as never,
        }),
      ).toThrow(name)
    for (const intervalCount of [0, -1, 0.5, 1e9]) refuse({ intervalCount }, 'products.p.intervalCount')
    refuse({ interval: 'fortnight' }, 'products.p.interval')
    refuse({ trial: { interval: 'day', count: 0 } }, 'products.p.trial.count')
    for (const amount of [1.5, -5]) {
      refuse({ prices: [{ type: 'fixed', amount }] }, 'products.p.prices.0.amount')
    }
    for (const currency of ['US$', 'USD', 'xyzzy']) {
      refuse({ prices: [{ type: 'fixed', amount: 5, currency }] }, 'products.p.prices.0.currency')
    }
    for (const unitAmount of ['abc', '-1', '1e3', '']) {
      refuse({ prices: [{ type: 'metered', meter: 'm', unitAmount }] }, 'products.p.prices.0.unitAmount')
    }
    refuse({ prices: [{ type: 'seat', amount: 1, minimumSeats: 5, maximumSeats: 2 }] }, 'products.p.prices.0')
    refuse({ price: [] }, 'products.p.price')
    expect(() => createPolarEmulator({ catalog: { organization: { slug: 'a/:b' }, products: {} } })).toThrow(
      'organization.slug',
    )
  })

  it('a public URL that is none is refused', () => {
    for (const publicUrl of ['localhost:4010', '/polar', 'ftp://polar.test', '']) {
      expect(() => createPolarEmulator({ publicUrl })).toThrow('publicUrl')
    }
  })

  describe('requests', () => {
    it('answer 422 to JSON that is nested beyond reason', async () => {
      await start()
      const body = '['.repeat(100_000) + ']'.repeat(100_000)
      for (const path of ['/v1/customers/', '/v1/events/ingest', '/_emulator/faults']) {
        expect([path, (await send(path, { method: 'POST', body })).status]).toEqual([path, 422])
      }
      const inside = `{"events":[{"name":"a","external_customer_id":"b","metadata":{"c":${body}}}]}`
      expect((await send('/v1/events/ingest', { method: 'POST', body: inside })).status).toBe(422)
    })

    it('answer 400 to forms that cannot be read, and pay nothing', async () => {
      const { polar, emulator } = await start()
      const { url } = await polar.checkouts.create({ products: [pro.id], customer_email: 'a@example.com' })
      emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      const session = await polar.customerSessions.create({ external_customer_id: 'org_1' })
      const portal = new URL(session.customer_portal_url)
      for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data', 'text/plain']) {
        const init = { method: 'POST', headers: { 'content-type': type }, body: 'garbage' }
        expect([type, (await fetch(url, init)).status]).toEqual([type, 400])
        expect([type, (await fetch(`${portal.origin}${portal.pathname}/card`, init)).status]).toEqual([
          type,
          400,
        ])
      }
      expect((await polar.checkouts.list({ status: ['open'] })).items).toHaveLength(1)
    })

    it('answer a bare 500 to an error of its own, and log nothing of the request', async () => {
      const { polar } = await start()
      const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const { client_secret } = await polar.checkouts.create({ products: [pro.id] })
      vi.spyOn(JSON, 'stringify').mockImplementationOnce(() => {
        throw new Error(`boom ${client_secret}`)
      })
      const response = await fetch(`${running.baseUrl}/v1/checkouts/client/${client_secret}`)
      expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
      expect(printed).toHaveBeenCalledOnce()
      expect(String(printed.mock.calls[0])).toContain('GET /v1/checkouts/client/:client_secret')
      expect(String(printed.mock.calls[0])).not.toContain(client_secret)
    })
  })

  describe('webhook receivers', () => {
    const servers: Server[] = []
    /** A receiver that does something before it answers. */
    const receive = async (act: () => Promise<number>): Promise<string> => {
      const server = createServer((request, response) => {
        request.resume()
        void act().then((status) => response.writeHead(status).end())
      })
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    }
    afterEach(() => {
      for (const server of servers.splice(0)) server.close().closeAllConnections()
    })

    it('cannot wait for the clock that waits for them', async () => {
      const { emulator, polar } = await start()
      const answers: unknown[] = []
      const url = await receive(async () => {
        answers.push((await control('POST', '/settle')).body)
        answers.push((await control('POST', '/clock/advance', { days: 1 })).status)
        return 200
      })
      emulator.controls.addWebhookEndpoint({ url, events: ['customer.created'] })
      emulator.controls.setWebhookSettings({ mode: 'pause' })
      await polar.customers.create({ email: 'a@example.com' })
      emulator.controls.setWebhookSettings({ mode: 'deliver' })
      await emulator.controls.settle()
      expect(answers).toEqual([{ error: 'ClockBusy', detail: expect.stringContaining('webhook') }, 409])
      expect(emulator.controls.listWebhooks()).toMatchObject([{ attempts: 1, succeeded: true }])
    })

    it('hear nothing more of a world that was reset', async () => {
      const { emulator, polar } = await start()
      let heard = 0
      const url = await receive(async () => {
        heard += 1
        emulator.controls.reset()
        return 500
      })
      emulator.controls.addWebhookEndpoint({ url, events: ['customer.created'] })
      emulator.controls.setWebhookSettings({ mode: 'pause', duplicate: true })
      await polar.customers.create({ email: 'a@example.com' })
      await polar.customers.create({ email: 'b@example.com' })
      emulator.controls.setWebhookSettings({ mode: 'deliver' })
      await emulator.controls.advanceClock({ days: 1 })
      expect(heard).toBe(1)
      expect((await polar.customers.list({})).items).toEqual([])
    })

    it('hear nothing of what happens after the end', async () => {
      const { emulator, receiver } = await start()
      listen(running)
      emulator.close()
      emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      await emulator.controls.settle()
      await emulator.controls.advanceClock({ days: 40 })
      expect(receiver.received).toEqual([])
    })
  })
})

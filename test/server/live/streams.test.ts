import { PGlite } from '@electric-sql/pglite'
import { type Billing, createBilling } from 'polar-billing-kit/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { catalog } from '../startBilling.js'
import { type Events, openEvents } from './openEvents.js'

// Without a network: a thousand streams, and the time of a quarter of an hour.

let billing: Billing
const start = (options: object = {}): Billing =>
  createBilling({
    catalog,
    products: { pro: 'prod_pro' },
    gauges: { databases: () => 0 },
    polar: { accessToken: 'polar_oat_test', baseUrl: 'http://127.0.0.1:9' },
    appUrl: 'https://app.example',
    webhookSecret: 'whsec_x',
    authenticate: (request) => JSON.parse(request.headers.get('x-test-identity') ?? 'null'),
    onEvent: () => undefined,
    ...options,
  })
beforeEach(() => {
  billing = start()
})
afterEach(async () => {
  vi.useRealTimers()
  await billing.close().catch(() => undefined)
})

const open = (organizationId: string): Promise<Events> =>
  openEvents('http://server', organizationId, { fetch: billing.fetch })

it('an organization has room for a thousand browsers, and whoever leaves makes room', async () => {
  const streams = await Promise.all(Array.from({ length: 1_000 }, () => open('acme')))
  const refused = await open('acme')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  expect((await open('other')).status).toBe(200)
  streams[500]?.stop()
  await expect.poll(async () => (await open('acme')).status).toBe(200)
  expect((await open('acme')).status).toBe(429)
})

it('its heart beats while nothing happens', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const events = await open('acme')
  await vi.advanceTimersByTimeAsync(20_000)
  await expect.poll(() => events.text().split('\n\n').slice(1)).toEqual([':', ''])
  await vi.advanceTimersByTimeAsync(40_000)
  await expect.poll(() => events.text().match(/^:$/gm)?.length).toBe(3)
})

it('it ends within 15 minutes, so that somebody who has signed out does not hear on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const events = await open('acme')
  await vi.advanceTimersByTimeAsync(15 * 60_000)
  await events.ended
})

it('a browser that reads nothing gets one message for all that happened', async () => {
  const response = await billing.fetch(
    new Request('http://server/api/billing/events', {
      headers: { 'x-test-identity': '{"organizationId":"acme"}' },
    }),
  )
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (let round = 0; round < 50; round += 1) {
    await billing.usage.track({ organizationId: 'acme', name: 'request' })
    await vi.advanceTimersByTimeAsync(600)
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while ((text.match(/usage/g)?.length ?? 0) < 2) text += (await reader?.read())?.value ?? ''
  expect(text.match(/usage/g)?.length).toBeLessThan(5)
  await reader?.cancel()
})

it('a database is listened to while somebody wants to hear, and a little longer', async () => {
  const pglite = new PGlite()
  billing = start({ database: pglite })
  await billing.migrate()
  const channels = async () => (await pglite.query('select pg_listening_channels() as name')).rows
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  expect(await channels()).toEqual([])
  const first = await open('acme')
  await expect.poll(channels).toEqual([{ name: 'polar_billing_changes' }])
  first.stop()
  await first.ended
  await vi.advanceTimersByTimeAsync(10_000)
  const second = await open('acme')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await channels()).toEqual([{ name: 'polar_billing_changes' }])
  second.stop()
  await second.ended
  await vi.advanceTimersByTimeAsync(30_000)
  await expect.poll(channels).toEqual([])
  await pglite.close()
})

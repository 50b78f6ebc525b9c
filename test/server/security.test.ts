import { inspect } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { pay } from './pay.js'
import { type Running, startBilling, WEBHOOK_SECRET } from './startBilling.js'

const ada = { organizationId: 'acme', email: 'ada@example.com', emailVerified: true }

let running: Running
let database: PGlite
afterEach(async () => {
  vi.restoreAllMocks()
  await running.close()
  await database.close()
})

async function start(): Promise<void> {
  database = new PGlite()
  running = await startBilling({ billing: { database } })
}

const polar = () => createPolar({ accessToken: 'polar_oat_test', baseUrl: `${running.url}/polar` })

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'polar_billing'`,
  )
  const dumps = await Promise.all(
    tables.map(({ name }) =>
      database.query(`select row_to_json(t)::text as row from polar_billing.${name} t`),
    ),
  )
  return inspect(
    dumps.map(({ rows }) => rows),
    { depth: null, maxArrayLength: null, maxStringLength: null },
  )
}

/** All that can be read of a value: causes, stacks and fields of errors too. */
const everythingOf = (value: unknown): string =>
  inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null, showHidden: true })

describe('no token, secret or session URL', () => {
  it('is in logs, errors or rows, after all that can happen has happened', async () => {
    const printed = [
      vi.spyOn(console, 'log'),
      vi.spyOn(console, 'info'),
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'error'),
    ]
    await start()
    const { billing, emulator } = running
    const buyer = running.as(ada)
    const failures: unknown[] = []
    const secrets = new Set(['polar_oat_test', WEBHOOK_SECRET, WEBHOOK_SECRET.slice('whsec_'.length)])

    // The whole way: checkout, payment, webhooks, invoice, portal, usage.
    const opened = (await buyer.post('/checkout', { planType: 'pro' })).body
    expect(await buyer.post('/checkout', { planType: 'pro' })).toMatchObject({ body: opened })
    await polar().customers.updateExternal('acme', { name: 'Ada', billing_address: { country: 'FR' } })
    await pay(opened.checkoutUrl)
    await emulator.controls.settle()
    const { items } = await polar().orders.list({ external_customer_id: ['acme'] })
    await polar().orders.generateInvoice(items[0]?.id ?? '')
    await emulator.controls.settle()
    const { latestOrder } = (await buyer.get('/subscription')).body
    expect(latestOrder.invoicePdfUrl).toMatch(/^http/)
    const invoice = `/orders/${latestOrder.id}/invoice`
    const { url } = (await buyer.post(invoice)).body
    expect(url).toMatch(/^http/)
    const { portalUrl } = (await buyer.post('/portal')).body
    for (const action of ['cancel', 'resume'])
      expect((await buyer.post('/subscription', { action })).status).toBe(200)
    await billing.usage.track({ organizationId: 'acme', name: 'request' })
    await billing.usage.flush()
    for (const path of [
      '/status',
      `/status?checkoutId=${opened.checkoutId}&fresh=1`,
      '/usage',
      '/plans',
      '/orders',
    ])
      expect((await buyer.get(path)).status).toBe(200)

    // Then everything fails, in every way.
    for (const fault of [
      { status: 500 },
      { status: 429, retryAfter: 1 },
      { status: 401 },
      { status: 403 },
      { status: 422 },
      { status: 200, body: 'html' as const },
    ]) {
      const { id } = emulator.controls.addFault(fault)
      const other = running.as(`failing-${fault.status}`)
      for (const path of [
        '/status',
        '/usage',
        '/usage/history?meter=requests',
        '/orders',
        `/status?checkoutId=${opened.checkoutId}`,
      ])
        failures.push((await other.get(path)).body)
      for (const path of ['/checkout', '/portal'])
        failures.push((await other.post(path, path === '/portal' ? {} : { planType: 'pro' })).body)
      failures.push((await buyer.post(invoice)).body)
      failures.push((await buyer.post('/subscription', { action: 'cancel' })).body)
      emulator.controls.clearFaults({ id })
      await emulator.controls.advanceClock({ seconds: 60 })
    }
    failures.push((await buyer.post('/checkout', { planType: 'pro' })).body)
    const signed = { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' }
    failures.push((await running.as(null).post('/webhooks/polar', {}, { headers: signed })).body)
    failures.push((await running.as('failing-other').get(`/status?checkoutId=${opened.checkoutId}`)).body)
    await billing.usage
      .track({ organizationId: 'acme', name: 'x' }, { client: {} as never })
      .catch((error) => {
        failures.push(error)
      })

    const checkouts = await polar().checkouts.list({ limit: 100 })
    for (const { client_secret: secret } of checkouts.items) secrets.add(secret)
    const session = new URL(portalUrl).searchParams.get('customer_session_token') ?? portalUrl
    for (const secret of [session, latestOrder.invoicePdfUrl, url, opened.checkoutUrl]) secrets.add(secret)
    const rows = await dump()
    expect(rows).toContain(opened.checkoutId)
    expect(rows).toContain(latestOrder.id)
    const everything = {
      rows,
      events: everythingOf(running.events),
      failures: everythingOf(failures),
      printed: everythingOf(printed.flatMap(({ mock }) => mock.calls)),
    }
    expect(running.events.filter(({ type }) => type === 'request_failed').length).toBeGreaterThan(20)
    for (const [place, text] of Object.entries(everything)) {
      for (const secret of secrets) expect(text.includes(secret), `${secret} in ${place}`).toBe(false)
      expect(text, place).not.toMatch(/polar_(oat|c|cst|mst|pat)_|whsec_|customer_session_token/)
    }
  })
})

describe('a webhook whose signature does not hold', () => {
  it('costs neither a query nor a call to Polar, whatever it says', async () => {
    await start()
    const queries = vi.spyOn(database, 'query')
    const body = JSON.stringify({ type: 'subscription.active', data: { customer: { external_id: 'acme' } } })
    const send = (headers: Record<string, string>) =>
      running.as(null).request('/webhooks/polar', { method: 'POST', body, headers })
    const now = String(Math.floor(Date.now() / 1_000))
    const signature = 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4='
    const common = { 'webhook-id': 'msg_1', 'webhook-timestamp': now, 'webhook-signature': signature }
    expect((await send({})).status).toBe(400)
    expect((await send(common)).status).toBe(403)
    expect((await send({ ...common, 'webhook-timestamp': '1' })).status).toBe(403)
    expect((await send({ ...common, 'webhook-signature': `${signature} `.repeat(100) })).status).toBe(403)
    // What runs in the background asks for other things.
    expect(queries.mock.calls.map(([sql]) => sql).filter((sql) => /webhooks|snapshots/.test(sql))).toEqual([])
    expect(running.polarCalls).toEqual([])
  })
})

describe('success and return URLs', () => {
  it('come from the configuration, whatever the request says of where it was sent', async () => {
    await start()
    const evil = 'https://evil.example'
    const { body } = await running.as(ada).post(
      '/checkout',
      { planType: 'pro' },
      {
        headers: {
          authorization: 'Bearer x',
          forwarded: 'host=evil.example;proto=https',
          origin: evil,
          referer: `${evil}/pay`,
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
        },
      },
    )
    const checkout = await polar().checkouts.get(body.checkoutId)
    expect(checkout.success_url).toBe(`${running.url}/?billing=checkout&checkout_id=${body.checkoutId}`)
    expect(checkout.return_url).toBe(`${running.url}/?billing=canceled`)
  })
})

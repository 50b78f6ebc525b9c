import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Pool } from 'pg'
import type { Catalog } from 'polar-billing-kit/contract'
import { type BillingEvent, type BillingOptions, createBilling } from 'polar-billing-kit/server'
import { catalog, ORGANIZATION_HEADER, type ProductIds, WEBHOOK_SECRET } from './shop.js'

// One server process of an app: the kit's routes, and a route that records usage. It lives until it is killed.

export interface ServerSettings {
  port: number
  connectionString: string
  polarUrl: string
  products: ProductIds
}

/** What a process says to the one that started it. */
export type ServerMessage = { ready: true } | { event: string }

const settings = JSON.parse(process.argv[2] ?? '') as ServerSettings
const { port, connectionString, polarUrl, products } = settings

const say = (message: ServerMessage): void => {
  process.send?.(message)
}

function nameOf(event: BillingEvent): string {
  return event.type === 'request_failed' ? `${event.type} ${event.code}` : event.type
}

const options: BillingOptions = {
  catalog,
  products: {
    pro: { month: products['pro'] ?? '', legacy: [products['trial'] ?? ''] },
    team: products['team'] ?? '',
  },
  polar: { accessToken: 'polar_oat_chaos', baseUrl: polarUrl, timeout: 2 },
  appUrl: `http://127.0.0.1:${port}`,
  webhookSecret: WEBHOOK_SECRET,
  authenticate: (request) => ({ organizationId: request.headers.get(ORGANIZATION_HEADER) }),
  database: new Pool({ connectionString, max: 8 }),
  onEvent: (event) => say({ event: nameOf(event) }),
}
const billing = createBilling<Catalog>(options)

interface Tracked {
  key: string
  units: number
}

const app = new Hono()
app.post('/usage', async (c) => {
  const { key, units } = await c.req.json<Tracked>()
  await billing.usage.track({
    organizationId: c.req.header(ORGANIZATION_HEADER) ?? '',
    name: 'request',
    metadata: { key, units },
    idempotencyKey: key,
  })
  return c.body(null, 202)
})
app.all('/api/billing/*', (c) => billing.fetch(c.req.raw))
app.onError((error, c) => c.text(String(error), 500))

// A process whose starter is gone is of no use to anybody.
process.on('disconnect', () => process.exit())
// All of them at once, as in a deployment.
await billing.migrate()
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => say({ ready: true }))

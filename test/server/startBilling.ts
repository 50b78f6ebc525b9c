import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Catalog, defineCatalog } from 'polar-billing-kit/contract'
import {
  createPolarEmulator,
  type EmulatorCatalog,
  type PolarEmulator,
  type PolarEmulatorOptions,
} from 'polar-billing-kit/emulator'
import {
  type Billing,
  type BillingEvent,
  type BillingOptions,
  createBilling,
  type Identity,
} from 'polar-billing-kit/server'

export const WEBHOOK_SECRET = 'whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK'

/** What the emulated Polar sells in these tests. */
export const polarCatalog = {
  meters: {
    characters: { name: 'Characters', event: 'tts_generation', sum: 'characters' },
    requests: { name: 'Requests', event: 'request' },
  },
  benefits: {
    characters: {
      type: 'meter_credit',
      meter: 'characters',
      units: 10_000,
      description: '10,000 characters',
    },
    api: { type: 'feature_flag', description: 'API access' },
  },
  products: {
    free: { name: 'Free forever', interval: 'month', prices: [{ type: 'fixed', amount: 0 }] },
    pro: {
      name: 'Pro plan',
      description: 'For creators',
      interval: 'month',
      prices: [
        { type: 'fixed', amount: 2_900 },
        { type: 'metered', meter: 'characters', unitAmount: '0.03' },
      ],
      benefits: ['characters', 'api'],
    },
    proYear: { name: 'Pro yearly', interval: 'year', prices: [{ type: 'fixed', amount: 29_000 }] },
    trial: {
      name: 'Pro with trial',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 2_900 }],
      trial: { interval: 'day', count: 14 },
    },
    team: { name: 'Team', interval: 'month', prices: [{ type: 'fixed', amount: 9_900 }] },
    euro: {
      name: 'Team in euros',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 9_000, currency: 'eur' }],
    },
    stray: { name: 'Gift', interval: 'month', prices: [{ type: 'fixed', amount: 500 }] },
  },
} as const satisfies EmulatorCatalog

export const catalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', limits: { characters: 1_000, databases: 1 } },
    pro: {
      name: 'Pro',
      included: { characters: 10_000 },
      limits: { characters: null, databases: 5 },
      features: ['api'],
      recommended: true,
    },
    team: { name: 'Team', limits: { characters: null, databases: null } },
    enterprise: { name: 'Enterprise', contact: 'mailto:sales@example.com' },
  },
  meters: {
    characters: { name: 'Characters', unit: 'characters' },
    requests: { name: 'Requests', unit: 'requests', field: 'totalRequests' },
    databases: { name: 'Databases', unit: 'databases', field: 'databaseCount', source: 'app' },
  },
  features: { api: { name: 'API access' } },
})

export interface Running {
  url: string
  emulator: PolarEmulator
  billing: Billing
  /** What `billing` was made with: for another one, as in a second process or after a restart. */
  options: BillingOptions
  /** The ids of Polar's products by their keys. */
  products: Record<string, string>
  events: BillingEvent[]
  /** A caller whom `authenticate` takes for this identity. */
  as(identity: Identity | string | null): Caller
  /** Polar's API requests so far, as `GET /v1/…`. */
  polarCalls: string[]
  close(): Promise<void>
}

interface Caller {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, init?: RequestInit): Promise<Answer>
  request(path: string, init?: RequestInit): Promise<Answer>
}

interface Answer {
  status: number
  headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever JSON came
  body: any
}

interface StartOptions {
  emulator?: PolarEmulatorOptions
  billing?: Partial<BillingOptions>
  /** What the app may ask of Polar in a minute. @default Polar's limit */
  callsPerMinute?: number
}

const IDENTITY_HEADER = 'x-test-identity'

/** The server half over the emulator, both on one free port. The clock stands on January 10, 2026, until a test moves it. */
export async function startBilling({
  emulator: emulatorOptions,
  billing: billingOptions,
  callsPerMinute,
}: StartOptions = {}): Promise<Running> {
  const emulator = createPolarEmulator({
    basePath: '/polar',
    catalog: polarCatalog,
    now: '2026-01-10T12:00:00Z',
    frozen: true,
    ...emulatorOptions,
  })
  const polarCalls: string[] = []
  let billing: Billing | undefined
  const server = await listen(async (request) => {
    const { pathname } = new URL(request.url)
    if (!pathname.startsWith('/polar')) return billing?.fetch(request) ?? new Response(null, { status: 503 })
    if (pathname.startsWith('/polar/v1'))
      polarCalls.push(`${request.method} ${pathname.slice('/polar'.length)}`)
    return emulator.fetch(request)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { products } = emulator.controls.catalog()
  const events: BillingEvent[] = []
  const options: BillingOptions = {
    catalog,
    products: productsOf(products),
    gauges: { databases: () => 3 },
    // A test machine may hold up a call for seconds, which is no failure of Polar's.
    polar: { accessToken: 'polar_oat_test', baseUrl: `${url}/polar`, callsPerMinute, timeout: 20 },
    appUrl: url,
    webhookSecret: WEBHOOK_SECRET,
    authenticate: (request) => JSON.parse(request.headers.get(IDENTITY_HEADER) ?? 'null') as Identity | null,
    onEvent: (event) => events.push(event),
    now: emulator.now,
    ...billingOptions,
  }
  billing = createBilling<Catalog>(options)
  if (options.database !== undefined) await billing.migrate()
  emulator.controls.addWebhookEndpoint({ url: `${url}/api/billing/webhooks/polar`, secret: WEBHOOK_SECRET })
  const running = billing
  return {
    url,
    emulator,
    billing,
    options,
    products,
    events,
    polarCalls,
    as: (identity) =>
      createCaller(url, typeof identity === 'string' ? { organizationId: identity } : identity),
    close: async () => {
      await running.close().catch(() => undefined)
      emulator.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** How the plans of `catalog` are called in `polarCatalog`. */
function productsOf(ids: Record<string, string>) {
  return {
    pro: { month: ids['pro'] ?? '', year: ids['proYear'] ?? '', legacy: [ids['trial'] ?? ''] },
    team: { month: ids['team'] ?? '', legacy: [ids['euro'] ?? ''] },
  }
}

function listen(fetch: (request: Request) => Promise<Response>): Promise<Server> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(server as Server))
  })
}

function createCaller(url: string, identity: Identity | null): Caller {
  const request: Caller['request'] = async (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (identity !== null) headers.set(IDENTITY_HEADER, JSON.stringify(identity))
    const response = await fetch(`${url}/api/billing${path}`, { ...init, headers })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }
  return {
    request,
    get: (path) => request(path),
    post: (path, body = {}, init = {}) =>
      request(path, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
      }),
  }
}

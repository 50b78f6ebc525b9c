import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { createPolarEmulator, type PolarEmulator, sampleCatalog } from 'polar-billing-kit/emulator'
import { type Billing, type BillingOptions, createBilling, type Identity } from 'polar-billing-kit/server'
import type { Page } from './buildPage.js'
import { catalog } from './catalog.js'
import type { RealPolar } from './config.js'
import { createAppRouter } from './router.js'

/** The one organization of the demo. A real app finds it in the session of the request. */
const IDENTITY: Identity = {
  organizationId: 'acme-voices',
  userId: 'ada',
  email: 'ada@acme-voices.example',
  emailVerified: true,
  name: 'Ada Lovelace',
}

const MAX_TEXT_LENGTH = 20_000

export interface Demo {
  fetch: (request: Request) => Response | Promise<Response>
  close: () => Promise<void>
}

/** The demo's server: page, billing over REST and tRPC, text-to-speech, and without a real Polar the emulator. */
export function createDemo(page: Page, port: number, polar: RealPolar | null): Demo {
  const emulator = polar === null ? createEmulator(port) : null
  const billing = createBilling({
    catalog,
    authenticate: () => IDENTITY,
    ...(polar === null ? onEmulator(emulator, port) : onPolar(polar)),
  })
  const router = createAppRouter(billing, IDENTITY)
  const app = new Hono()
  app.all('/api/billing/*', (c) => billing.fetch(c.req.raw))
  app.all('/api/trpc/*', (c) =>
    fetchRequestHandler({ endpoint: '/api/trpc', req: c.req.raw, router, createContext: () => ({}) }),
  )
  app.post('/api/generate', async (c) => generate(billing, c.req.raw))
  if (emulator !== null) app.all('/polar/*', (c) => emulator.fetch(c.req.raw))
  app.get('*', (c) => page.serve(c.req.path))
  return {
    fetch: app.fetch,
    close: async () => {
      await billing.close().catch(() => undefined)
      emulator?.close()
    },
  }
}

type PolarHalf = Pick<
  BillingOptions<typeof catalog>,
  'polar' | 'products' | 'appUrl' | 'webhookSecret' | 'now'
>

function createEmulator(port: number): PolarEmulator {
  // A meter that lags a little, as Polar's do, so that the pending part can be seen.
  return createPolarEmulator({
    basePath: '/polar',
    publicUrl: `http://localhost:${port}/polar`,
    meterDelay: 3_000,
  })
}

function onEmulator(emulator: PolarEmulator | null, port: number): PolarHalf {
  const local = `http://127.0.0.1:${port}`
  const endpoint = emulator?.controls.addWebhookEndpoint({ url: `${local}/api/billing/webhooks/polar` })
  return {
    polar: { accessToken: 'polar_oat_demo', baseUrl: `${local}/polar` },
    products: { pro: { month: sampleCatalog.products.pro.id, year: sampleCatalog.products.proYearly.id } },
    appUrl: `http://localhost:${port}`,
    webhookSecret: endpoint?.secret,
    now: emulator?.now,
  }
}

function onPolar({ accessToken, environment, productId, appUrl, webhookSecret }: RealPolar): PolarHalf {
  return { polar: { accessToken, environment }, products: { pro: productId }, appUrl, webhookSecret }
}

/** "Speaks" a text and records its characters. The answer waits for nobody: Polar learns of it in the background. */
async function generate(billing: Billing, request: Request): Promise<Response> {
  const { text } = ((await request.json().catch(() => null)) ?? {}) as { text?: unknown }
  if (typeof text !== 'string' || text.trim() === '' || text.length > MAX_TEXT_LENGTH) {
    return Response.json(
      { error: `Send { "text": … } with 1 to ${MAX_TEXT_LENGTH} characters.` },
      { status: 400 },
    )
  }
  const characters = text.length
  await billing.usage.track({
    organizationId: IDENTITY.organizationId ?? '',
    name: 'tts_generation',
    metadata: { characters },
  })
  return Response.json({ characters })
}

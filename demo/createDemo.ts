import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { createPolarEmulator, type PolarEmulator, sampleCatalog } from 'polar-billing-kit/emulator'
import { type Billing, type BillingOptions, createBilling, type Identity } from 'polar-billing-kit/server'
import type { Page } from './buildPage.js'
import { catalog } from './catalog.js'
import type { RealPolar } from './config.js'
import type { DemoData } from './openData.js'
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

interface DemoOptions {
  page: Page
  port: number
  polar: RealPolar | null
  /** `null`: everything is forgotten at the end. */
  data: DemoData | null
}

/**
 * The demo's server: page, billing over REST and tRPC, text-to-speech, and without a real Polar the emulator.
 *
 * @throws Error if another demo has the data, or they are broken
 */
export async function createDemo({ page, port, polar, data }: DemoOptions): Promise<Demo> {
  const emulator = polar === null ? createEmulator(port, data) : null
  const half = polar === null ? onEmulator(emulator, port) : onPolar(polar)
  const open = () => openBilling({ catalog, authenticate: () => IDENTITY, ...half }, data)
  let opened = await open()
  const app = new Hono()
  app.all('/api/billing/*', (c) => opened.billing.fetch(c.req.raw))
  app.all('/api/trpc/*', (c) => {
    const router = createAppRouter(opened.billing, IDENTITY)
    return fetchRequestHandler({
      endpoint: '/api/trpc',
      req: c.req.raw,
      router,
      createContext: () => ({}),
    })
  })
  app.post('/api/generate', async (c) => generate(opened.billing, c.req.raw))
  if (emulator !== null) {
    // What the billing server knows of a Polar that has forgotten it would be wrong: both start afresh.
    app.post('/polar/_emulator/reset', async (c) => {
      await opened.close()
      const answer = await emulator.fetch(c.req.raw)
      data?.removeDatabase()
      opened = await open()
      return answer
    })
    app.all('/polar/*', (c) => emulator.fetch(c.req.raw))
  }
  app.get('*', (c) => page.serve(c.req.path))
  return {
    fetch: app.fetch,
    close: async () => {
      await opened.close()
      emulator?.close()
    },
  }
}

type Options = BillingOptions<typeof catalog>

async function openBilling(
  options: Options,
  data: DemoData | null,
): Promise<{ billing: Billing; close: () => Promise<void> }> {
  const database = data?.openDatabase()
  const billing = createBilling({ ...options, database })
  if (database !== undefined) await billing.migrate()
  return {
    billing,
    close: async () => {
      // What could not be sent waits in the database.
      await billing.close().catch(() => undefined)
      await database?.close()
    },
  }
}

type PolarHalf = Pick<Options, 'polar' | 'products' | 'appUrl' | 'webhookSecret' | 'now'>

function createEmulator(port: number, data: DemoData | null): PolarEmulator {
  // A meter that lags a little, as Polar's do, so that the pending part can be seen.
  return createPolarEmulator({
    basePath: '/polar',
    publicUrl: `http://localhost:${port}/polar`,
    meterDelay: 3_000,
    webhookEndpoints: [{ url: `http://127.0.0.1:${port}/api/billing/webhooks/polar` }],
    file: data?.polarFile,
  })
}

function onEmulator(emulator: PolarEmulator | null, port: number): PolarHalf {
  const local = `http://127.0.0.1:${port}`
  const { pro, proYearly, team } = sampleCatalog.products
  const [endpoint] = emulator?.controls.listWebhookEndpoints() ?? []
  return {
    polar: { accessToken: 'polar_oat_demo', baseUrl: `${local}/polar` },
    products: { pro: { month: pro.id, year: proYearly.id }, team: team.id },
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

import { http } from 'msw'
import { setupWorker } from 'msw/browser'
import type { BillingTransport, Checkout, CheckoutInput } from 'polar-billing-kit'
import { createPolarEmulator, type PolarEmulator } from 'polar-billing-kit/emulator'
import { createRestTransport } from 'polar-billing-kit/rest'
import { type Billing, createBilling } from 'polar-billing-kit/server'
import { scenarioCatalog } from 'polar-billing-kit/testing'
import { shop } from './shop.js'
import { ORGANIZATION, polarFor, type Situation, type SituationName, situations } from './situations.js'

interface Live {
  emulator: PolarEmulator
  billing: Billing
}

/** What runs behind each story on the page, by its key. */
const running = new Map<string, Live>()
const DAY = 86_400_000

let worker: Promise<unknown> | undefined

/**
 * The real server handler over the emulated Polar, in the page itself, for one story: previews behave as the product does. A checkout
 * is paid at once, on its own page, for a story cannot leave the one that it is on.
 */
export async function startLive(key: string, name: SituationName): Promise<BillingTransport> {
  worker ??= startWorker()
  await worker
  await stop(key)
  const { daysAgo, happen, after }: Situation = situations[name]
  const emulator = createPolarEmulator({
    publicUrl: polarUrl(key),
    catalog: shop,
    now: new Date(Date.now() - daysAgo * DAY),
  })
  const polar = polarFor(emulator)
  await happen(polar)
  const billing = openBilling(key, emulator)
  running.set(key, { emulator, billing })
  if (after) {
    await readOnce(billing)
    await after(polar)
  }
  const transport = createRestTransport({ baseUrl: `${location.origin}${billingPath(key)}` })
  return { ...transport, createCheckout: (input) => payAtOnce(transport, emulator, input) }
}

/** What a server has read by the time that Polar goes away. */
async function readOnce({ service }: Billing): Promise<void> {
  const identity = { organizationId: ORGANIZATION }
  await Promise.all([service.listPlans(), service.getSubscription(identity), service.getUsage(identity)])
}

const polarUrl = (key: string): string => `https://${key}.polar.test`
const billingPath = (key: string): string => `/stories/${key}/api/billing`

function openBilling(key: string, emulator: PolarEmulator): Billing {
  const { products } = emulator.controls.catalog()
  const { secret } = emulator.controls.addWebhookEndpoint({
    url: `${location.origin}${billingPath(key)}/webhooks/polar`,
  })
  return createBilling({
    catalog: scenarioCatalog,
    products: { pro: { month: products['pro'], year: products['proYearly'] }, team: products['team'] },
    polar: { accessToken: 'polar_oat_story', baseUrl: polarUrl(key) },
    appUrl: location.origin,
    basePath: billingPath(key),
    webhookSecret: secret,
    authenticate: () => ({ organizationId: ORGANIZATION, email: 'ada@acme.example', emailVerified: true }),
    onEvent: () => undefined,
    now: emulator.now,
  })
}

async function payAtOnce(
  { createCheckout }: BillingTransport,
  emulator: PolarEmulator,
  input: CheckoutInput,
): Promise<Partial<Checkout> & Pick<Checkout, 'checkoutUrl'>> {
  const checkout = await createCheckout?.(input)
  if (checkout === undefined) throw new Error('The server opened no checkout.')
  const body = new URLSearchParams({ email: 'ada@acme.example', name: 'Ada Lovelace', country: 'US' })
  const { status } = await emulator.fetch(new Request(checkout.checkoutUrl, { method: 'POST', body }))
  // Who has paid is sent on.
  if (status >= 400) throw new Error(`The checkout could not be paid: ${status}.`)
  return { ...checkout, checkoutUrl: '#paid' }
}

async function startWorker(): Promise<unknown> {
  return setupWorker(
    http.all('https://*.polar.test/*', ({ request }) => {
      const { hostname } = new URL(request.url)
      return running.get(hostname.split('.')[0] ?? '')?.emulator.fetch(request)
    }),
    http.all('*/stories/:key/api/billing/*', ({ request, params }) =>
      running.get(String(params['key']))?.billing.fetch(request),
    ),
  ).start({
    quiet: true,
    // Beside the page: Storybook may be published in a folder.
    serviceWorker: { url: new URL('mockServiceWorker.js', location.href).href },
  })
}

async function stop(key: string): Promise<void> {
  const live = running.get(key)
  running.delete(key)
  live?.emulator.close()
  await live?.billing.close().catch(() => undefined)
}

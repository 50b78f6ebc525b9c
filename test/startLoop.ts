import { http } from 'msw'
import { setupWorker } from 'msw/browser'
import type { BillingTransport } from 'polar-billing-kit'
import {
  createPolarEmulator,
  type EmulatorCatalog,
  type PolarEmulator,
  sampleCatalog,
} from 'polar-billing-kit/emulator'
import { createRestTransport } from 'polar-billing-kit/rest'
import { type Billing, type BillingOptions, createBilling } from 'polar-billing-kit/server'
import { scenarioCatalog } from 'polar-billing-kit/testing'

export interface Loop {
  emulator: PolarEmulator
  billing: Billing
  transport: BillingTransport
  /** The billing routes asked so far, as `GET /status`. */
  requests: string[]
  close(): Promise<void>
}

const POLAR = 'https://polar.test'

/**
 * Browser, server and Polar in one page: the network is mocked, and what answers is the real server handler over the emulator, so
 * that client and server cannot drift apart.
 */
export async function startLoop(
  organizationId: string,
  products: BillingOptions['products'] = { pro: sampleCatalog.products.pro.id },
  polarCatalog: EmulatorCatalog = sampleCatalog,
): Promise<Loop> {
  const emulator = createPolarEmulator({
    publicUrl: POLAR,
    now: '2026-11-21T09:00:00Z',
    frozen: true,
    catalog: polarCatalog,
  })
  const requests: string[] = []
  const billing = createBilling({
    catalog: scenarioCatalog,
    products,
    polar: { accessToken: 'polar_oat_test', baseUrl: POLAR },
    appUrl: location.origin,
    webhookSecret: 'whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK',
    authenticate: () => ({ organizationId }),
    onEvent: () => undefined,
    now: emulator.now,
  })
  const worker = setupWorker(
    http.all(`${POLAR}/*`, ({ request }) => emulator.fetch(request)),
    http.all('/api/billing/*', ({ request }) => {
      requests.push(`${request.method} ${new URL(request.url).pathname.slice('/api/billing'.length)}`)
      return billing.fetch(request)
    }),
  )
  await worker.start({ quiet: true })
  return {
    emulator,
    billing,
    transport: createRestTransport(),
    requests,
    close: async () => {
      await billing.close().catch(() => undefined)
      emulator.close()
      await worker.stop()
    },
  }
}

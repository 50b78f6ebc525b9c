import { sampleCatalog } from './catalog/sampleCatalog.js'
import type { EmulatorCatalog } from './catalog/types.js'
import type { EmulatorControls } from './controls/types.js'
import type { WebhookEndpointInput } from './controls/webhookTypes.js'
import { checkCatalog } from './catalog/checkCatalog.js'
import { check } from './core/check.js'
import { type EmulatorSettings, settings } from './core/settings.js'
import { END_OF_TIME } from './core/time.js'
import { newSecret } from './webhooks/endpoints.js'

/** Settings of {@link createPolarEmulator}. All have a default. */
export interface PolarEmulatorOptions {
  /**
   * Path under which the host app mounts the emulator, e.g. `/polar`. The host strips nothing.
   * @default ''
   */
  basePath?: string | undefined
  /**
   * Where browsers reach the emulator, base path included.
   * @default origin and base path of the last request
   */
  publicUrl?: string | undefined
  /** Products, meters and benefits. @default sampleCatalog */
  catalog?: EmulatorCatalog | undefined
  /** Where the clock starts. @default the real time */
  now?: Date | string | (() => Date) | undefined
  /** The clock stands still between `advanceClock` and `settle`. @default false */
  frozen?: boolean | undefined
  /** Requests per minute before 429, `null` for no limit. Polar allows 500, its sandbox 100. @default null */
  rateLimit?: number | null | undefined
  /** Polar's default: a second purchase of a subscriber is refused with 403. @default true */
  oneSubscriptionPerCustomer?: boolean | undefined
  /**
   * Milliseconds after the last event until the meters of a customer follow. Polar waits 15,000.
   * @default 1000
   */
  meterDelay?: number | undefined
  /**
   * Milliseconds until usage is on the bill of a subscription, `null` for together with the customer's meters.
   * Polar looks every 900,000.
   * @default null
   */
  subscriptionMeterDelay?: number | null | undefined
  /** Milliseconds by which the customer state lags behind. @default 0 */
  stateDelay?: number | undefined
  /**
   * Milliseconds after the last change until `customer.state_changed` is sent; five times as long under
   * steady changes.
   * @default 1000
   */
  stateChangedDelay?: number | undefined
  /** Milliseconds between the confirmation of a checkout and its payment. @default 0 */
  paymentDelay?: number | undefined
  /** Milliseconds until an invoice that was asked for is there. @default 0 */
  invoiceDelay?: number | undefined
  /** Answer as Polar's sandbox does (`X-Polar-Sandbox: 1`). @default false */
  sandbox?: boolean | undefined
  /** Who hears of changes: there from the start, and again after every reset. */
  webhookEndpoints?: readonly WebhookEndpointInput[] | undefined
  /**
   * Keeps everything in this file (Node only) and goes on from it at the next start: customers, subscriptions, orders, checkouts,
   * usage, endpoints with their secrets, webhooks that have not arrived, the clock. What a request has changed is in the file before
   * it is answered. It is for one emulator at a time. Settings and faults begin anew with each start, and the clock in the file wins
   * over `now` and `frozen`.
   *
   * @default nothing is kept
   */
  file?: string | undefined
}

/** A local Polar. */
export interface PolarEmulator {
  /** Handles a request: API, hosted pages and controls. Bound, so it can be passed around. */
  fetch: (request: Request) => Promise<Response>
  /** Time of the emulator's clock. */
  now: () => Date
  /**
   * What a test or a demo does to this Polar. The same operations answer over HTTP under
   * `<basePath>/_emulator`.
   */
  controls: EmulatorControls
  /** Stops every timer, and saves a last time where there is a file. Nothing is delivered afterwards. */
  close: () => void
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  basePath: string
  publicUrl: string | undefined
  catalog: EmulatorCatalog
  /** Reads where the clock starts, also after a reset. */
  start: () => number
  frozen: boolean
  sandbox: boolean
  settings: EmulatorSettings
  webhookEndpoints: readonly WebhookEndpointInput[]
}

/** Fills in the defaults and refuses what cannot work. */
export function resolveOptions(options: PolarEmulatorOptions): ResolvedOptions {
  const { basePath = '', catalog = sampleCatalog, frozen = false, sandbox = false } = options
  if (basePath !== '' && !/^(?:\/[^/]+)+$/.test(basePath)) {
    throw new Error(`Emulator: basePath must look like "/polar", not "${basePath}"`)
  }
  checkCatalog(catalog)
  return {
    basePath,
    publicUrl: checkedUrl(options.publicUrl),
    catalog,
    start: checkedStart(options.now),
    frozen,
    sandbox,
    // Once for all: an endpoint that loses its secret in a reset would be no use to its receiver.
    webhookEndpoints: (options.webhookEndpoints ?? []).map(withSecret),
    settings: check(settings, {
      rateLimit: options.rateLimit ?? null,
      oneSubscriptionPerCustomer: options.oneSubscriptionPerCustomer ?? true,
      meterDelay: options.meterDelay ?? 1_000,
      subscriptionMeterDelay: options.subscriptionMeterDelay ?? null,
      stateDelay: options.stateDelay ?? 0,
      stateChangedDelay: options.stateChangedDelay ?? 1_000,
      paymentDelay: options.paymentDelay ?? 0,
      invoiceDelay: options.invoiceDelay ?? 0,
    }),
  }
}

function withSecret(endpoint: WebhookEndpointInput): WebhookEndpointInput {
  return endpoint.secret === undefined
    ? { ...endpoint, secret: newSecret(), signature: endpoint.signature ?? 'standard' }
    : endpoint
}

function checkedUrl(url: string | undefined): string | undefined {
  if (url !== undefined && !(URL.canParse(url) && /^https?:/i.test(url))) {
    throw new Error(`Emulator: publicUrl must look like "http://localhost:4010", not "${url}"`)
  }
  return url?.replace(/\/$/, '')
}

function checkedStart(now: PolarEmulatorOptions['now']): () => number {
  const start = () => (typeof now === 'function' ? now() : new Date(now ?? Date.now())).getTime()
  if (Number.isNaN(start())) throw new Error(`Emulator: "${String(now)}" is not a date`)
  if (start() > END_OF_TIME) throw new Error('Emulator: the clock does not go beyond the year 9999')
  return start
}

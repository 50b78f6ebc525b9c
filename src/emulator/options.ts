import { sampleCatalog } from './catalog/sampleCatalog.js'
import type { EmulatorCatalog } from './catalog/types.js'
import type { EmulatorControls } from './controls/types.js'

/** Settings of {@link createPolarEmulator}. All have a default. */
export interface PolarEmulatorOptions {
  /**
   * Path under which the host app mounts the emulator, e.g. `/polar`. The host strips nothing.
   * @default ''
   */
  basePath?: string
  /**
   * Where browsers reach the emulator, base path included.
   * @default origin and base path of the last request
   */
  publicUrl?: string
  /** Products, meters and benefits. @default sampleCatalog */
  catalog?: EmulatorCatalog
  /** Where the clock starts. @default the real time */
  now?: Date | string | (() => Date)
  /** The clock stands still between `advanceClock` and `settle`. @default false */
  frozen?: boolean
  /** Requests per minute before 429, `null` for no limit. Polar allows 500, its sandbox 100. @default null */
  rateLimit?: number | null
  /** Polar's default: a second purchase of a subscriber is refused with 403. @default true */
  oneSubscriptionPerCustomer?: boolean
  /**
   * Milliseconds after the last event until the meters of a customer follow. Polar waits 15,000.
   * @default 1000
   */
  meterDelay?: number
  /** Milliseconds by which the customer state lags behind. @default 0 */
  stateDelay?: number
  /**
   * Milliseconds after the last change until `customer.state_changed` is sent; five times as long under
   * steady changes.
   * @default 1000
   */
  stateChangedDelay?: number
  /** Milliseconds between the confirmation of a checkout and its payment. @default 0 */
  paymentDelay?: number
  /** Answer as Polar's sandbox does (`X-Polar-Sandbox: 1`). @default false */
  sandbox?: boolean
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
  /** Stops every timer. Nothing is delivered afterwards. */
  close: () => void
}

/** Options with every default filled in. */
export interface ResolvedOptions extends Omit<Required<PolarEmulatorOptions>, 'publicUrl' | 'now'> {
  publicUrl: string | undefined
  /** Reads where the clock starts, also after a reset. */
  start: () => number
}

/** Fills in the defaults and refuses what cannot work. */
export function resolveOptions(options: PolarEmulatorOptions): ResolvedOptions {
  const { basePath = '', publicUrl, now } = options
  if (basePath !== '' && !/^(?:\/[^/]+)+$/.test(basePath)) {
    throw new Error(`Emulator: basePath must look like "/polar", not "${basePath}"`)
  }
  const start = startOf(now)
  if (Number.isNaN(start())) throw new Error(`Emulator: "${String(now)}" is not a date`)
  return {
    basePath,
    publicUrl: publicUrl?.replace(/\/$/, ''),
    catalog: options.catalog ?? sampleCatalog,
    start,
    frozen: options.frozen ?? false,
    rateLimit: options.rateLimit ?? null,
    oneSubscriptionPerCustomer: options.oneSubscriptionPerCustomer ?? true,
    meterDelay: options.meterDelay ?? 1_000,
    stateDelay: options.stateDelay ?? 0,
    stateChangedDelay: options.stateChangedDelay ?? 1_000,
    paymentDelay: options.paymentDelay ?? 0,
    sandbox: options.sandbox ?? false,
  }
}

function startOf(now: PolarEmulatorOptions['now']): () => number {
  if (now === undefined) return () => Date.now()
  if (typeof now === 'function') return () => now().getTime()
  return () => new Date(now).getTime()
}

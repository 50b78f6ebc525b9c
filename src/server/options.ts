import type { Catalog } from '../contract/index.js'
import type { Authorize } from './authorize.js'
import type { Gauge } from './billingContext.js'
import type { OnEvent } from './events.js'
import type { MaybeIdentity } from './identity.js'
import type { PolarOptions } from './polar/createPolarProvider.js'
import type { DatabaseHandle } from './openDatabase.js'
import { type PlanProduct, strayProducts } from './products.js'
import type { WebhookHandlers } from './webhooks/handlers.js'

type Keys<T> = Extract<keyof T, string>

export interface BillingOptions<C extends Catalog = Catalog> {
  /** What is sold: the same object as in the browser. */
  catalog: C
  /** Polar's product ids for each plan that a checkout sells. */
  products: { readonly [Plan in Exclude<Keys<C['plans']>, C['defaultPlan']>]?: PlanProduct | undefined }
  /** Polar's meter ids, for meters whose name in the catalog is not their name in Polar. */
  meters?: { readonly [Meter in Keys<NonNullable<C['meters']>>]?: string | undefined } | undefined
  /** Reads a meter with `source: 'app'`, such as the number of databases right now. */
  gauges?: { readonly [Meter in Keys<NonNullable<C['meters']>>]?: Gauge | undefined } | undefined
  polar: PolarOptions
  /** Where the app runs, absolute: `https://app.example`. Browsers come back to it, and their POSTs may come from it. */
  appUrl: string
  /** The page that a checkout or the portal returns to. @default '/' */
  returnPath?: string | undefined
  /**
   * Several while one is being rotated. Without any, webhooks are refused, and a change is seen when somebody asks, after 30 seconds at most.
   * With one, a change whose webhook got lost is seen after 5 minutes.
   */
  webhookSecret?: string | readonly (string | undefined)[] | undefined
  /** @default '/api/billing' */
  basePath?: string | undefined
  /**
   * What the app does about the provider's events, such as `{ 'subscription.past_due': async (event, context) => … }`. Every event comes at
   * least once, not in order, and with `database` also over restarts; a handler that throws is asked again later.
   */
  on?: WebhookHandlers | undefined
  /** How long a plan stays usable after a payment failed. @default 7 */
  gracePeriodDays?: number | undefined
  /**
   * Says who is asking, from the app's session. It is the only source of identity: `null` = signed out. A `BillingError` that it
   * throws reaches the caller as it is.
   */
  authenticate: (request: Request) => MaybeIdentity | Promise<MaybeIdentity>
  /**
   * Says what a signed-in member may do for the organization, such as that only admins buy: `false` = `FORBIDDEN`. Asked before every
   * operation but the public price list, over REST, tRPC and `billing.service` alike. A `BillingError` that it throws reaches the
   * caller as it is. What it needs of the app (a role) belongs to `Identity`. @default everybody may do everything
   */
  authorize?: Authorize | undefined
  /**
   * Who may read `GET /health`, such as a monitor that sends a secret: `false` answers 404, as without this option. Nothing in it
   * names an organization, but how much waits is not the public's business. `authenticate` is not asked.
   *
   * @default nobody
   */
  allowHealth?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /**
   * Keeps the last known billing of every organization, webhooks until they are done with, and usage until Polar has it, over restarts and
   * for all processes of the app together: a Pool of `pg`, or a PGlite (handed over as soon as it is made) for a single process. It
   * stays the app's own, which closes it after `billing.close()`. Its tables are made by `billing.migrate()`. Needs the package `pg-boss`.
   */
  database?: DatabaseHandle | undefined
  /** Receives what happens inside, for the app's log. By default warnings and failures are printed. */
  onEvent?: OnEvent | undefined
  /** The only clock of the server half. @default () => new Date() */
  now?: (() => Date) | undefined
}

/** @throws TypeError that lists everything wrong with the options, before the first request comes. */
export function assertOptions(options: BillingOptions): void {
  const {
    catalog,
    products,
    gauges = {},
    appUrl,
    gracePeriodDays = 0,
    polar,
    basePath = '/',
    returnPath = '',
  } = options
  const appMeters = Object.entries(catalog.meters ?? {}).filter(([, { source }]) => source === 'app')
  const faults = [
    !Object.hasOwn(catalog.plans, catalog.defaultPlan) &&
      `catalog.defaultPlan "${catalog.defaultPlan}" is none of its plans`,
    !/^[A-Z]{3}$/.test(catalog.currency) &&
      'catalog.currency must be an ISO 4217 code in upper case, such as "USD"',
    !isHttpUrl(appUrl) &&
      `appUrl must be an absolute http(s) URL, such as "https://app.example", not "${appUrl}"`,
    !polar.accessToken && 'polar.accessToken is missing: an organization access token of Polar',
    !basePath.startsWith('/') && 'basePath must start with "/"',
    !(Number.isFinite(gracePeriodDays) && gracePeriodDays >= 0) &&
      'gracePeriodDays must be a number of 0 or more',
    returnPath.includes('#') &&
      'returnPath must not hold "#": what the provider adds to it would not reach the page',
    !isBudget(polar.callsPerMinute) && 'polar.callsPerMinute must be a whole number of 10 or more',
    ...Object.entries<PlanProduct | undefined>(products)
      .filter(([, product]) => !isNamed(product))
      .map(([plan]) => `products.${plan} is missing: the id of its product in Polar`),
    ...strayProducts(catalog, products).map((plan) => `products.${plan} is no plan of the catalog`),
    ...appMeters
      .filter(([key]) => gauges[key] === undefined)
      .map(([key]) => `gauges.${key} is missing: the meter has source "app"`),
  ].filter((fault) => fault !== false)
  if (faults.length > 0)
    throw new TypeError(`polar-billing-kit: createBilling cannot start.\n- ${faults.join('\n- ')}`)
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}

/** With less there is no room for calls of every kind. */
function isBudget(callsPerMinute = 10): boolean {
  return Number.isSafeInteger(callsPerMinute) && callsPerMinute >= 10
}

/** An id that came from an unset variable is `undefined` or empty. */
function isNamed(product: PlanProduct | undefined): boolean {
  const ids = typeof product === 'object' ? Object.values(product).flat() : [product]
  return ids.length > 0 && ids.every((id) => id !== undefined && id !== '')
}

import { subscriptionDue } from './billing/renewal.js'
import { checkoutDue } from './billing/checkoutPayment.js'
import { retryPayment } from './billing/charging.js'
import { loadCatalog } from './catalog/loadCatalog.js'
import { Clock } from './core/clock.js'
import { Database } from './core/database.js'
import { iso } from './core/time.js'
import type { World } from './core/world.js'
import type { ResolvedOptions } from './options.js'

const RECEIVER_TIMEOUT = 10_000

/** A Polar in which nothing has happened yet. */
export function createWorld(options: ResolvedOptions): World {
  const start = options.start()
  const clock = new Clock(start, options.frozen)
  const db = new Database()
  const { rateLimit, oneSubscriptionPerCustomer, meterDelay, stateDelay, stateChangedDelay, paymentDelay } =
    options
  return {
    options,
    settings: {
      rateLimit,
      oneSubscriptionPerCustomer,
      meterDelay,
      stateDelay,
      stateChangedDelay,
      paymentDelay,
    },
    clock,
    db,
    organization: loadCatalog(options.catalog, db, iso(start)),
    faults: new Map(),
    webhooks: {
      delays: {},
      duplicate: false,
      reorder: false,
      mode: 'deliver',
      retryTimeScale: 1,
      timeoutMs: RECEIVER_TIMEOUT,
    },
    queues: new Map(),
    delivering: new Set(),
    debounced: new Map(),
    stateCache: new Map(),
    requests: { minute: 0, count: 0 },
    due: { subscription: subscriptionDue, payment: retryPayment, checkout: checkoutDue },
    lastUrl: `http://localhost${options.basePath}`,
  }
}

/** Stops what is planned or waiting; an answer that is under way comes to nothing. */
export function closeWorld(world: World): void {
  world.clock.close()
  world.queues.clear()
}

import { subscriptionDue } from './billing/renewal.js'
import { checkoutDue } from './billing/checkoutPayment.js'
import { retryPayment } from './billing/charging.js'
import { loadCatalog } from './catalog/loadCatalog.js'
import { Clock } from './core/clock.js'
import { Database } from './core/database.js'
import { report } from './core/report.js'
import { DEFAULT_WEBHOOK_SETTINGS } from './core/settings.js'
import { iso } from './core/time.js'
import type { World } from './core/world.js'
import type { ResolvedOptions } from './options.js'

/** A Polar in which nothing has happened yet. */
export function createWorld(options: ResolvedOptions): World {
  const start = options.start()
  const clock = new Clock(start, options.frozen, (error) => report('a planned task', error))
  const db = new Database()
  return {
    options,
    settings: { ...options.settings },
    clock,
    db,
    organization: loadCatalog(options.catalog, db, iso(start)),
    faults: new Map(),
    webhooks: { ...DEFAULT_WEBHOOK_SETTINGS },
    queues: new Map(),
    delivering: new Set(),
    end: new AbortController(),
    debounced: new Map(),
    stateCache: new Map(),
    requests: { minute: 0, count: 0 },
    due: { subscription: subscriptionDue, payment: retryPayment, checkout: checkoutDue },
    lastUrl: `http://localhost${options.basePath}`,
  }
}

/** Stops what is planned, waiting or under way. */
export function closeWorld(world: World): void {
  world.clock.close()
  world.queues.clear()
  world.end.abort()
}

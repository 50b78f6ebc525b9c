import { subscriptionDue } from './billing/renewal.js'
import { checkoutDue } from './billing/checkoutPayment.js'
import { retryPayment } from './billing/charging.js'
import { loadCatalog } from './catalog/loadCatalog.js'
import { Clock } from './core/clock.js'
import { Database } from './core/database.js'
import { stableId } from './core/ids.js'
import { report } from './core/report.js'
import { DEFAULT_WEBHOOK_SETTINGS } from './core/settings.js'
import { iso } from './core/time.js'
import type { World } from './core/world.js'
import type { ResolvedOptions } from './options.js'
import type { EmulatorState } from './state/emulatorState.js'
import { restoredTime, restoreState } from './state/restoreState.js'
import { createEndpoint, EVENT_TYPES } from './webhooks/endpoints.js'

interface Past {
  /** Where an earlier emulator ended. `null`: nothing has happened yet. */
  state: EmulatorState | null
  /** The world has changed by itself. */
  onWork: () => void
}

/** A Polar in which nothing has happened yet, or which goes on from where it was. */
export function createWorld(options: ResolvedOptions, { state, onWork }: Past): World {
  const start = state === null ? options.start() : restoredTime(state)
  const frozen = state?.clock.frozen ?? options.frozen
  const clock = new Clock(start, frozen, (error) => report('a planned task', error), onWork)
  const db = new Database()
  const world: World = {
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
    requests: new Map(),
    due: { subscription: subscriptionDue, payment: retryPayment, checkout: checkoutDue },
    lastUrl: `http://localhost${options.basePath}`,
  }
  if (state !== null) restoreState(world, state)
  for (const [index, endpoint] of options.webhookEndpoints.entries())
    createEndpoint(world, { events: EVENT_TYPES, ...endpoint, id: stableId(`webhook endpoint/${index}`) })
  return world
}

/** Stops what is planned, waiting or under way. */
export function closeWorld(world: World): void {
  world.clock.close()
  world.queues.clear()
  world.end.abort()
}

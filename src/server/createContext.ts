import type { BillingContext } from './billingContext.js'
import { createSharedCheckouts } from './checkouts/createSharedCheckouts.js'
import { toCount } from './countedMeters.js'
import type { Database } from './database/database.js'
import { explainFailures } from './database/explainFailures.js'
import { createInvoiceRequests } from './invoiceRequests.js'
import { createOrganizationLimits } from './limits/createOrganizationLimits.js'
import type { Live } from './live/createLive.js'
import type { BillingOptions } from './options.js'
import type { Connection } from './polar/connectPolar.js'
import { createProductMap } from './products.js'
import { createReader, type CreateKeptCache } from './reader.js'
import { createReturnUrls } from './returnUrls.js'
import type { Runtime } from './runtime.js'
import { createSnapshotCache } from './snapshots/createSnapshotCache.js'
import { readStanding } from './standing.js'
import { createChangeLock } from './subscriptions/createChangeLock.js'
import { createDatabaseOutbox } from './usage/createDatabaseOutbox.js'
import { createMemoryOutbox } from './usage/createMemoryOutbox.js'
import type { OutboxOptions, UsageOutbox } from './usage/outbox.js'
import { createPendingUsage } from './usage/pendingUsage.js'
import { createUsageHistory } from './usage/usageHistory.js'
import { createTold } from './webhooks/createTold.js'

interface Parts extends Runtime, Omit<Connection, 'readHealth'> {
  live: Live
}

/** What the operations work with, and the outbox whose events they count. */
export function createContext(
  options: BillingOptions,
  { provider, counters, takesWebhooks, live, database, now, onEvent, warnOnce }: Parts,
): { context: BillingContext; outbox: UsageOutbox } {
  const limits = createOrganizationLimits(counters)
  const lookup = { catalog: options.catalog, meterIds: options.meters ?? {}, warnOnce }
  const reader = createReader({
    provider,
    now,
    isTold: takesWebhooks,
    mayAsk: (id) => limits.allows('freshRead', id),
    // Whoever asks has just read it.
    toCount: async (id) => toCount(context, await readStanding(context, id, Infinity)),
    createKeptCache: database && keepIn(database),
    told: database && createTold(explainFailures(database), { ...provider, warnOnce }),
    onChange: live.tell,
  })
  /** Lets the next read ask, and browsers know. */
  function renew(organizationId: string, expire: (organizationId: string) => Promise<void>): void {
    expire(organizationId).then(
      () => live.tellUsage(organizationId),
      (error) => onEvent({ type: 'refresh_failed', organizationId, message: String(error) }),
    )
  }
  const outbox = createOutbox(database, {
    provider,
    now,
    onEvent,
    onDelivered: (id) => renew(id, reader.expireQuantities),
    onResent: (id) => renew(id, reader.expire),
    onRetracted: (id) => {
      pendingUsage.forget(id)
      renew(id, reader.expire)
    },
  })
  const pendingUsage = createPendingUsage({ ...outbox, unitsOf: provider.unitsOf, now })
  const context: BillingContext = {
    ...lookup,
    productMap: createProductMap(options.catalog, options.products),
    provider,
    reader,
    limits,
    pendingUsage,
    checkouts: createSharedCheckouts(database),
    invoices: createInvoiceRequests(provider.generateInvoice, now),
    readUsageHistory: createUsageHistory({ provider, limits, now }),
    changeLock: createChangeLock(database),
    gauges: options.gauges ?? {},
    gracePeriodDays: options.gracePeriodDays ?? 7,
    authorize: options.authorize,
    returnUrls: createReturnUrls(options.appUrl, options.returnPath ?? '/'),
    now,
    onEvent,
  }
  return { context, outbox }
}

function createOutbox(database: Database | undefined, options: OutboxOptions): UsageOutbox {
  return database === undefined ? createMemoryOutbox(options) : createDatabaseOutbox(database, options)
}

function keepIn(database: Database): CreateKeptCache {
  const source = explainFailures(database)
  return (options) => createSnapshotCache(source, options)
}

import type { Catalog } from '../contract/index.js'
import type { BillingContext } from './billingContext.js'
import type { Database } from './database/database.js'
import { explainFailures } from './database/explainFailures.js'
import { migrate } from './database/migrate.js'
import { printEvent } from './events.js'
import { createHttp } from './http.js'
import { createLive } from './live/createLive.js'
import { countedMeterIds } from './meters.js'
import { openDatabase } from './openDatabase.js'
import { assertOptions, type BillingOptions } from './options.js'
import { createPolarProvider } from './polar/createPolarProvider.js'
import { createGuard } from './polar/guard.js'
import { createProductMap } from './products.js'
import { createReader, type CreateKeptCache } from './reader.js'
import { createReturnUrls } from './returnUrls.js'
import { type BillingService, createService } from './service.js'
import { createSnapshotCache } from './snapshots/createSnapshotCache.js'
import { createDatabaseOutbox } from './usage/createDatabaseOutbox.js'
import { createMemoryOutbox } from './usage/createMemoryOutbox.js'
import { type BillingUsage, createUsage } from './usage/createUsage.js'
import type { DrainResult, OutboxOptions } from './usage/outbox.js'
import { createPendingUsage } from './usage/pendingUsage.js'
import { createWebhookHints } from './webhookHints.js'

export interface Billing {
  /** Answers the billing routes below `basePath`. May be passed on as it is: it needs no `this`. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly service: BillingService
  readonly usage: BillingUsage
  /**
   * Makes or updates the kit's tables in `database`. Any number of processes may call it at once; call it before the first request, or
   * run `npx polar-billing-kit migrate` when you deploy.
   *
   * @throws Error without a database, or if a newer release has migrated it
   */
  migrate(): Promise<void>
  /**
   * Delivers the usage that waits, whichever process accepted it, until nothing is due or the time is over. For a cron job where no
   * process lives long enough to do it by itself. A call to Polar that has begun is finished.
   */
  drain(options: { seconds: number }): Promise<DrainResult>
  /** Sends what waits and stops all timers. From then on `usage.track` throws. */
  close(): Promise<void>
}

/**
 * The server half: reads an organization's billing from Polar, opens checkouts and portals, takes webhooks and usage.
 *
 * @throws TypeError listing every fault of the options; Error if another process has the folder of its PGlite
 */
export function createBilling<const C extends Catalog>(options: BillingOptions<C>): Billing {
  assertOptions(options)
  const {
    onEvent = printEvent,
    now = () => new Date(),
    webhookSecret = [],
    basePath = '/api/billing',
  } = options
  const secrets = [webhookSecret].flat().filter(isNamed)
  const provider = createPolarProvider(options.polar, {
    webhookSecrets: secrets,
    guard: createGuard({ now, onEvent }),
  })
  const reportRefresh = (organizationId: string) => (error: unknown) =>
    onEvent({ type: 'refresh_failed', organizationId, message: String(error) })
  const database = options.database && openDatabase(options.database)
  const live = createLive(database, onEvent)
  const outboxOptions: OutboxOptions = {
    provider,
    now,
    onEvent,
    onDelivered: (id) => {
      reader.expireQuantities(id).then(() => live.tellUsage(id), reportRefresh(id))
    },
    onRetracted: (id) => pendingUsage.forget(id),
  }
  const outbox =
    database === undefined ? createMemoryOutbox(outboxOptions) : createDatabaseOutbox(database, outboxOptions)
  const pendingUsage = createPendingUsage({ recentOf: outbox.recentOf, now })
  const lookup = {
    catalog: options.catalog,
    meterIds: options.meters ?? {},
    warnOnce: createWarnOnce(onEvent),
  }
  const reader = createReader({
    provider,
    now,
    countedMeters: () => countedMeterIds({ ...lookup, reader }),
    createKeptCache: database && keepIn(database),
    onChange: live.tell,
  })
  const context: BillingContext = {
    ...lookup,
    productMap: createProductMap(options.catalog, options.products),
    provider,
    reader,
    pendingUsage,
    gauges: options.gauges ?? {},
    gracePeriodDays: options.gracePeriodDays ?? 7,
    returnUrls: createReturnUrls(options.appUrl, options.returnPath ?? '/'),
    now,
    onEvent,
  }
  const service = createService(context)
  const hints = createWebhookHints(reader, onEvent)
  const http = createHttp({
    service,
    authenticate: options.authenticate,
    basePath,
    appOrigin: new URL(options.appUrl).origin,
    readWebhook: provider.readWebhook,
    onWebhook: hints.take,
    live,
    onEvent,
  })
  warnAtStart(lookup.warnOnce, { secrets, database })
  return {
    fetch: async (request) => http.fetch(request),
    service,
    usage: createUsage(live.watch(outbox), now),
    migrate: async () => {
      if (database === undefined)
        throw new Error('polar-billing-kit: createBilling was given no `database` to migrate.')
      await migrate(database)
    },
    drain: ({ seconds }) => outbox.drain(seconds),
    close: async () => {
      hints.close()
      try {
        await live.close()
        await outbox.close()
      } finally {
        database?.close()
      }
    },
  }
}

/** One that came from an unset variable is no secret. */
function isNamed(secret: string | undefined): secret is string {
  return secret !== undefined && secret !== ''
}

function createWarnOnce(onEvent: NonNullable<BillingOptions['onEvent']>): (message: string) => void {
  const warned = new Set<string>()
  return (message) => {
    if (warned.has(message)) return
    warned.add(message)
    onEvent({ type: 'warning', message })
  }
}

function keepIn(database: Database): CreateKeptCache {
  const source = explainFailures(database)
  return (options) => createSnapshotCache(source, options)
}

function warnAtStart(
  warn: (message: string) => void,
  { secrets, database }: { secrets: readonly string[]; database: Database | undefined },
): void {
  if (secrets.length === 0)
    warn('No webhookSecret: webhooks are refused, and changes are seen only when somebody asks.')
  if (database === undefined)
    warn(
      'No database: what is known of customers, and usage that has not reached Polar yet, is lost when this process ends.',
    )
}

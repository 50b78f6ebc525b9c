import type { Catalog } from '../contract/index.js'
import type { BillingContext } from './billingContext.js'
import { createSharedCheckouts } from './checkouts/createSharedCheckouts.js'
import type { Database } from './database/database.js'
import { explainFailures } from './database/explainFailures.js'
import { printEvent } from './events.js'
import { createHealth, type BillingHealth } from './health/health.js'
import { createHttp } from './http.js'
import { createCounters } from './limits/createCounters.js'
import { createOrganizationLimits } from './limits/createOrganizationLimits.js'
import { createLive } from './live/createLive.js'
import { countedMeterIds } from './meters.js'
import { openDatabase } from './openDatabase.js'
import { assertOptions, type BillingOptions } from './options.js'
import { createCallBudget } from './polar/callBudget.js'
import { createPolarProvider } from './polar/createPolarProvider.js'
import { createGuard } from './polar/guard.js'
import { createProductMap } from './products.js'
import { createReader, type CreateKeptCache } from './reader.js'
import { reportEvents } from './reportEvents.js'
import { createReturnUrls } from './returnUrls.js'
import { type BillingService, createService } from './service.js'
import { createSnapshotCache } from './snapshots/createSnapshotCache.js'
import { createDatabaseOutbox } from './usage/createDatabaseOutbox.js'
import { createMemoryOutbox } from './usage/createMemoryOutbox.js'
import { type BillingUsage, createUsage } from './usage/createUsage.js'
import type { OutboxOptions, UsageDrained } from './usage/outbox.js'
import { createPendingUsage } from './usage/pendingUsage.js'
import { createBackground, type WorkDrained } from './webhooks/createBackground.js'
import { createTold } from './webhooks/createTold.js'

export interface DrainResult extends UsageDrained, WorkDrained {}

export interface Billing {
  /** Answers the billing routes below `basePath`. May be passed on as it is: it needs no `this`. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly service: BillingService
  readonly usage: BillingUsage
  /**
   * Makes or updates the kit's tables in `database`, and those of pg-boss for its jobs. Any number of processes may call it at once; call it before the first request, or
   * run `npx polar-billing-kit migrate` when you deploy.
   *
   * @throws Error without a database or without pg-boss, or if a newer release has migrated it
   */
  migrate(): Promise<void>
  /**
   * Delivers the usage that waits and does what webhooks and the clock ask for, whichever process took it in, until nothing is due or the
   * time is over. For a cron job where no process lives long enough to do it by itself. What has begun is finished: a call to Polar, a
   * handler of `on`.
   */
  drain(options: { seconds: number }): Promise<DrainResult>
  /** How this process and its queues are: the answer of `GET /health`, within two seconds. Never rejects. */
  health(): Promise<BillingHealth>
  /** Sends what waits, lets jobs that run end (for 10 seconds), and stops all timers. From then on `usage.track` throws. */
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
    onEvent: listener = printEvent,
    now = () => new Date(),
    webhookSecret = [],
    basePath = '/api/billing',
  } = options
  const secrets = [webhookSecret].flat().filter(isNamed)
  const { onEvent, lastWebhookAt } = reportEvents(listener, now)
  const database = options.database && openDatabase(options.database)
  const counters = createCounters(database)
  const budget = createCallBudget(options.polar, { counters, isShared: database !== undefined, now, onEvent })
  const guard = createGuard({ budget, onEvent })
  const provider = createPolarProvider(options.polar, {
    webhookSecrets: secrets,
    guard,
    onExtraCall: () => void budget.countExtra(),
  })
  const limits = createOrganizationLimits(counters)
  const reportRefresh = (organizationId: string) => (error: unknown) =>
    onEvent({ type: 'refresh_failed', organizationId, message: String(error) })
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
  const pendingUsage = createPendingUsage({
    recentOf: outbox.recentOf,
    unitsOf: provider.unitsOf,
    now,
  })
  const lookup = {
    catalog: options.catalog,
    meterIds: options.meters ?? {},
    warnOnce: createWarnOnce(onEvent),
  }
  const reader = createReader({
    provider,
    now,
    mayAsk: (id) => limits.allows('freshRead', id),
    countedMeters: () => countedMeterIds({ ...lookup, reader }),
    createKeptCache: database && keepIn(database),
    told: database && createTold(explainFailures(database), { ...provider, ...lookup }),
    onChange: live.tell,
  })
  const context: BillingContext = {
    ...lookup,
    productMap: createProductMap(options.catalog, options.products),
    provider,
    reader,
    limits,
    pendingUsage,
    checkouts: createSharedCheckouts(database),
    gauges: options.gauges ?? {},
    gracePeriodDays: options.gracePeriodDays ?? 7,
    authorize: options.authorize,
    returnUrls: createReturnUrls(options.appUrl, options.returnPath ?? '/'),
    now,
    onEvent,
  }
  const service = createService(context)
  const background = createBackground(database, {
    reader,
    // Nobody is signed in who could be refused.
    service: createService({ ...context, authorize: undefined }),
    handlers: options.on ?? {},
    tell: live.tell,
    onEvent,
    now,
  })
  const health = createHealth({
    database,
    readBacklog: outbox.backlog,
    readProvider: guard.state,
    lastWebhookAt,
  })
  const http = createHttp({
    service,
    authenticate: options.authenticate,
    authorize: options.authorize,
    basePath,
    appOrigin: new URL(options.appUrl).origin,
    readWebhook: provider.readWebhook,
    onWebhook: background.take,
    health: options.allowHealth && { allow: options.allowHealth, read: health },
    live,
    onEvent,
  })
  warnAtStart(lookup.warnOnce, { secrets, database })
  return {
    fetch: async (request) => http.fetch(request),
    service,
    usage: createUsage(live.watch(outbox), now, onEvent),
    health,
    migrate: background.migrate,
    drain: async ({ seconds }) => {
      const [usage, work] = await Promise.all([outbox.drain(seconds), background.drain(seconds)])
      return { ...usage, ...work }
    },
    close: async () => {
      try {
        await live.close()
        await background.close()
      } finally {
        await outbox.close().finally(() => database?.close())
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
      'No database: what is known of customers, webhooks that a handler of `on` has not done with, and usage that has not reached Polar ' +
        'yet, is lost when this process ends.',
    )
}

import type { Catalog } from '../contract/index.js'
import { createContext } from './createContext.js'
import { createHealth, type BillingHealth } from './health/health.js'
import { createHttp } from './http.js'
import { createLive } from './live/createLive.js'
import { assertOptions, type BillingOptions } from './options.js'
import { connectPolar } from './polar/connectPolar.js'
import { createRuntime } from './runtime.js'
import { type BillingService, createService } from './service.js'
import { type BillingUsage, createUsage } from './usage/createUsage.js'
import type { UsageDrained } from './usage/outbox.js'
import { createBackground, type WorkDrained } from './webhooks/createBackground.js'

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
  const runtime = createRuntime(options)
  const { database, now, onEvent } = runtime
  const connection = connectPolar(options, runtime)
  const live = createLive(database, onEvent)
  const { context, outbox } = createContext(options, { ...runtime, ...connection, live })
  const service = createService(context)
  const background = createBackground(database, {
    ...context,
    // Nobody is signed in who could be refused.
    service: createService({ ...context, authorize: undefined }),
    handlers: options.on ?? {},
    tell: live.tell,
  })
  const health = createHealth({
    ...runtime,
    readBacklog: outbox.backlog,
    readProvider: connection.readHealth,
  })
  const http = createHttp({
    service,
    authenticate: options.authenticate,
    authorize: options.authorize,
    basePath: options.basePath ?? '/api/billing',
    appOrigin: new URL(options.appUrl).origin,
    readWebhook: connection.provider.readWebhook,
    onWebhook: background.take,
    health: options.allowHealth && { allow: options.allowHealth, read: health },
    live,
    onEvent,
  })
  if (database === undefined) runtime.warnOnce(NOT_DURABLE)
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
    close: () => closeAll([live.close, background.close, outbox.close, async () => database?.close()]),
  }
}

const NOT_DURABLE =
  'No database: what is known of customers, webhooks that a handler of `on` has not done with, and usage that has not reached Polar ' +
  'yet, is lost when this process ends.'

/** One after the other, each one whatever became of those before. */
async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of closers) await close().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

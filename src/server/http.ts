import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import { BillingError, EVENTS_PATH, type Operation, ROUTES, WEBHOOK_PATH } from '../contract/index.js'
import { readInput } from '../contract/readInput.js'
import { assertAuthorized } from './authorize.js'
import { toErrorResponse } from './errorResponse.js'
import type { OnEvent } from './events.js'
import { addHealthRoute, type HealthRoute } from './health/addHealthRoute.js'
import { type MaybeIdentity, requireOrganization } from './identity.js'
import { limitBody } from './limitBody.js'
import type { Live } from './live/createLive.js'
import type { BillingOptions } from './options.js'
import { assertOwnOrigin } from './origin.js'
import type { Webhook } from './provider.js'
import type { BillingService } from './service.js'

const BODY_LIMIT = 64 * 1024
/** A webhook carries a whole subscription with its product. */
const WEBHOOK_BODY_LIMIT = 1024 * 1024

export interface HttpOptions {
  service: BillingService
  authenticate: BillingOptions['authenticate']
  authorize: BillingOptions['authorize']
  basePath: string
  appOrigin: string
  /** `null`: no secret is configured. */
  readWebhook: (headers: Headers, body: string) => Promise<Webhook | null>
  onWebhook: (webhook: Webhook) => Promise<void>
  /** Without it there is no such route. */
  health: HealthRoute | undefined
  live: Pick<Live, 'openStream'>
  onEvent: OnEvent
}

export type HttpEnv = { Variables: { requestId: string; operation: Operation | 'webhook' | 'events' } }

/** The REST half: routes and limits. */
export function createHttp(options: HttpOptions): Hono<HttpEnv> {
  const everywhere = new Hono<HttpEnv>()
  everywhere.use(secure)
  everywhere.use(timed(options.onEvent))
  const app = everywhere.basePath(options.basePath)
  app.onError((error, c) => toErrorResponse(c, error, options.onEvent))
  app.notFound((c) => toErrorResponse(c, noRoute(c), options.onEvent))
  for (const operation of Object.keys(ROUTES) as Operation[]) addOperation(app, operation, options)
  app.get(EVENTS_PATH, (c) => openEvents(c, options))
  app.post(WEBHOOK_PATH, limitBody(WEBHOOK_BODY_LIMIT), (c) => takeWebhook(c, options))
  if (options.health !== undefined) addHealthRoute(app, options.health)
  refuseOtherMethods(app)
  return app
}

const secure: MiddlewareHandler<HttpEnv> = async (c, next) => {
  c.set('requestId', crypto.randomUUID())
  c.header('Cache-Control', 'private, no-store')
  c.header('X-Request-Id', c.get('requestId'))
  await next()
}

/** Lets the app's own metrics have every request. */
function timed(onEvent: OnEvent): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const start = performance.now()
    await next()
    const durationMs = Math.round(performance.now() - start)
    onEvent({
      type: 'request_handled',
      requestId: c.get('requestId'),
      operation: c.get('operation') ?? null,
      status: c.res.status,
      durationMs,
    })
  }
}

function addOperation(
  app: Hono<HttpEnv>,
  operation: Operation,
  { service, authenticate, appOrigin }: HttpOptions,
): void {
  const [method, path] = splitRoute(operation)
  app.on(method, path, limitBody(BODY_LIMIT), async (c) => {
    c.set('operation', operation)
    if (method === 'POST') assertOwnOrigin(c.req.raw, appOrigin)
    const identity = operation === 'listPlans' ? null : await authenticate(c.req.raw)
    const input = await readInput(c.req.raw, operation, c.req.param())
    // The service checks the input itself: here it may be anything.
    const answer = service[operation] as (identity: MaybeIdentity, input: unknown) => Promise<object>
    return c.json(await answer(identity, input))
  })
}

async function openEvents(
  c: Context<HttpEnv>,
  { authenticate, authorize, appOrigin, live }: HttpOptions,
): Promise<Response> {
  c.set('operation', 'events')
  // Hono answers HEAD like GET, and nobody would ever read that stream or close it.
  if (c.req.raw.method !== 'GET') throw wrongMethod(c)
  // It holds a connection: another site must not be able to use up those of the organization.
  assertOwnOrigin(c.req.raw, appOrigin)
  const identity = await authenticate(c.req.raw)
  const organizationId = requireOrganization(identity)
  // Who may not know the status has no use for the news that it changed.
  await assertAuthorized(authorize, 'getStatus', identity)
  return live.openStream(c, organizationId)
}

function splitRoute(operation: Operation): [method: string, path: string] {
  const [method = '', path = ''] = ROUTES[operation].split(' ')
  return [method, path]
}

async function takeWebhook(c: Context<HttpEnv>, { readWebhook, onWebhook }: HttpOptions): Promise<Response> {
  c.set('operation', 'webhook')
  const hint = await readWebhook(c.req.raw.headers, await c.req.text())
  if (hint === null)
    throw new BillingError('NOT_FOUND', 'No webhookSecret is configured, so no webhook can be trusted.')
  // Acknowledged only when it is safe: the provider sends what failed again.
  await onWebhook(hint)
  return c.json({ received: true }, 202)
}

function refuseOtherMethods(app: Hono<HttpEnv>): void {
  const paths = new Set([
    ...Object.keys(ROUTES).map((operation) => splitRoute(operation as Operation)[1]),
    EVENTS_PATH,
    WEBHOOK_PATH,
  ])
  for (const path of paths) {
    app.all(path, (c) => {
      throw wrongMethod(c)
    })
  }
}

function wrongMethod(c: Context<HttpEnv>): BillingError {
  return new BillingError('METHOD_NOT_SUPPORTED', `${c.req.method} is not supported on ${c.req.path}.`)
}

function noRoute(c: Context<HttpEnv>): BillingError {
  return new BillingError(
    'NOT_FOUND',
    `There is no billing route ${c.req.method} ${c.req.path}. Check basePath.`,
  )
}

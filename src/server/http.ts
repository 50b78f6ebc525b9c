import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import {
  BillingError,
  type BillingErrorBody,
  EVENTS_PATH,
  isBillingError,
  type Operation,
  ROUTES,
  type WireErrorCode,
  WEBHOOK_PATH,
} from '../contract/index.js'
import type { OnEvent } from './events.js'
import { type MaybeIdentity, requireOrganization } from './identity.js'
import { limitBody } from './limitBody.js'
import type { Live } from './live/createLive.js'
import type { BillingOptions } from './options.js'
import { assertOwnOrigin } from './origin.js'
import type { WebhookHint } from './provider.js'
import { readInput } from './readInput.js'
import type { BillingService } from './service.js'

const BODY_LIMIT = 64 * 1024
/** A webhook carries a whole subscription with its product. */
const WEBHOOK_BODY_LIMIT = 1024 * 1024

export interface HttpOptions {
  service: BillingService
  authenticate: BillingOptions['authenticate']
  basePath: string
  appOrigin: string
  /** `null`: no secret is configured. */
  readWebhook: (headers: Headers, body: string) => Promise<WebhookHint | null>
  onWebhook: (hint: WebhookHint) => Promise<void>
  live: Pick<Live, 'openStream'>
  onEvent: OnEvent
}

type Env = { Variables: { requestId: string; operation: Operation | 'webhook' | 'events' } }

/** The REST half: routes, limits and the one place where an error becomes a response. */
export function createHttp(options: HttpOptions): Hono<Env> {
  const app = new Hono<Env>().basePath(options.basePath)
  app.use(secure)
  app.onError((error, c) => toErrorResponse(c, error, options.onEvent))
  app.notFound((c) => toErrorResponse(c, noRoute(c), options.onEvent))
  for (const operation of Object.keys(ROUTES) as Operation[]) addOperation(app, operation, options)
  app.get(EVENTS_PATH, (c) => openEvents(c, options))
  app.post(WEBHOOK_PATH, limitBody(WEBHOOK_BODY_LIMIT), (c) => takeWebhook(c, options))
  refuseOtherMethods(app)
  return app
}

const secure: MiddlewareHandler<Env> = async (c, next) => {
  c.set('requestId', crypto.randomUUID())
  c.header('Cache-Control', 'private, no-store')
  c.header('X-Request-Id', c.get('requestId'))
  await next()
}

function addOperation(
  app: Hono<Env>,
  operation: Operation,
  { service, authenticate, appOrigin }: HttpOptions,
): void {
  const [method, path] = splitRoute(operation)
  app.on(method, path, limitBody(BODY_LIMIT), async (c) => {
    c.set('operation', operation)
    if (method === 'POST') assertOwnOrigin(c.req.raw, appOrigin)
    const identity = operation === 'listPlans' ? null : await authenticate(c.req.raw)
    const input = await readInput(c.req.raw, operation)
    // The service checks the input itself: here it may be anything.
    const answer = service[operation] as (identity: MaybeIdentity, input: unknown) => Promise<object>
    return c.json(await answer(identity, input))
  })
}

async function openEvents(
  c: Context<Env>,
  { authenticate, appOrigin, live }: HttpOptions,
): Promise<Response> {
  c.set('operation', 'events')
  // Hono answers HEAD like GET, and nobody would ever read that stream or close it.
  if (c.req.raw.method !== 'GET') throw wrongMethod(c)
  // It holds a connection: another site must not be able to use up those of the organization.
  assertOwnOrigin(c.req.raw, appOrigin)
  return live.openStream(c, requireOrganization(await authenticate(c.req.raw)))
}

function splitRoute(operation: Operation): [method: string, path: string] {
  const [method = '', path = ''] = ROUTES[operation].split(' ')
  return [method, path]
}

async function takeWebhook(c: Context<Env>, { readWebhook, onWebhook }: HttpOptions): Promise<Response> {
  c.set('operation', 'webhook')
  const hint = await readWebhook(c.req.raw.headers, await c.req.text())
  if (hint === null)
    throw new BillingError('NOT_FOUND', 'No webhookSecret is configured, so no webhook can be trusted.')
  // Acknowledged only when it has had its effect: the provider sends what failed again.
  await onWebhook(hint)
  return c.json({ received: true }, 202)
}

function refuseOtherMethods(app: Hono<Env>): void {
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

function wrongMethod(c: Context<Env>): BillingError {
  return new BillingError('METHOD_NOT_SUPPORTED', `${c.req.method} is not supported on ${c.req.path}.`)
}

function noRoute(c: Context<Env>): BillingError {
  return new BillingError(
    'NOT_FOUND',
    `There is no billing route ${c.req.method} ${c.req.path}. Check basePath.`,
  )
}

function toErrorResponse(c: Context<Env>, error: unknown, onEvent: OnEvent): Response {
  const requestId = c.get('requestId') ?? crypto.randomUUID()
  // What is not ours may hold anything, a token or a row of a database: the caller learns the id, the log the rest.
  const known =
    isBillingError(error) && error.status !== 0
      ? error
      : new BillingError(
          'INTERNAL_SERVER_ERROR',
          'The billing server failed. Its log has more under this request id.',
          { cause: error },
        )
  const { code, message, retryAfter } = known
  onEvent({
    type: 'request_failed',
    requestId,
    operation: c.get('operation') ?? null,
    code,
    message,
    cause: known.cause,
  })
  const body: BillingErrorBody = {
    error: {
      code: code as WireErrorCode,
      message,
      requestId,
      ...(retryAfter !== undefined && { retryAfter }),
    },
  }
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter))
  return c.json(body, known.status as 500)
}

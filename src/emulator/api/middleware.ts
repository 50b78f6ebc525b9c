import type { Context, Hono, MiddlewareHandler } from 'hono'
import { ApiError } from '../core/errors.js'
import { MINUTE } from '../core/time.js'
import type { World } from '../core/world.js'
import { routeNotFound, routeOf } from './http.js'

const API_VERSION = '2026-10'
/** What Polar speaks when nothing is asked for, and what else it understands. */
const KNOWN_VERSIONS = ['2026-04', API_VERSION, '2027-01']
const TOKEN = /^Bearer polar_(?:oat|pat|at)_\S+$/
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const MAX_BODY = 10 * 1_024 * 1_024

/** Headers that every answer of the API carries. */
export function polarHeaders(world: World): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const wanted = c.req.header('Polar-Version') ?? ''
    c.header('Polar-Version', KNOWN_VERSIONS.includes(wanted) ? wanted : KNOWN_VERSIONS[0])
    c.header('Cache-Control', 'private, no-store')
    if (world.options.sandbox) c.header('X-Polar-Sandbox', '1')
  }
}

/** A version that Polar does not know is a route that does not exist. */
export const knownVersion: MiddlewareHandler = async (c, next) => {
  const version = c.req.header('Polar-Version')
  if (version !== undefined && !KNOWN_VERSIONS.includes(version)) return routeNotFound(c)
  await next()
  return undefined
}

/** A path without a route is 404, one with routes for other methods 405, both before a token is asked for. */
export function existing(world: World, api: Hono): MiddlewareHandler {
  return async (c, next) => {
    if (routeOf(c) === undefined) {
      const path = c.req.path.slice(`${world.options.basePath}/v1`.length)
      const allowed = METHODS.filter((method) => isRouted(api, method, path))
      if (allowed.length === 0) return routeNotFound(c)
      return c.json({ detail: 'Method Not Allowed' }, 405, { Allow: allowed.join(', ') })
    }
    await next()
    return undefined
  }
}

function isRouted(api: Hono, method: string, path: string): boolean {
  return api.router.match(method, path)[0].some(([[, route]]) => !route.path.endsWith('*'))
}

/** The buyer's half of the checkout API needs no token, nor does who answers an invitation to a seat. */
const OPEN = ['/v1/checkouts/client/', '/v1/customer-seats/claim']

export const authenticated: MiddlewareHandler = async (c, next) => {
  const header = c.req.header('Authorization')
  if (header === undefined && !OPEN.some((path) => c.req.path.includes(path))) {
    return c.json({ error: 'Unauthorized', detail: 'Unauthorized' }, 401)
  }
  if (header !== undefined && !TOKEN.test(header)) return invalidToken(c)
  await next()
  return undefined
}

export const limitedBody: MiddlewareHandler = async (c, next) => {
  if (['POST', 'PUT', 'PATCH'].includes(c.req.method)) {
    const length = c.req.header('Content-Length')
    if (length === undefined && c.req.header('Transfer-Encoding') !== undefined) {
      throw new ApiError(411, 'LengthRequired', 'Content-Length header is required.')
    }
    if (Number(length ?? 0) > MAX_BODY || (await c.req.text()).length > MAX_BODY) {
      throw new ApiError(413, 'RequestBodyTooLarge', `The request body is larger than ${MAX_BODY} bytes.`)
    }
  }
  await next()
}

/**
 * Polar answers 429 with an empty body; only `Retry-After` says when to come back. A minute begins with its first request, and all
 * tokens of the organization share it.
 */
export function rateLimited(world: World): MiddlewareHandler {
  return async (c, next) => {
    const { rateLimit } = world.settings
    const now = world.clock.now()
    const minute = minuteOf(world, callerOf(c), now)
    minute.count += 1
    if (rateLimit !== null && minute.count > rateLimit) {
      const wait = Math.ceil((minute.since + MINUTE - now) / 1_000)
      return c.body(null, 429, { 'Retry-After': String(Math.max(1, wait)) })
    }
    await next()
    return undefined
  }
}

function callerOf(c: Context): string {
  const token = c.req.header('Authorization') ?? ''
  return token.startsWith('Bearer polar_oat_') ? 'organization' : token
}

/** The minute that runs, or a new one. */
function minuteOf({ requests }: World, caller: string, now: number): { since: number; count: number } {
  const current = requests.get(caller)
  if (current !== undefined && now - current.since < MINUTE && now >= current.since) return current
  for (const [other, { since }] of requests) if (now - since >= MINUTE) requests.delete(other)
  const minute = { since: now, count: 0 }
  requests.set(caller, minute)
  return minute
}

function invalidToken(c: Context): Response {
  const description =
    'The access token provided is expired, revoked, malformed, or invalid for other reasons.'
  return c.json({ error: 'invalid_token', error_description: description }, 401, {
    'WWW-Authenticate': `Bearer error="invalid_token", error_description="${description}"`,
  })
}

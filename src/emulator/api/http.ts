import type { Context, Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ApiError, ValidationFailure, notFound } from '../core/errors.js'
import { isUuid } from '../core/ids.js'
import { report } from '../core/report.js'
import type { World } from '../core/world.js'

/** Adds the routes of one resource. */
export type Mount = (api: Hono, world: World) => void

/** The body of a refusal, in the words of Polar. An error of the emulator's own says nothing. */
export function errorResponse(c: Context, error: Error): Response {
  if (error instanceof ApiError) {
    return c.json({ error: error.error, detail: error.message }, error.status as ContentfulStatusCode)
  }
  if (error instanceof ValidationFailure) return c.json({ error: error.kind, detail: error.issues }, 422)
  report(`${c.req.method} ${routeOf(c) ?? 'an unknown path'}`, error)
  return c.text('Internal Server Error', 500)
}

/** The pattern of the route that a request is for, without middleware. */
export function routeOf(c: Context): string | undefined {
  return matchedRoutes(c).find(({ path }) => !path.endsWith('*'))?.path
}

/** What FastAPI says where there is no route: not the same body as for a missing object. */
export function routeNotFound(c: Context): Response {
  return c.json({ detail: 'Not Found' }, 404)
}

/** An id in the path. Polar answers 422 where it is not a UUID. */
export function pathId(c: Context, name = 'id'): string {
  const value = c.req.param(name) ?? ''
  if (isUuid(value)) return value.toLowerCase()
  const msg = 'Input should be a valid UUID'
  throw new ValidationFailure([{ type: 'uuid_parsing', loc: ['path', name], msg, input: value }])
}

/** A row, or 404. */
export function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw notFound()
  return row
}

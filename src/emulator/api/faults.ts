import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status'
import type { Fault } from '../core/settings.js'
import { later } from '../core/timers.js'
import type { World } from '../core/world.js'

const STALL = 30_000

/** Lets the faults in force strike the requests of a scope. */
export function faulty(world: World, scope: 'api' | 'pages'): MiddlewareHandler {
  return async (c, next) => {
    const fault = strike(world, c, scope)
    if (fault === undefined) {
      await next()
      return undefined
    }
    if (fault.latencyMs !== undefined && fault.body !== 'slow') await sleep(fault.latencyMs)
    if (fault.status !== undefined) return failure(c, fault, fault.status)
    await next()
    if (fault.body === 'slow') c.res = stalled(c.res, fault)
    if (fault.body === 'cut') c.res = cut(c.res)
    return undefined
  }
}

/** The first fault that matches; it is used up when it has struck often enough. */
function strike(world: World, c: Context, scope: 'api' | 'pages'): Fault | undefined {
  for (const fault of world.faults.values()) {
    if ((fault.scope ?? 'api') !== scope || !concerns(world, fault, c)) continue
    if (fault.probability !== undefined && Math.random() >= fault.probability) continue
    fault.hits += 1
    if (fault.times !== undefined && fault.hits >= fault.times) world.faults.delete(fault.id)
    return fault
  }
  return undefined
}

function concerns(world: World, fault: Fault, c: Context): boolean {
  const { method, path } = fault
  if (method !== undefined && method.toUpperCase() !== c.req.method) return false
  if (path === undefined) return true
  const actual = c.req.path.slice(world.options.basePath.length).replace(/^\/v1/, '')
  if (!path.includes('*')) return actual.startsWith(path)
  const pattern = path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${pattern.join('.*')}$`).test(actual)
}

function failure(c: Context, fault: Fault, status: number): Response {
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }
  const body = fault.body ?? (status === 429 ? 'empty' : 'json')
  switch (body) {
    case 'empty':
      return c.body(null, status as StatusCode, headers)
    case 'html':
      return c.html(`<html><body><h1>${status}</h1></body></html>`, status as ContentfulStatusCode, headers)
    case 'json':
      return c.json(
        { error: fault.error ?? 'EmulatedFault', detail: 'Requested by a fault.' },
        status as ContentfulStatusCode,
        headers,
      )
    case 'slow':
      return stalled(Response.json({ error: 'EmulatedFault' }, { status, headers }), fault)
    case 'cut':
      return cut(Response.json({ error: 'EmulatedFault' }, { status, headers }))
  }
}

/** Head and first byte at once, the rest after the receiver has lost its patience. */
function stalled(response: Response, fault: Fault): Response {
  const source = response.body
  if (source === null) return response
  const slow = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      controller.enqueue(chunk.slice(0, 1))
      await sleep(fault.latencyMs ?? STALL)
      controller.enqueue(chunk.slice(1))
    },
  })
  const headers = new Headers(response.headers)
  headers.delete('Content-Length')
  return new Response(source.pipeThrough(slow), { status: response.status, headers })
}

/** Head and first byte, then the connection breaks. */
function cut(response: Response): Response {
  const source = response.body
  if (source === null) return response
  const broken = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk.slice(0, 1))
      controller.error(new Error('The connection was cut, as a fault has asked for.'))
    },
  })
  const headers = new Headers(response.headers)
  headers.delete('Content-Length')
  return new Response(source.pipeThrough(broken), { status: response.status, headers })
}

/** Real time: what waits are real clients. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    later(ms, resolve)
  })
}

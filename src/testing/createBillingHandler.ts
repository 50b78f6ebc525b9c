import {
  BillingError,
  type BillingErrorBody,
  isBillingError,
  type WireErrorCode,
} from '../contract/errors.js'
import { EVENTS_PATH, type Operation, type OperationFunction } from '../contract/operations.js'
import { readInput } from '../contract/readInput.js'
import { parseInput } from '../contract/validate.js'
import { createMemoryTransport, type Scenario } from './createMemoryTransport.js'
import { findRoute } from './findRoute.js'

export interface BillingHandlerOptions {
  /** Where the routes are. @default '/api/billing' */
  baseUrl?: string | undefined
}

/** Answers a request; `undefined`: it is not one for billing. */
export type BillingHandler = (request: Request) => Promise<Response | undefined>

/**
 * Answers the REST routes from a scenario, with the contract's own rules for input and errors: for tests that watch the network, such
 * as with Mock Service Worker. An error without an HTTP status (`NETWORK_ERROR`, `TIMEOUT`) is a request that fails.
 *
 * ```ts
 * const handle = createBillingHandler(scenarios.active)
 * setupServer(http.all('/api/billing/*', ({ request }) => handle(request)))
 * ```
 */
export function createBillingHandler(
  scenario: Scenario,
  { baseUrl = '/api/billing' }: BillingHandlerOptions = {},
): BillingHandler {
  const transport = createMemoryTransport(scenario)

  async function run(request: Request, path: string): Promise<Response> {
    const { operation, inPath } = findRoute(request.method, path)
    const input = parseInput(operation, await readInput(request, operation, inPath))
    const answer = transport[operation] as OperationFunction<Operation> | undefined
    if (answer === undefined)
      throw new BillingError('NOT_IMPLEMENTED', `The scenario has no answer to ${operation}.`)
    return Response.json(await answer(input, { signal: request.signal }))
  }

  return async (request) => {
    const { pathname } = new URL(request.url)
    const base = new URL(baseUrl, request.url).pathname.replace(/\/$/, '')
    if (!pathname.startsWith(`${base}/`)) return undefined
    const path = pathname.slice(base.length)
    if (request.method === 'GET' && path === EVENTS_PATH) return openSilence(request.signal)
    try {
      return await run(request, path)
    } catch (error) {
      return toResponse(error)
    }
  }
}

/** A scenario never changes: the stream stands, and nothing is ever told. */
function openSilence(signal: AbortSignal): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('id: 0.0\n\n'))
      signal.addEventListener('abort', () => controller.error(signal.reason))
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

function toResponse(error: unknown): Response {
  if (!isBillingError(error)) throw error
  const { code, status, message, requestId, retryAfter } = error
  if (status === 0) return Response.error()
  const body: BillingErrorBody = {
    error: {
      code: code as WireErrorCode,
      message,
      ...(requestId !== undefined && { requestId }),
      ...(retryAfter !== undefined && { retryAfter }),
    },
  }
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  return Response.json(body, { status, headers })
}

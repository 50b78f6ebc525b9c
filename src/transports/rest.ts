import { BILLING_ERROR_STATUS, BillingError, type BillingErrorBody } from '../contract/errors.js'
import { EVENTS_PATH, type Operation, ROUTES } from '../contract/operations.js'
import {
  type BillingTransport,
  type CallOptions,
  type RequestOptions,
  codeOfStatus,
  toTransport,
  type TransportOptions,
} from './transport.js'

type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH'} /${string}`

export interface RestTransportOptions extends TransportOptions, RequestOptions {
  /** @default '/api/billing' */
  baseUrl?: string | undefined
  /** Milliseconds. @default 15_000 */
  timeout?: number | undefined
  /** Another method or path for an operation: `{ createPortalSession: 'GET /payment/portal' }`. */
  routes?: { readonly [Name in Operation]?: Route }
}

/** Speaks JSON over HTTP: with the kit's own server, or with any that has such routes. */
export function createRestTransport(options: RestTransportOptions = {}): BillingTransport {
  const routes = Object.entries({ ...ROUTES, ...options.routes }) as [Operation, Route][]
  const { baseUrl = '/api/billing' } = options
  return toTransport(
    routes.map(([operation, route]) => [operation, toFunction(baseUrl, route, options)]),
    options,
    { ...options, url: baseUrl + EVENTS_PATH },
  )
}

function toFunction(
  baseUrl: string,
  route: Route,
  { headers, timeout = 15_000, ...options }: RestTransportOptions,
) {
  const [method, path] = route.split(' ') as [string, string]
  const isRead = method === 'GET'
  return async (input: object, { signal }: CallOptions): Promise<unknown> => {
    // Through JSON, which leaves out what is undefined.
    const fields = JSON.parse(JSON.stringify(input)) as Record<string, string>
    const filled = path.replace(/:(\w+)/g, (_, name: string) => {
      const value = encodeURIComponent(fields[name] ?? '')
      delete fields[name]
      return value
    })
    const query = isRead ? String(new URLSearchParams(fields)) : ''
    const response = await (options.fetch ?? fetch)(baseUrl + filled + (query && `?${query}`), {
      method,
      headers: {
        ...(!isRead && { 'content-type': 'application/json' }),
        ...(typeof headers === 'function' ? await headers() : headers),
      },
      body: isRead ? null : JSON.stringify(fields),
      signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
    })
    return readAnswer(response)
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text()
  // Not JSON: an empty body, or the HTML of a proxy or a sign-in page.
  let answer: unknown = text
  try {
    answer = JSON.parse(text)
  } catch {}
  if (response.ok) return answer
  const { status, url, headers } = response
  const { code, message, requestId, retryAfter } = (answer as Partial<BillingErrorBody> | null)?.error ?? {}
  throw new BillingError(
    code && Object.hasOwn(BILLING_ERROR_STATUS, code) ? code : codeOfStatus(status),
    message ?? `${url} answered ${status}.`,
    { requestId, retryAfter: Number(retryAfter ?? headers.get('retry-after')) || undefined },
  )
}

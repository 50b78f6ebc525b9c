/** Every failure that a server answers, with its HTTP status. The names are tRPC's, so that both wires share one table. */
export const BILLING_ERROR_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  PAYMENT_REQUIRED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  SERVICE_UNAVAILABLE: 503,
} as const

/** What a server can say went wrong. */
export type WireErrorCode = keyof typeof BILLING_ERROR_STATUS

/** `WireErrorCode`, and what only a client knows: no answer came, or none that makes sense. */
export type BillingErrorCode = WireErrorCode | 'NETWORK_ERROR' | 'TIMEOUT' | 'ABORTED' | 'INVALID_RESPONSE'

/** The body of every failed REST answer. `retryAfter` is in seconds. */
export interface BillingErrorBody {
  error: { code: WireErrorCode; message: string; requestId?: string; retryAfter?: number }
}

export interface BillingErrorOptions {
  /** Names the failed request in the server's log. */
  requestId?: string | undefined
  /** Seconds to wait before asking again. */
  retryAfter?: number | undefined
  cause?: unknown
}

/**
 * The one error of the kit: hooks, transports and server throw nothing else. Two copies of the package can meet in one app, so
 * recognise it with `isBillingError`, not with `instanceof`.
 */
export class BillingError extends Error {
  override readonly name = 'BillingError'
  declare readonly code: BillingErrorCode
  /** The HTTP status; 0 when no answer came. */
  declare readonly status: number
  declare readonly requestId: string | undefined
  /** Seconds to wait before asking again, if the server named them. */
  declare readonly retryAfter: number | undefined

  constructor(code: BillingErrorCode, message: string, options?: BillingErrorOptions) {
    super(message, options)
    const statuses: { readonly [Code in BillingErrorCode]?: number } = BILLING_ERROR_STATUS
    Object.assign(this, options, { code, status: statuses[code] ?? 0 })
  }
}

/** Whether `error` is a `BillingError`, from whichever copy of the package. */
export function isBillingError(error: unknown): error is BillingError {
  return (error as Error | undefined)?.name === 'BillingError'
}

/**
 * Every failure a caller can meet, with the HTTP status it travels as. The names are tRPC's, so that both wires share one table.
 * The last four never leave a client: no answer came, so there is no status.
 */
export const BILLING_ERROR_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
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
  NETWORK_ERROR: 0,
  TIMEOUT: 0,
  ABORTED: 0,
  INVALID_RESPONSE: 0,
} as const

export type BillingErrorCode = keyof typeof BILLING_ERROR_STATUS

/** The body of every failed REST answer. `retryAfter` is in seconds. */
export interface BillingErrorBody {
  error: { code: BillingErrorCode; message: string; requestId?: string; retryAfter?: number }
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
  readonly code: BillingErrorCode
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  readonly requestId: string | undefined
  /** Seconds to wait before asking again, if the server named them. */
  readonly retryAfter: number | undefined

  constructor(code: BillingErrorCode, message: string, options: BillingErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.status = BILLING_ERROR_STATUS[code]
    this.requestId = options.requestId
    this.retryAfter = options.retryAfter
  }
}

/** Whether `error` is a `BillingError`, from whichever copy of the package. */
export function isBillingError(error: unknown): error is BillingError {
  return error instanceof Error && error.name === 'BillingError'
}

import type { Context } from 'hono'
import { BillingError, type BillingErrorBody, isBillingError, type WireErrorCode } from '../contract/index.js'
import type { OnEvent } from './events.js'
import type { HttpEnv } from './http.js'

/** Characters of a message. */
const MAX_MESSAGE = 500

/** The one place where an error becomes a response. */
export function toErrorResponse(c: Context<HttpEnv>, error: unknown, onEvent: OnEvent): Response {
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
  const { code, retryAfter } = known
  const message = shorten(known.message)
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

/** A path or the name of a field is as long as the caller likes; neither the answer nor the log is. */
function shorten(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message
}

import { type BillingErrorCode, isBillingError, type Operation } from '../contract/index.js'

/** What happened inside the server, for the app's own log. Never holds a token, a secret or a session URL. */
export type BillingEvent =
  | { type: 'warning'; message: string }
  | {
      type: 'request_failed'
      requestId: string
      operation: Operation | 'webhook' | 'events' | null
      code: BillingErrorCode
      message: string
      cause: unknown
    }
  | { type: 'refresh_failed'; organizationId: string; message: string }
  /** The provider does not answer: until `provider_back` calls fail at once, but for one now and then that tries. */
  | { type: 'provider_lost' }
  | { type: 'provider_back' }
  | { type: 'webhook_received'; webhookType: string; organizationId: string | null }
  | { type: 'usage_rejected'; organizationId: string; name: string; message: string }

export type OnEvent = (event: BillingEvent) => void

/** Prints what somebody should look at. */
export const printEvent: OnEvent = (event) => {
  if (event.type === 'webhook_received') return
  if (event.type === 'request_failed' && event.operation !== 'webhook' && isCallersFault(event.code)) return
  // oxlint-disable-next-line no-console -- the default log; `onEvent` replaces it
  console.warn(`[polar-billing-kit] ${describe(event)}`)
}

function isCallersFault(code: BillingErrorCode): boolean {
  return code !== 'INTERNAL_SERVER_ERROR' && code !== 'SERVICE_UNAVAILABLE'
}

function describe(event: Exclude<BillingEvent, { type: 'webhook_received' }>): string {
  switch (event.type) {
    case 'warning':
      return event.message
    case 'request_failed':
      return `${event.operation ?? 'request'} ${event.requestId} failed: ${event.code} ${event.message}${causesOf(event.cause)}`
    case 'refresh_failed':
      return `could not read ${event.organizationId} again: ${event.message}`
    case 'provider_lost':
      return 'Polar does not answer: what is known is served as stale'
    case 'provider_back':
      return 'Polar answers again'
    case 'usage_rejected':
      return `usage "${event.name}" of ${event.organizationId} was rejected: ${event.message}`
  }
}

/** Why, down to the first error. What failed is ours, or the app's own code: then its stack says where. */
function causesOf(error: unknown): string {
  const causes: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(String(cause))
  if (error instanceof Error && !isBillingError(error)) causes[0] = error.stack ?? String(error)
  return causes.map((cause) => `\n  because: ${cause}`).join('')
}

import { type BillingErrorCode, isBillingError, type Operation } from '../contract/index.js'
import type { Priority } from './paymentProvider.js'
import type { UsageEvent } from './usage/usageEvent.js'

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
  /** Calls of this priority wait for the next minute. Reported once in a minute; buyers come last, when all calls are used up. */
  | { type: 'budget_exhausted'; priority: Priority; callsPerMinute: number }
  | { type: 'webhook_received'; webhookType: string; organizationId: string | null }
  /** Every request, failed or not. `operation` is null where there is no such route. */
  | {
      type: 'request_handled'
      requestId: string
      operation: Operation | 'webhook' | 'events' | null
      status: number
      durationMs: number
    }
  /** A batch has not reached the provider, and is sent again in `retryInMs`. `code` is null where it is not the provider's failure. */
  | { type: 'usage_delivery_failed'; code: BillingErrorCode | null; message: string; retryInMs: number }
  /** The app's handler threw, and is asked again unless this was its last attempt. */
  | {
      type: 'webhook_failed'
      webhookId: string
      webhookType: string
      organizationId: string | null
      attempt: number
      cause: unknown
    }
  /** The app's handler failed in every attempt, and is not asked again. */
  | {
      type: 'webhook_dead'
      webhookId: string
      webhookType: string
      organizationId: string | null
      attempts: number
      message: string
    }
  /** `usage.metered` could not record what a call used; `null`: nor find out. It can be recorded from here. */
  | { type: 'usage_lost'; event: UsageEvent | null; message: string }
  | { type: 'usage_rejected'; organizationId: string; name: string; message: string }

export type OnEvent = (event: BillingEvent) => void

/** Prints what somebody should look at. */
export const printEvent: OnEvent = (event) => {
  if (event.type === 'webhook_received' || event.type === 'request_handled') return
  // `provider_lost` has said it, once.
  if (event.type === 'usage_delivery_failed' && event.code === 'SERVICE_UNAVAILABLE') return
  if (event.type === 'request_failed' && event.operation !== 'webhook' && isCallersFault(event.code)) return
  // oxlint-disable-next-line no-console -- the default log; `onEvent` replaces it
  console.warn(`[polar-billing-kit] ${describe(event)}`)
}

function isCallersFault(code: BillingErrorCode): boolean {
  return code !== 'INTERNAL_SERVER_ERROR' && code !== 'SERVICE_UNAVAILABLE'
}

function describe(event: Exclude<BillingEvent, { type: 'webhook_received' | 'request_handled' }>): string {
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
    case 'budget_exhausted':
      return `the calls to Polar that this minute has for "${event.priority}" are used up, of ${event.callsPerMinute} for all`
    case 'usage_delivery_failed':
      return `usage could not be delivered, and will be: ${event.message}`
    case 'webhook_failed':
      return `the handler of ${event.webhookType} failed (webhook ${event.webhookId}, attempt ${event.attempt})${causesOf(event.cause)}`
    case 'webhook_dead':
      return `the handler of ${event.webhookType} is given up (webhook ${event.webhookId}, ${event.attempts} attempts): ${event.message}`
    case 'usage_lost':
      return `usage was not recorded: ${event.message}; ${JSON.stringify(event.event)}`
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

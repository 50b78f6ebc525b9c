import { PolarClientError, PolarNetworkError, PolarRateLimitError, PolarServerError } from '@polar-sh/sdk'
import { BillingError, isBillingError } from '../../contract/index.js'

/** Seconds to leave a provider alone that did not say how long. */
export const DEFAULT_RETRY_AFTER = 5

/**
 * Runs one SDK call and turns its failure into a `BillingError`: a refusal is our fault or the configuration's
 * (`INTERNAL_SERVER_ERROR`), anything that may pass by itself is `SERVICE_UNAVAILABLE`. `what` names the call for the log.
 */
export async function callPolar<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw isBillingError(error) ? error : toBillingError(what, error)
  }
}

/** Like `callPolar`, but `null` where Polar itself says that there is no such thing. */
export async function findInPolar<T>(what: string, call: () => Promise<T>): Promise<T | null> {
  return callPolar(what, async () => {
    try {
      return await call()
    } catch (error) {
      if (isResourceNotFound(error)) return null
      throw error
    }
  })
}

// Polar answers 404 also for a version or a path it does not know, and the SDK makes the same class of both; only the body tells.
function isResourceNotFound(error: unknown): boolean {
  return statusOf(error) === 404 && refusalOf(error)?.name === 'ResourceNotFound'
}

/** The fields that Polar rejected with 422, as `body.email`, and why; empty for any other error. */
export function rejectedFields(error: unknown): { field: string; reason: string }[] {
  const detail = statusOf(error) === 422 ? bodyOf(error)['detail'] : undefined
  return Array.isArray(detail) ? detail.map(toRejectedField) : []
}

function toRejectedField(issue: unknown): { field: string; reason: string } {
  const { loc, msg } = asRecord(issue)
  return { field: Array.isArray(loc) ? loc.join('.') : '', reason: String(msg) }
}

/** Polar's name of a refusal, such as `SubscriptionLocked`, with its reason; `null` for any other failure. */
export function refusalOf(error: unknown): { name: string; reason: string } | null {
  const { error: name, detail } = bodyOf(error)
  if (typeof name !== 'string') return null
  const reasons = rejectedFields(error).map(({ reason }) => reason)
  return { name, reason: typeof detail === 'string' ? detail : reasons.join(' ') }
}

/** Why Polar refused, in its own words. */
export function reasonOf(error: PolarClientError): string {
  const { detail, error_description: description } = bodyOf(error)
  const fields = rejectedFields(error).map(({ field, reason }) => `${field}: ${reason}`)
  const words = [detail, description].filter((text) => typeof text === 'string')
  return [`Polar answered ${error.statusCode}`, ...words, ...fields].join('; ')
}

function toBillingError(what: string, error: unknown): BillingError {
  if (error instanceof PolarRateLimitError) {
    // `parseInt` of an HTTP date is NaN.
    const retryAfter = Number.isFinite(error.retryAfter) ? Number(error.retryAfter) : DEFAULT_RETRY_AFTER
    return unavailable(`${what}: too many requests to Polar`, error, retryAfter)
  }
  if (error instanceof PolarServerError) return unavailable(`${what}: Polar failed`, error)
  if (error instanceof PolarNetworkError) return unavailable(`${what}: Polar did not answer`, error)
  if (error instanceof PolarClientError) return refused(what, error)
  // A body that stops half way (DOMException), is no JSON (SyntaxError) or not what was asked for (TypeError): a proxy, or a Polar
  // that is going down.
  return unavailable(`${what}: Polar's answer could not be read`, error)
}

function unavailable(message: string, cause: unknown, retryAfter = DEFAULT_RETRY_AFTER): BillingError {
  return new BillingError('SERVICE_UNAVAILABLE', message, { cause, retryAfter })
}

function refused(what: string, error: PolarClientError): BillingError {
  return new BillingError('INTERNAL_SERVER_ERROR', `${what}: ${reasonOf(error)}`, { cause: error })
}

function statusOf(error: unknown): number | undefined {
  return error instanceof PolarClientError ? error.statusCode : undefined
}

// The SDK leaves a body as text where a status is not in Polar's specification of the route.
function bodyOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof PolarClientError)) return {}
  return asRecord(typeof error.error === 'string' ? parseJson(error.error) : error.error)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

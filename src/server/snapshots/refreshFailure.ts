import { BillingError, type BillingErrorCode, isBillingError } from '../../contract/index.js'
import { barAfter } from '../freshCache.js'

/** Why a refresh failed, as it is written down for all processes. */
export interface RefreshFailure {
  code: BillingErrorCode
  message: string
  /** ISO 8601. Until then nobody tries again. */
  retryAt: string
  /** The epoch in which the refresh began. */
  epoch: number
}

export function toRefreshFailure(error: unknown, epoch: number, now: Date): RefreshFailure {
  // What is not ours may hold anything, also what must not be written down.
  const { code, message } = isBillingError(error)
    ? error
    : new BillingError('INTERNAL_SERVER_ERROR', 'Reading from the payment provider failed.')
  return { code, message, retryAt: new Date(now.getTime() + barAfter(error) * 1_000).toISOString(), epoch }
}

/** Whether the provider is to be left alone. */
export function isBarred(failure: RefreshFailure | null, now: Date): failure is RefreshFailure {
  return failure !== null && now < new Date(failure.retryAt)
}

/** The error as its own process threw it. */
export function toError({ code, message, retryAt }: RefreshFailure, now: Date): BillingError {
  // A refusal is not mended by waiting, so that it never named a time.
  if (code !== 'SERVICE_UNAVAILABLE') return new BillingError(code, message)
  const retryAfter = Math.max(1, Math.ceil((new Date(retryAt).getTime() - now.getTime()) / 1_000))
  return new BillingError(code, message, { retryAfter })
}

import { isBillingError } from '../../contract/index.js'

const MAX_BACKOFF = 60_000
/** However long a provider asks for: a timer above 24 days would ring at once. */
const MAX_ASKED = 3_600_000

/** Milliseconds until the next try after so many failures: never sooner than the provider asked for. */
export function retryDelay(error: unknown, failures: number): number {
  const asked = isBillingError(error) ? (error.retryAfter ?? 0) * 1_000 : 0
  const backoff = Math.min(500 * 2 ** failures, MAX_BACKOFF) * (0.5 + Math.random() / 2)
  return Math.max(Math.min(asked, MAX_ASKED), backoff)
}

import { BillingError } from '../../contract/index.js'
import type { Priority } from '../paymentProvider.js'

/**
 * A call was not made, because the minute has no room for calls of its priority. It says nothing of the provider, and nothing of
 * calls that matter more: nobody writes it down as a failure.
 */
export class NoRoomError extends BillingError {
  /** @param seconds until the next minute */
  constructor(priority: Priority, seconds: number) {
    super(
      'SERVICE_UNAVAILABLE',
      `The calls to the payment provider that this minute has for "${priority}" are used up: the call was not made`,
      { retryAfter: seconds },
    )
  }
}

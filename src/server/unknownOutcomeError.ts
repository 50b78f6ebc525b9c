import { BillingError } from '../contract/index.js'

/** The provider was asked to change something, and nobody knows whether it did. The message says what to do, and reaches the user. */
export class UnknownOutcomeError extends BillingError {
  constructor(message: string, { cause, retryAfter }: { cause: unknown; retryAfter?: number | undefined }) {
    super('SERVICE_UNAVAILABLE', message, { cause, retryAfter })
  }
}

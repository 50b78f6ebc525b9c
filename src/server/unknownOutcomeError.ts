import { BillingError } from '../contract/index.js'

/**
 * The provider was asked to change something, and nobody knows whether it did. Its message is passed on as it is; to users the
 * components say the same of every answer to a change that is no refusal, in their language.
 */
export class UnknownOutcomeError extends BillingError {
  constructor(message: string, { cause, retryAfter }: { cause: unknown; retryAfter?: number | undefined }) {
    super('SERVICE_UNAVAILABLE', message, { cause, retryAfter })
  }
}

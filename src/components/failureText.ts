import type { BillingError } from '../contract/errors.js'
import type { failureMessages } from './failureMessages.js'

/** What went wrong, for people, in the component's words. A conflict is about what they have, and the server says what to do. */
export function failureText({ code, message }: BillingError, words: string): string {
  return code === 'CONFLICT' ? message : words
}

/** The same of a change. Only a refusal (4xx) is known to have changed nothing; of anything else nobody knows. */
export function changeFailureText(
  error: BillingError,
  text: (key: keyof typeof failureMessages) => string,
  refused: string,
): string {
  if (error.code === 'PAYMENT_REQUIRED') return text('paymentFailed')
  const isRefused = error.status >= 400 && error.status < 500
  return failureText(error, isRefused ? refused : text('outcomeUnknown'))
}

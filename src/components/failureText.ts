import type { BillingError } from '../contract/errors.js'

/** What went wrong, for people, in the component's words. A conflict is about what they have, and the server says what to do. */
export function failureText({ code, message }: BillingError, words: string): string {
  return code === 'CONFLICT' ? message : words
}

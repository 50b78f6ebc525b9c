import type { BillingError } from './errors.js'

/** Whether the backend lacks the operation: then a component that needs it renders nothing. */
export function isMissing(error: BillingError | null): boolean {
  return error?.code === 'NOT_IMPLEMENTED'
}

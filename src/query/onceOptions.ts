import type { UseMutationOptions } from '@tanstack/react-query'
import type { BillingError } from '../contract/errors.js'
import type { Operation } from '../contract/operations.js'
import { billingQueryKey, type BillingQueryConfig } from './config.js'
import { onlyOnce } from './onlyOnce.js'

/**
 * How a mutation behaves. Never paused while offline: it must not happen when the network is back minutes later. A second click gets the
 * first one's promise. Sessions say the same by themselves: every page loads them, and shared it is 16 bytes more.
 *
 * @param variant what else makes two with the same input different things
 */
export function onceOptions<Answer, Input>(
  { transport, organizationId }: BillingQueryConfig,
  operation: Operation,
  run: (input: Input) => Promise<Answer>,
  variant?: boolean,
): UseMutationOptions<Answer, BillingError, Input> {
  const mutationKey = billingQueryKey(organizationId, operation)
  return {
    mutationKey,
    networkMode: 'always',
    retry: false,
    mutationFn: (input) =>
      onlyOnce(transport, JSON.stringify([mutationKey, input, variant]), () => run(input)),
  }
}
